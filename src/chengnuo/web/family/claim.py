"""The part of a request's page that tells of its claim: how it stands, what the rules give, what was granted or why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from uuid import UUID

from django.db.models import Value
from django.urls import reverse
from django.utils.translation import gettext as _

from chengnuo.benefits import queries as benefits
from chengnuo.benefits.lifecycle import CLAIM, ClaimStatus
from chengnuo.benefits.models import Award, Claim, Due, Objection
from chengnuo.cases.models import Case
from chengnuo.foundation.actor import Actor
from chengnuo.payments import queries as payments
from chengnuo.policies.values import value
from chengnuo.promises.models import Duty
from chengnuo.reviews import queries as reviews
from chengnuo.web.casework.claim_stages import StageRow, stage_rows
from chengnuo.web.casework.claims import STATUS, Told, is_noticed, told_of
from chengnuo.web.casework.claims import claim_in as claim_beside
from chengnuo.web.casework.objections import ObjectionRow, heard_rows
from chengnuo.web.named import Named
from chengnuo.web.words import Word, language


@dataclass(frozen=True, kw_only=True)
class YourClaim(Named):
    """`granted`: years and what is due in them, the newest first; `money`: the page of what is paid, "" where nothing was
    granted; `change`: what would change a refusal, "" where nothing was refused; `reviewed`: where the yearly question stands;
    `asked_back`: what is asked back.
    """

    told: Told
    status: Word
    stages: tuple[StageRow, ...]
    granted: tuple[tuple[str, str], ...]
    money: str
    change: str
    reviewed: str
    asked_back: tuple[str, ...]
    objections: tuple[ObjectionRow, ...]
    restate: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """The claim that a request carries, what it was granted, and what was objected."""

    claim: Claim
    award: Award | None
    dues: Sequence[Due]
    objections: Sequence[Objection]

    @property
    def subjects(self) -> list[UUID]:
        """About what is owed."""
        return [self.claim.pk, *(each.pk for each in self.objections)]


def found_in(case: Case, viewer: Actor) -> Found | None:
    """None where the request is no claim."""
    claim = claim_beside(case, viewer)
    if claim is None:
        return None
    award, dues = benefits.granted(viewer, claim.pk) if claim.status == ClaimStatus.GRANTED else (None, [])
    objections = benefits.objections(viewer, claim.pk) if is_noticed(claim) else ()
    return Found(claim=claim, award=award, dues=dues, objections=objections)


def claim_in(asked: Found, owed: Sequence[Duty], *, viewer: Actor, now: datetime) -> YourClaim:
    """`owed`: what is owed about its subjects, in the order in which it began."""
    found = asked.claim
    told, granted = told_of(found, viewer), _granted(asked.dues)
    duties = [duty for duty in owed if duty.subject_id == found.pk]
    reviewed, asked_back = _pages_of(asked.award, viewer, case=found.case_id)
    return YourClaim(
        told=told,
        status=STATUS[ClaimStatus(found.status)],
        stages=stage_rows(found, benefits.opinions(found), duties, viewer=viewer, now=now),
        granted=granted,
        money=reverse("family:money", args=[found.case_id]) if granted else "",
        reviewed=reviewed,
        asked_back=asked_back,
        change=_change(told) if found.status == ClaimStatus.REFUSED else "",
        objections=heard_rows(asked.objections, viewer, case=found.case_id, owed=owed),
        restate=reverse("family:restate", args=[found.case_id])
        if found.status in CLAIM.restate.passage.sources
        else "",
    )


def _pages_of(award: Award | None, viewer: Actor, *, case: UUID) -> tuple[str, tuple[str, ...]]:
    """Where the yearly question stands, or "", and what is asked back; the newest first. One query, for their ids alone."""
    if award is None:
        return "", ()
    asked = reviews.reviews_of_claim(viewer, award.claim_id).values_list(Value("asked"), "pk", "campaign__year")
    back = payments.asked_back(viewer, award.pk).values_list(Value("back"), "pk", "year")
    rows = sorted(asked.order_by().union(back.order_by(), all=True), key=itemgetter(2), reverse=True)
    own = [reverse("reviews:own", args=[pk]) for what, pk, _year in rows if what == "asked"]
    paid_back = tuple(reverse("family:paid_back", args=[case, pk]) for what, pk, _year in rows if what == "back")
    return own[0] if own else "", paid_back


def _granted(dues: Sequence[Due]) -> tuple[tuple[str, str], ...]:
    return tuple((str(each.year), value(each.fen, "fen", language())) for each in benefits.years_in(dues))


def _change(told: Told) -> str:
    """By the rules: the reasons of the officer who decided stand with the last stage."""
    if told.failed:
        return _("It would be granted if this held: %(what)s.") % {"what": _(", ").join(told.failed)}
    if told.needs:
        return _("It can be decided again once this is known: %(what)s.") % {"what": _(", ").join(told.needs)}
    return _("By the rules it would be granted. The decision differs from them; its reasons stand with the last stage.")
