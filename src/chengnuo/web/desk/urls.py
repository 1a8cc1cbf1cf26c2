from __future__ import annotations

from django.urls import path

from chengnuo.web.desk import (
    answering,
    cases,
    counter,
    hand_out,
    home,
    inbox,
    listing,
    new_code,
    photos,
    ratings,
    record,
    steps,
    watch,
)

app_name = "desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/paper/", inbox.paper, name="print"),
    path("inbox/duties.csv", inbox.export, name="export"),
    path("duties/<uuid:duty>/answer/", answering.answer, name="answer"),
    path("duties/<uuid:duty>/discharge/", answering.discharge, name="discharge"),
    path("cases/", listing.listed, name="cases"),
    path("cases/hand-out/", hand_out.hand_out, name="hand_out"),
    path("cases/<uuid:case>/", cases.case, name="case"),
    path("cases/<uuid:case>/new-code/", new_code.new_code, name="new_code"),
    path("cases/<uuid:case>/new-code/confirm/", new_code.confirm, name="confirm_code"),
    path("cases/<uuid:case>/new-code/drop/", new_code.drop, name="drop_code"),
    path("cases/<uuid:case>/new-code/print/", new_code.hand_out, name="print_code"),
    path("cases/<uuid:case>/new-code/slip/", new_code.handed, name="new_code_done"),
    path("cases/<uuid:case>/photos/<uuid:photo>/", photos.photo, name="photo"),
    path("cases/<uuid:case>/photos/<uuid:photo>/back/", photos.take_back, name="take_back_photo"),
    path("cases/<uuid:case>/<slug:name>/", cases.deed, name="deed"),
    path("ratings/", ratings.ratings, name="ratings"),
    path("ratings/<uuid:pressed>/", ratings.pressed, name="pressed"),
    path("steps/<uuid:step>/", steps.step, name="step"),
    path("steps/<uuid:step>/<slug:name>/", steps.deed, name="step_deed"),
    path("watch/", watch.watch, name="watch"),
    path("record/", record.record, name="record"),
    path("record/posts/", record.holders, name="holders"),
    path("record/looks/", record.seen, name="looks"),
    path("counter/", counter.pick, name="counter"),
    path("counter/next/", counter.next_person, name="counter_next"),
    path("counter/done/<uuid:case>/", counter.done, name="counter_done"),
    path("counter/<slug:service>/", counter.ask, name="counter"),
    path("counter/<slug:service>/<slug:step>/", counter.ask, name="counter"),
]
