from __future__ import annotations

from django.urls import path

from chengnuo.web.desk import (
    accounts,
    answering,
    cases,
    counter,
    holidays,
    home,
    inbox,
    listing,
    offices,
    promises,
    record,
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
    path("cases/<uuid:case>/", cases.case, name="case"),
    path("cases/<uuid:case>/<slug:name>/", cases.deed, name="deed"),
    path("promises/", promises.listed, name="promises"),
    path("promises/<uuid:version>/", promises.version, name="promise"),
    path("promises/<uuid:version>/preview/", promises.preview, name="preview"),
    path("promises/<uuid:version>/draft/", promises.draft, name="draft_promise"),
    path("promises/<uuid:version>/change/", promises.change, name="change_promise"),
    path("promises/<uuid:version>/<slug:name>/", promises.step, name="promise_step"),
    path("watch/", watch.watch, name="watch"),
    path("record/", record.record, name="record"),
    path("record/posts/", record.holders, name="holders"),
    path("record/looks/", record.seen, name="looks"),
    path("accounts/", accounts.listed, name="accounts"),
    path("accounts/open/", accounts.opening, name="open_account"),
    path("accounts/<int:account>/", accounts.account, name="account"),
    path("accounts/<int:account>/close/", accounts.closing, name="close_account"),
    path("offices/", offices.listed, name="offices"),
    path("offices/<uuid:office>/", offices.office, name="office"),
    path("offices/<uuid:office>/name/", offices.rename, name="name_office"),
    path("posts/<uuid:post>/fill/", offices.fill, name="fill_post"),
    path("posts/<uuid:post>/close/", offices.close, name="close_post"),
    path("holdings/<uuid:holding>/end/", offices.vacate, name="vacate_post"),
    path("holidays/", holidays.listed, name="holidays"),
    path("holidays/announce/", holidays.announce, name="announce"),
    path("counter/", counter.pick, name="counter"),
    path("counter/next/", counter.next_person, name="counter_next"),
    path("counter/done/<uuid:case>/", counter.done, name="counter_done"),
    path("counter/<slug:service>/", counter.ask, name="counter"),
    path("counter/<slug:service>/<slug:step>/", counter.ask, name="counter"),
]
