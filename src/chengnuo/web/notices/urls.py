from __future__ import annotations

from django.urls import path

from chengnuo.web.notices import objecting, public

app_name = "notices"

urlpatterns = [
    path("robots.txt", public.robots, name="robots"),
    path("notices/places/<slug:code>/", public.running, name="running"),
    path("notices/<slug:number>/object/<slug:step>/", objecting.step, name="object"),
    path("notices/<slug:number>/", public.notice, name="notice"),
]
