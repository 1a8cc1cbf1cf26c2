"""Binds foundation to the domain, once, when every application is ready: the ports, the gate's table, the watchers."""

from __future__ import annotations

from allauth.account.signals import authentication_step_completed
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.urls import reverse
from django.utils.translation import get_language

from chengnuo.cases import permissions as cases
from chengnuo.cases.models import Case, Pressed, Step
from chengnuo.cases.operations import passing, retention
from chengnuo.cases.port import HandsPort
from chengnuo.cases.voices import voices
from chengnuo.core.text3 import Text3
from chengnuo.foundation import database, looks, outbox
from chengnuo.foundation.gate import gate
from chengnuo.foundation.ports import ports
from chengnuo.foundation.refs import registry
from chengnuo.foundation.sealed import watch_reveals
from chengnuo.keeping import places, restore
from chengnuo.keeping.stored import StoredFiles
from chengnuo.people import permissions as people
from chengnuo.people.operations import posts, tokens
from chengnuo.promises import permissions as promises
from chengnuo.promises.models import Release
from chengnuo.promises.port import DutyPort, announced
from chengnuo.promises.ports import ports as asked_of_cases
from chengnuo.web import accounts, sign_ins, who
from chengnuo.web.factors import SecondFactors


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
    restore.ends(tokens.end_all)
    Text3.reads = lambda: get_language() or settings.LANGUAGE_CODE
    authentication_step_completed.connect(accounts.proved_again, dispatch_uid="chengnuo.proved_again")
    user_logged_in.connect(who.drop_receipts, dispatch_uid="chengnuo.drop_receipts")
    user_logged_in.connect(sign_ins.signed_in, dispatch_uid="chengnuo.signed_in")
    user_login_failed.connect(sign_ins.not_signed_in, dispatch_uid="chengnuo.not_signed_in")
    for rules in (people.RULES, promises.RULES, cases.RULES):
        gate.install(rules)
    # what a duty may be about
    registry.register(Case.kind, link=lambda pk: reverse("desk:case", args=[pk]), model=Case)
    registry.register(Step.kind, link=lambda pk: reverse("desk:step", args=[pk]), model=Step)
    registry.register(Pressed.kind, link=lambda pk: reverse("desk:pressed", args=[pk]), model=Pressed)
    registry.register(Release.kind, link=lambda _pk: reverse("public:promises"), model=Release)
    outbox.subscribe(posts.VACATED, passing.post_vacated, name="cases.post_vacated")
    outbox.subscribe(posts.FILLED, passing.post_filled, name="cases.post_filled")
    outbox.subscribe("people.announce_day/1", announced, name="promises.announced")
