from __future__ import annotations

from django.urls import path

from chengnuo.web.meetings import public

app_name = "meetings"

urlpatterns = [
    path("meetings/places/<slug:code>/", public.of_place, name="of_place"),
    path("meetings/<slug:number>/correct/", public.correct, name="correct"),
    path("meetings/<slug:number>/", public.meeting, name="meeting"),
]
