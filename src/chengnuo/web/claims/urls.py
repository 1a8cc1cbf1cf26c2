from __future__ import annotations

from django.urls import path

from chengnuo.web.claims import paper, views

app_name = "claims"

urlpatterns = [
    path("", views.claim, name="claim"),
    path("form.pdf", paper.blank, name="paper"),
]
