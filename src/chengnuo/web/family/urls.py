from __future__ import annotations

from django.urls import path

from chengnuo.web.family import (
    ask,
    complain,
    deeds,
    folder,
    follow,
    messages,
    money,
    own_data,
    paid_back,
    photos,
    receipt,
    reply,
    request,
    restate,
    rights,
)

app_name = "family"

urlpatterns = [
    path("ask/<slug:service>/", ask.ask, name="ask"),
    path("ask/<slug:service>/form.pdf", receipt.form, name="form"),
    path("ask/<slug:service>/<slug:step>/", ask.ask, name="ask"),
    path("complain/", complain.begin, name="complain"),
    path("complain/<slug:step>/", complain.step, name="complain"),
    path("follow/", follow.follow, name="follow"),
    path("follow/without-a-name/", follow.follow_unnamed, name="follow_unnamed"),
    path("folder/", folder.folder, name="folder"),
    path("folder/new/", folder.make, name="folder_make"),
    path("folder/open/", folder.open_, name="folder_open"),
    path("folder/delete/", folder.delete, name="folder_delete"),
    path("folder/<uuid:case>/take-out/", folder.take_out, name="folder_take_out"),
    path("leave/", follow.leave, name="leave"),
    path("leave/quickly/", follow.leave_quickly, name="leave_quickly"),
    path("request/<uuid:case>/", request.request, name="request"),
    path("request/<uuid:case>/received/", receipt.done, name="done"),
    path("request/<uuid:case>/restate/", restate.restate, name="restate"),
    path("request/<uuid:case>/rights/", rights.page, name="rights"),
    path("request/<uuid:case>/slip.pdf", receipt.slip, name="slip"),
    path("request/<uuid:case>/proof.json", receipt.proof, name="proof"),
    path("request/<uuid:case>/data/", own_data.data, name="data"),
    path("request/<uuid:case>/data.json", own_data.copy, name="data_copy"),
    path("request/<uuid:case>/consent/<slug:purpose>/", request.consent, name="consent"),
    path("request/<uuid:case>/messages/", messages.sent, name="messages"),
    path("request/<uuid:case>/money/", money.money, name="money"),
    path("request/<uuid:case>/money.ics", money.money_days, name="money_days"),
    path("stop/<slug:number>/<slug:code>/", messages.stop, name="stop"),
    path("request/<uuid:case>/photos/<uuid:photo>/", photos.photo, name="photo"),
    path("request/<uuid:case>/photos/<uuid:photo>/back/", photos.take_back, name="take_back_photo"),
    path("request/<uuid:case>/objection/<uuid:objection>/", reply.reply, name="reply"),
    path("request/<uuid:case>/back/<uuid:recovery>/", paid_back.paid_back, name="paid_back"),
    path("request/<uuid:case>/<slug:name>/", deeds.deed, name="deed"),
]
