from __future__ import annotations

from django.urls import path

from chengnuo.web.county import (
    accounts,
    backups,
    founding,
    holidays,
    offices,
    promise_acts,
    promises,
    tokens,
)

app_name = "county"

urlpatterns = [
    path("promises/", promises.listed, name="promises"),
    path("promises/new/", founding.found, name="found_promise"),
    path("promises/<uuid:version>/", promises.version, name="promise"),
    path("promises/<uuid:version>/preview/", promises.preview, name="preview"),
    path("promises/<uuid:version>/draft/", promise_acts.draft, name="draft_promise"),
    path("promises/<uuid:version>/change/", promise_acts.change, name="change_promise"),
    path("promises/<uuid:version>/<slug:name>/", promise_acts.step, name="promise_step"),
    path("accounts/", accounts.listed, name="accounts"),
    path("accounts/open/", accounts.opening, name="open_account"),
    path("accounts/<int:account>/", accounts.account, name="account"),
    path("accounts/<int:account>/open/", accounts.opening_again, name="open_again"),
    path("accounts/<int:account>/close/", accounts.closing, name="close_account"),
    path("accounts/<int:account>/unlock/", accounts.unlocking, name="unlock_account"),
    path("accounts/<int:account>/second-factor/", accounts.resetting, name="reset_factor"),
    path("offices/", offices.listed, name="offices"),
    path("offices/<uuid:office>/", offices.office, name="office"),
    path("offices/<uuid:office>/name/", offices.rename, name="name_office"),
    path("offices/<uuid:office>/reach/", offices.reach, name="reach_office"),
    path("posts/<uuid:post>/fill/", offices.fill, name="fill_post"),
    path("posts/<uuid:post>/close/", offices.close, name="close_post"),
    path("holdings/<uuid:holding>/end/", offices.vacate, name="vacate_post"),
    path("systems/", tokens.listed, name="tokens"),
    path("systems/new/", tokens.issuing, name="issue_token"),
    path("systems/<uuid:token>/revoke/", tokens.revoking, name="revoke_token"),
    path("backups/", backups.backups, name="backups"),
    path("holidays/", holidays.listed, name="holidays"),
    path("holidays/announce/", holidays.announce, name="announce"),
    path("holidays/undo/<uuid:change>/", holidays.undo, name="undo_days"),
    path("holidays/<slug:day>/take-out/", holidays.take_out, name="take_out"),
]
