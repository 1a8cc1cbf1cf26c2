from __future__ import annotations

from django.urls import path

from chengnuo.web.money import accounts, batches, failures, funds, recoveries

app_name = "money"

urlpatterns = [
    path("", funds.home, name="home"),
    path("funds/new/", funds.new, name="new_fund"),
    path("funds/<uuid:fund>/", funds.fund, name="fund"),
    path("funds/<uuid:fund>/propose/", funds.propose, name="propose"),
    path("funds/<uuid:fund>/back/<uuid:entry>/", funds.take_back, name="take_back"),
    path("funds/<uuid:fund>/<slug:name>/", funds.deed, name="fund_deed"),
    path("batches/<uuid:batch>/", batches.batch, name="batch"),
    path("batches/<uuid:batch>/bank.<slug:kind>", batches.file, name="file"),
    path("batches/<uuid:batch>/<slug:name>/", batches.deed, name="batch_deed"),
    path("payments/<uuid:payment>/", failures.payment, name="payment"),
    path("payments/<uuid:payment>/mend/", failures.mend, name="mend"),
    path("awards/<uuid:award>/account/", accounts.account, name="account"),
    path("awards/<uuid:award>/back/", recoveries.ask_back, name="ask_back"),
    path("back/<uuid:recovery>/", recoveries.recovery, name="recovery"),
    path("back/<uuid:recovery>/<slug:name>/", recoveries.deed, name="recovery_deed"),
]
