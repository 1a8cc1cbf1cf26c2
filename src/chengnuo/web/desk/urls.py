from __future__ import annotations

from django.urls import path

from chengnuo.web.desk import cases, inbox

app_name = "desk"

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("cases/", inbox.listed, name="cases"),
    path("cases/<uuid:case>/", cases.case, name="case"),
    path("cases/<uuid:case>/<slug:name>/", cases.deed, name="deed"),
]
