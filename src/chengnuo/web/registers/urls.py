from __future__ import annotations

from django.urls import path

from chengnuo.web.registers import figures, findings, pairs, people

app_name = "registers"

urlpatterns = [
    path("", people.home, name="home"),
    path("errors/", figures.errors, name="errors"),
    path("people/<uuid:person>/", people.person, name="person"),
    path("people/<uuid:person>/right/", people.put_right, name="put_right"),
    path("pairs/", pairs.following, name="pairs"),
    path("pairs/<uuid:pair>/", pairs.pair, name="pair"),
    path("pairs/<uuid:pair>/<slug:name>/", pairs.deed, name="pair_deed"),
    path("findings/<uuid:finding>/", findings.finding, name="finding"),
    path("findings/<uuid:finding>/<slug:name>/", findings.deed, name="finding_deed"),
]
