from __future__ import annotations

from django.urls import path

from chengnuo.web.tables import acts, pages

app_name = "tables"

urlpatterns = [
    path("", pages.listed, name="list"),
    path("new/<slug:table>/", acts.send, name="send"),
    path("new/<slug:target>/begin/", pages.begin, name="begin"),
    path("<uuid:batch>/", pages.table, name="table"),
    path("<uuid:batch>/back/", pages.back, name="back"),
    path("<uuid:batch>/<slug:name>/", acts.deed, name="table_deed"),
]
