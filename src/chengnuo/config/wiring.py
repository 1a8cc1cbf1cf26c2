"""Binds foundation to the domain, once, when every application is ready: the ports, the gate's table, the watchers."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from allauth.account.signals import authentication_step_completed, password_changed
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.urls import reverse
from django.utils.translation import get_language

from chengnuo.benefits import permissions as benefits
from chengnuo.benefits.checks import AwardsApart, DeadWithAward
from chengnuo.benefits.models import Award, Bulk, Claim, Objection
from chengnuo.benefits.operations import bulk_grants, examining, forgetting, noticing, objecting
from chengnuo.benefits.operations.bulk import SORTS
from chengnuo.benefits.ports import ports as asked_above_benefits
from chengnuo.cases import permissions as cases
from chengnuo.cases.models import Case, Pressed, Step
from chengnuo.cases.operations import passing, recode, retention
from chengnuo.cases.port import HandsPort
from chengnuo.cases.ports import ports as asked_above_cases
from chengnuo.cases.voices import voices
from chengnuo.channels import permissions as channels
from chengnuo.channels.models import ClosedLetter
from chengnuo.channels.operations import digests, feeds, sending, telling, writing
from chengnuo.core.text3 import Text3
from chengnuo.foundation import database, looks, outbox
from chengnuo.foundation.acts import Act
from chengnuo.foundation.gate import gate
from chengnuo.foundation.ports import ports
from chengnuo.foundation.refs import registry
from chengnuo.foundation.sealed import watch_reveals
from chengnuo.imports import permissions as imports
from chengnuo.imports.models import ImportBatch
from chengnuo.imports.operations import ending as table_ending
from chengnuo.imports.targets import targets
from chengnuo.keeping import permissions as keeping
from chengnuo.keeping import places, restore
from chengnuo.keeping.stored import StoredFiles
from chengnuo.meetings import permissions as meetings
from chengnuo.meetings.models import Meeting, Resolution
from chengnuo.notices import permissions as notices
from chengnuo.notices.models import Notice
from chengnuo.notices.operations import ending as notice_ending
from chengnuo.openness import permissions as openness
from chengnuo.openness.models import BoardSheet
from chengnuo.outreach import permissions as outreach
from chengnuo.outreach.models import Letter, Reminder
from chengnuo.outreach.operations import running as finders
from chengnuo.payments import permissions as payments
from chengnuo.payments.checks import SharedAccount
from chengnuo.payments.models import Batch, Fund, Payment, Recovery
from chengnuo.payments.operations import informing, recovery, restoring
from chengnuo.payments.tables import Accounts
from chengnuo.people import permissions as people
from chengnuo.people.office_contacts import OfficeContacts
from chengnuo.people.operations import accounts as held_accounts
from chengnuo.people.operations import contacts, folders, posts, tokens
from chengnuo.promises import permissions as promises
from chengnuo.promises.models import Release
from chengnuo.promises.port import DutyPort, announced
from chengnuo.promises.ports import ports as asked_of_cases
from chengnuo.promises.queries import ANNOUNCED
from chengnuo.registers import permissions as registers
from chengnuo.registers.checks import BornOtherwise, ImpossibleDays, checks
from chengnuo.registers.models import Finding, Pair, Resident
from chengnuo.registers.tables import Deaths, Residents
from chengnuo.reviews import permissions as reviews
from chengnuo.reviews.lifecycle import SEND_OUT
from chengnuo.reviews.models import Amendment, Campaign, Check, Review
from chengnuo.reviews.operations import passing as reviewing
from chengnuo.reviews.operations import telling as telling_of_reviews
from chengnuo.web import who
from chengnuo.web.account import accounts, sign_ins
from chengnuo.web.account.factors import SecondFactors

GATED = (
    keeping,
    people,
    promises,
    notices,
    cases,
    meetings,
    registers,
    benefits,
    payments,
    reviews,
    channels,
    openness,
    outreach,
)

FORGOTTEN_WITH_IT = ("duty", Step.kind, Claim.kind, Objection.kind, ClosedLetter.kind)


def bind() -> None:
    """Called by `ConfigConfig.ready`."""
    database.guard()
    ports.duties = DutyPort()
    asked_of_cases.voices = voices
    ports.hands = HandsPort()
    asked_above_cases.forget_beside = _forget_beside
    asked_above_cases.go_along = writing.go_along
    asked_above_benefits.restore = restoring.restored
    watch_reveals(looks.keep)
    places.register(SecondFactors())
    places.register(StoredFiles())
    restore.forgets(Case.kind, retention.forget_again, with_it=FORGOTTEN_WITH_IT)
    restore.ends(
        tokens.end_all,
        held_accounts.close_all,
        contacts.withdraw_again,
        folders.delete_again,
        recode.replace_again,
        sending.drop_all,
        feeds.end_all,
        digests.end_all,
        notice_ending.recall_all,
        table_ending.drop_all,
        finders.stop_all,
    )
    Text3.reads = lambda: get_language() or settings.LANGUAGE_CODE
    for target in (OfficeContacts(), Residents(), Deaths(), Accounts()):
        targets.register(target)
    for check in (BornOtherwise(), ImpossibleDays(), DeadWithAward(), AwardsApart(), SharedAccount()):
        checks.register(check)
    gate.install(imports.rules(targets.known.values()))
    for app in GATED:
        gate.install(app.RULES)
    _point()
    _listen()
    _watch_sign_ins()


def _forget_beside(a: Act, cases: Sequence[UUID]) -> list[UUID]:
    return [*forgetting.forget_beside(a, cases), *writing.forget(a, cases)]


def _point() -> None:
    """What a duty may be about, and what a stored file may belong to."""
    SORTS[bulk_grants.GRANT] = bulk_grants.SORT
    registry.register(Claim.kind, link=lambda pk: reverse("desk:claim", args=[pk]), model=Claim)
    registry.register(Bulk.kind, link=lambda pk: reverse("desk:bulk", args=[pk]), model=Bulk)
    registry.register(Objection.kind, link=lambda pk: reverse("desk:objection", args=[pk]), model=Objection)
    registry.register(Case.kind, link=lambda pk: reverse("desk:case", args=[pk]), model=Case)
    registry.register(Step.kind, link=lambda pk: reverse("desk:step", args=[pk]), model=Step)
    registry.register(Pressed.kind, link=lambda pk: reverse("desk:pressed", args=[pk]), model=Pressed)
    registry.register(Release.kind, link=lambda _pk: reverse("public:promises"), model=Release, public=True)
    registry.register(Notice.kind, link=lambda pk: reverse("desk:notice", args=[pk]), model=Notice, public=True)
    registry.register(Meeting.kind, link=lambda pk: reverse("desk:meeting", args=[pk]), model=Meeting, public=True)
    registry.register(
        Resolution.kind, link=lambda pk: reverse("desk:resolution", args=[pk]), model=Resolution, public=True
    )
    registry.register(ImportBatch.kind, link=lambda pk: reverse("tables:table", args=[pk]), model=ImportBatch)
    registry.register(ClosedLetter.kind, link=lambda pk: reverse("desk:closed_letter", args=[pk]), model=ClosedLetter)
    registry.register(BoardSheet.kind, link=lambda pk: reverse("desk:board", args=[pk]), model=BoardSheet, public=True)
    registry.register(Batch.kind, link=lambda pk: reverse("money:batch", args=[pk]), model=Batch)
    registry.register(Payment.kind, link=lambda pk: reverse("money:payment", args=[pk]), model=Payment)
    registry.register(Award.kind, link=lambda pk: reverse("desk:award", args=[pk]), model=Award)
    registry.register(Amendment.kind, link=lambda pk: reverse("desk:amendment", args=[pk]), model=Amendment)
    registry.register(Resident.kind, link=lambda pk: reverse("registers:person", args=[pk]))
    registry.register(Finding.kind, link=lambda pk: reverse("registers:finding", args=[pk]), model=Finding)
    registry.register(Pair.kind, link=lambda pk: reverse("registers:pair", args=[pk]), model=Pair)
    registry.register(Recovery.kind, link=lambda pk: reverse("money:recovery", args=[pk]), model=Recovery)
    registry.register(Campaign.kind, link=lambda pk: reverse("reviews:campaign", args=[pk]), model=Campaign)
    registry.register(
        Review.kind, link=lambda pk: reverse("reviews:review", args=[pk]), model=Review, alone=(SEND_OUT,)
    )
    registry.register(Check.kind, link=lambda pk: reverse("reviews:check", args=[pk]), model=Check)
    registry.register(Letter.kind, link=lambda _pk: reverse("outreach:next"), model=Letter, alone=True)
    registry.register(Reminder.kind, link=lambda _pk: reverse("outreach:next_reminder"), model=Reminder, alone=True)
    registry.register(Fund.kind, link=lambda pk: reverse("money:fund", args=[pk]), model=Fund, public=True)


def _watch_sign_ins() -> None:
    authentication_step_completed.connect(accounts.proved_again, dispatch_uid="chengnuo.proved_again")
    password_changed.connect(accounts.password_changed, dispatch_uid="chengnuo.password_changed")
    user_logged_in.connect(who.drop_receipts, dispatch_uid="chengnuo.drop_receipts")
    user_logged_in.connect(sign_ins.signed_in, dispatch_uid="chengnuo.signed_in")
    user_login_failed.connect(sign_ins.not_signed_in, dispatch_uid="chengnuo.not_signed_in")


def _listen() -> None:
    """Who hears of what through the outbox."""
    for topic in ANNOUNCED:
        outbox.subscribe(topic, announced, name="promises.announced")
    for topic in telling.TOPICS:
        outbox.subscribe(topic, telling.told, name="channels.told")
    for topic in examining.FOLLOWED:
        outbox.subscribe(topic, examining.followed, name="benefits.followed")
    for topic in informing.TOPICS:
        outbox.subscribe(topic, informing.told, name="payments.told")
    for topic in recovery.TOLD:
        outbox.subscribe(topic, recovery.told, name="payments.asked_back")
    for topic in telling_of_reviews.TOPICS:
        outbox.subscribe(topic, telling_of_reviews.told, name="reviews.told")
    for topic in reviewing.ENDED_BY:
        outbox.subscribe(topic, reviewing.award_ended, name="reviews.award_ended")
    for topic in (*noticing.REACHED, *noticing.ENDED, noticing.SETTLE, *noticing.ANSWERED):
        outbox.subscribe(topic, noticing.heard, name="benefits.noticing")
    for topic in objecting.FOLLOWED:
        outbox.subscribe(topic, objecting.followed, name="benefits.objection_followed")
    outbox.subscribe(posts.VACATED, passing.post_vacated, name="cases.post_vacated")
    outbox.subscribe(posts.VACATED, writing.post_vacated, name="channels.post_vacated")
    outbox.subscribe(posts.FILLED, passing.post_filled, name="cases.post_filled")
