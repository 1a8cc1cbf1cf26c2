"""The part of a request's page that tells of its claim: how it stands, what the rules give, what was granted or why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chengnuo.benefits import queries as benefits
from chengnuo.benefits.lifecycle import CLAIM, ClaimStatus
from chengnuo.benefits.models import Award, Claim
from chengnuo.cases.models import Case
from chengnuo.foundation.actor import Actor
from chengnuo.payments import queries as payments
from chengnuo.policies.values import value
from chengnuo.promises.queries import duties_of
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


def claim_in(case: Case, *, viewer: Actor, now: datetime) -> YourClaim | None:
    """None where the request is no claim."""
    found = claim_beside(case, viewer)
    if found is None:
        return None
    told = told_of(found, viewer)
    award = benefits.award_of(viewer, found.pk) if found.status == ClaimStatus.GRANTED else None
    granted = _granted(award)
    return YourClaim(
        told=told,
        status=STATUS[ClaimStatus(found.status)],
        stages=stage_rows(found, benefits.opinions(found), duties_of(found.pk), viewer=viewer, now=now),
        granted=granted,
        money=reverse("family:money", args=[case.pk]) if granted else "",
        reviewed=_reviewed(found, viewer),
        asked_back=_asked_back(found, award, viewer),
        change=_change(told) if found.status == ClaimStatus.REFUSED else "",
        objections=heard_rows(benefits.objections(viewer, found.pk), viewer, case=case.pk) if is_noticed(found) else (),
        restate=reverse("family:restate", args=[case.pk]) if found.status in CLAIM.restate.passage.sources else "",
    )


def _reviewed(claim: Claim, viewer: Actor) -> str:
    """Where the yearly question stands, or ""."""
    found = reviews.reviews_of_claim(viewer, claim.pk) if claim.status == ClaimStatus.GRANTED else ()
    return reverse("reviews:own", args=[found[0].pk]) if found else ""


def _asked_back(claim: Claim, award: Award | None, viewer: Actor) -> tuple[str, ...]:
    found = payments.asked_back(viewer, award.pk) if award else ()
    return tuple(reverse("family:paid_back", args=[claim.case_id, each.pk]) for each in found)


def _granted(award: Award | None) -> tuple[tuple[str, str], ...]:
    years = benefits.years(award.pk) if award else []
    return tuple((str(each.year), value(each.fen, "fen", language())) for each in years)


def _change(told: Told) -> str:
    """By the rules: the reasons of the officer who decided stand with the last stage."""
    if told.failed:
        return _("It would be granted if this held: %(what)s.") % {"what": _(", ").join(told.failed)}
    if told.needs:
        return _("It can be decided again once this is known: %(what)s.") % {"what": _(", ").join(told.needs)}
    return _("By the rules it would be granted. The decision differs from them; its reasons stand with the last stage.")
