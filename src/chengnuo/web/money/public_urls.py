from __future__ import annotations

from django.urls import path

from chengnuo.web.money import passed_on

app_name = "passings"

urlpatterns = [
    path("promises/money/", passed_on.passed_on, name="page"),
    path("promises/money.<slug:form>", passed_on.passed_on_file, name="file"),
]
