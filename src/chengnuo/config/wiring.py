"""Binds foundation to the domain, once, when every application is ready: the ports, the gate's table, the watchers."""

from __future__ import annotations

from allauth.account.signals import authentication_step_completed, password_changed
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.urls import reverse
from django.utils.translation import get_language

from chengnuo.cases import permissions as cases
from chengnuo.cases.models import Case, Pressed, Step
from chengnuo.cases.operations import passing, recode, retention
from chengnuo.cases.port import HandsPort
from chengnuo.cases.voices import voices
from chengnuo.channels import permissions as channels
from chengnuo.channels.operations import digests, feeds, queueing, sending
from chengnuo.core.text3 import Text3
from chengnuo.foundation import database, looks, outbox
from chengnuo.foundation.gate import gate
from chengnuo.foundation.ports import ports
from chengnuo.foundation.refs import registry
from chengnuo.foundation.sealed import watch_reveals
from chengnuo.keeping import permissions as keeping
from chengnuo.keeping import places, restore
from chengnuo.keeping.stored import StoredFiles
from chengnuo.openness import permissions as openness
from chengnuo.openness.models import BoardSheet
from chengnuo.people import permissions as people
from chengnuo.people.operations import accounts as held_accounts
from chengnuo.people.operations import contacts, posts, tokens
from chengnuo.promises import permissions as promises
from chengnuo.promises.models import Release
from chengnuo.promises.port import ANNOUNCED, DutyPort, announced
from chengnuo.promises.ports import ports as asked_of_cases
from chengnuo.web import who
from chengnuo.web.account import accounts, sign_ins
from chengnuo.web.account.factors import SecondFactors


def bind() -> None:
    """Called by `ConfigConfig.ready`."""
    database.guard()
    ports.duties = DutyPort()
    asked_of_cases.voices = voices
    ports.hands = HandsPort()
    watch_reveals(looks.keep)
    places.register(SecondFactors())
    places.register(StoredFiles())
    restore.forgets(Case.kind, retention.forget_again, with_it=["duty", Step.kind])
    restore.ends(
        tokens.end_all,
        held_accounts.close_all,
        contacts.withdraw_again,
        recode.replace_again,
        sending.drop_all,
        feeds.end_all,
        digests.end_all,
    )
    Text3.reads = lambda: get_language() or settings.LANGUAGE_CODE
    authentication_step_completed.connect(accounts.proved_again, dispatch_uid="chengnuo.proved_again")
    password_changed.connect(accounts.password_changed, dispatch_uid="chengnuo.password_changed")
    user_logged_in.connect(who.drop_receipts, dispatch_uid="chengnuo.drop_receipts")
    user_logged_in.connect(sign_ins.signed_in, dispatch_uid="chengnuo.signed_in")
    user_login_failed.connect(sign_ins.not_signed_in, dispatch_uid="chengnuo.not_signed_in")
    for rules in (keeping.RULES, people.RULES, promises.RULES, cases.RULES, channels.RULES, openness.RULES):
        gate.install(rules)
    # what a duty may be about
    registry.register(Case.kind, link=lambda pk: reverse("desk:case", args=[pk]), model=Case)
    registry.register(Step.kind, link=lambda pk: reverse("desk:step", args=[pk]), model=Step)
    registry.register(Pressed.kind, link=lambda pk: reverse("desk:pressed", args=[pk]), model=Pressed)
    registry.register(Release.kind, link=lambda _pk: reverse("public:promises"), model=Release, public=True)
    registry.register(BoardSheet.kind, link=lambda pk: reverse("desk:board", args=[pk]), model=BoardSheet, public=True)
    for topic in ANNOUNCED:
        outbox.subscribe(topic, announced, name="promises.announced")
    for topic in queueing.TOPICS:
        outbox.subscribe(topic, queueing.told, name="channels.told")
    outbox.subscribe(posts.VACATED, passing.post_vacated, name="cases.post_vacated")
    outbox.subscribe(posts.FILLED, passing.post_filled, name="cases.post_filled")
