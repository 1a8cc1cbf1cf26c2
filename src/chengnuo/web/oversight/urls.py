from __future__ import annotations

from django.urls import path

from chengnuo.web.oversight import record, watch

app_name = "oversight"

urlpatterns = [
    path("watch/", watch.watch, name="watch"),
    path("record/", record.record, name="record"),
    path("record/posts/", record.holders, name="holders"),
    path("record/looks/", record.seen, name="looks"),
]
