from __future__ import annotations

from django.urls import path

from chengnuo.web.entitlements import letter, programmes, views

app_name = "entitlements"

urlpatterns = [
    path("", views.calculate, name="calculate"),
    path("letter.pdf", letter.letter, name="letter"),
    path("programmes/", programmes.listed, name="programmes"),
]
