from __future__ import annotations

from django.urls import path

from chengnuo.web.outreach import coverage, finders, letters, paper, refusing, reminders

app_name = "outreach"

urlpatterns = [
    path("desk/letters/", letters.next_, name="next"),
    path("desk/letters/numbered/", letters.numbered, name="numbered"),
    path("desk/letters/no-more/", refusing.at_counter, name="at_counter"),
    path("desk/letters/again/", refusing.again_at_counter, name="again_at_counter"),
    path("desk/letters/<uuid:letter>/letter.pdf", letters.print_, name="print"),
    path("desk/letters/<uuid:letter>/<slug:name>/", letters.deed, name="letter_deed"),
    path("desk/reminders/", reminders.next_, name="next_reminder"),
    path("desk/reminders/<uuid:reminder>/tell/", reminders.tell, name="tell"),
    path("desk/telling/", finders.home, name="home"),
    path("desk/telling/assessments/<uuid:assessment>/", finders.assessment, name="assessment"),
    path("desk/telling/assessments/<uuid:assessment>/<slug:name>/", finders.deed, name="assessment_deed"),
    path("desk/telling/runs/<uuid:run>/stop/", finders.halt, name="halt"),
    path("desk/telling/<slug:finder>/assess/", finders.assess, name="assess"),
    path("desk/telling/<slug:finder>/begin/", finders.begin, name="begin"),
    path("letters/reached/", coverage.coverage, name="coverage"),
    path("letters/handed-out/<slug:finder>.pdf", paper.handed_out, name="handed_out"),
    path("letters/no-more/", refusing.stop, name="stop"),
    path("letters/no-more/done/", refusing.stopped, name="stopped"),
    path("letters/again/", refusing.again, name="again"),
    path("letters/again/done/", refusing.back, name="back"),
]
