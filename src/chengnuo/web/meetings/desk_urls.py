from __future__ import annotations

from django.urls import path

from chengnuo.web.meetings import desk, law

urlpatterns = [
    path("meetings/", desk.meetings, name="meetings"),
    path("meetings/law/", law.law, name="law_on_meetings"),
    path("meetings/law/<slug:parameter>/<slug:begins>/<slug:place>/", law.confirm, name="confirm_law"),
    path("meetings/call/<slug:sort>/", desk.call, name="call_meeting"),
    path("meetings/<uuid:meeting>/", desk.meeting, name="meeting"),
    path("meetings/<uuid:meeting>/sheets/<slug:name>.pdf", desk.sheet, name="meeting_sheet"),
    path("meetings/<uuid:meeting>/pages/<uuid:page>.jpg", desk.page, name="meeting_page"),
    path("meetings/<uuid:meeting>/corrections/<uuid:correction>/", desk.correction, name="correction"),
    path("meetings/<uuid:meeting>/<slug:name>/", desk.deed, name="meeting_deed"),
    path("resolutions/<uuid:resolution>/", desk.resolution, name="resolution"),
    path("resolutions/<uuid:resolution>/<slug:name>/", desk.resolution_deed, name="resolution_deed"),
]
