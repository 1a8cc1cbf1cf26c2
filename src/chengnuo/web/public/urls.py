from __future__ import annotations

from django.urls import path

from chengnuo.web.public import (
    about,
    board,
    catalogue,
    demo,
    home,
    live,
    log,
    offices,
    places,
    promise,
    promises,
    releases,
    service,
)

app_name = "public"

urlpatterns = [
    path("", home.home, name="home"),
    path("services/", catalogue.services, name="services"),
    path("services/<slug:key>/", service.service, name="service"),
    path("contact/", about.contact, name="contact"),
    path("what-we-do-not-hold/", about.not_held, name="not_held"),
    path("charter/", about.rights, name="charter"),
    path("demo/", demo.people_to_be, name="people"),
    path("demo/step-in/", demo.step_in, name="step_in"),
    path("promises/", promises.promises, name="promises"),
    path("promises/offices/<slug:key>/", offices.office, name="office"),
    path("promises/offices/<slug:key>/live.<slug:form>", live.office_live, name="office_live"),
    path("promises/services/<slug:key>/", promise.promise, name="promise"),
    path("promises/services/<slug:key>/live.<slug:form>", live.promise_live, name="promise_live"),
    path("promises/places/<slug:code>/", places.place, name="place"),
    path("promises/places/<slug:code>/live.<slug:form>", live.place_live, name="place_live"),
    path("promises/places/<slug:code>/board/", board.board, name="board"),
    path("promises/places/<slug:code>/<slug:period>/", releases.release, name="release"),
    path("promises/places/<slug:code>/<slug:period>.<slug:form>", releases.release_file, name="release_file"),
    path("log/", log.log, name="log"),
    path("log/heads.json", log.published, name="heads"),
    path("log/consistency.json", log.consistency, name="consistency"),
    path("log/log.jsonl", log.download, name="export"),
    path("log/verify.py", log.verifier, name="verifier"),
]
