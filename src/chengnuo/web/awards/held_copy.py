"""What hangs on a claim's award, for a program: the part `award` of chengnuo.my-data/1. Sums are in fen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from chengnuo.benefits.models import Objection, Reply
from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import Actor
from chengnuo.payments import queries as payments
from chengnuo.payments.models import Recovery
from chengnuo.reviews.models import Amendment, Review
from chengnuo.web.awards.held import Held, opened, why_of
from chengnuo.web.casework import objections as objected


def copy_of(held: Held | None, viewer: Actor) -> dict[str, Any]:
    """Under the key `award`; nothing where nothing was granted."""
    if held is None:
        return {}
    award = held.award
    own = {name: opened(getattr(award, name), viewer) for name in ("name", "identity", "child")}
    said = {
        "programme": award.programme,
        "office": str(award.office),
        "status": award.status,
        "begins": award.begins,
        "ends_on": _iso(award.ends_on),
        "ended_for": award.ended_for,
        "granted_at": _iso(award.granted_at),
        "facts": json.loads(opened(award.facts, viewer) or "{}"),
        "determinations": [
            {"year": due.year, "fen": due.fen, "determined_at": _iso(due.determined_at), "office": str(due.determined_by.office), "edition": due.edition, "departs": due.departs, "why": why_of(due, held, viewer)}
            for due in held.dues
        ],
        "money": [_year(each) for each in held.told.years],
        "accounts": [
            {"bank": each.bank, "digits": each.digits, "given_at": _iso(each.given_at)} for each in held.accounts
        ],
        "asked_back": [_back(each, viewer) for each in held.recoveries],
        "reviews": [_review(each, held, viewer) for each in held.reviews],
        "amendments": [_amendment(each, viewer) for each in held.amendments],
    }  # fmt: skip
    return {"award": own | said}


def objections_copy(
    found: Iterable[Objection], replies: Mapping[UUID, Sequence[Reply]], viewer: Actor
) -> dict[str, Any]:
    """Under the key `objections`; nothing where there is none. Never who made it, nor at which hour: that could tell. `replies`: what
    the claimant says to each, every time that they wrote; to nobody else.
    """
    said = [
        {
            "ground": each.ground,
            "words": objected.said_in(each, viewer),
            "status": each.status,
            "office": str(each.office),
            "made_on": _iso(local_date(each.made_at)),
            "answered_on": _iso(each.answered_at and local_date(each.answered_at)),
            "answer": opened(each.answer, viewer, of=each.claim_id),
            **({"replies": [_reply(said, viewer) for said in replies[each.pk]]} if each.pk in replies else {}),
        }
        for each in found
    ]
    return {"objections": said} if said else {}


def _reply(said: Reply, viewer: Actor) -> dict[str, Any]:
    return {
        "words": opened(said.words, viewer, of=said.objection_id),
        "at": _iso(said.at),
        "written_down_by": str(said.post or ""),
    }


def _year(year: payments.Year) -> dict[str, Any]:
    return {
        "year": year.year,
        "due": year.due,
        "paid": year.paid,
        "under_way": year.under_way,
        "paid_by": _iso(year.paid_by),
        "is_late": year.is_late,
        "cause": str(year.cause or ""),
        "rest": str(year.rest or ""),
        "expected_on": _iso(year.expected_on),
        "payments": [
            {"fen": each.fen, "status": each.status.value, "day": _iso(each.day), "reason": str(each.reason or "")}
            for each in year.payments
        ],
    }


def _back(found: Recovery, viewer: Actor) -> dict[str, Any]:
    words = {
        name: opened(getattr(found, name), viewer, of=found.award_id) for name in ("reasons", "objection", "answer")
    }
    days = {"told_on": _iso(found.told_on), "object_by": _iso(found.object_by)}
    sums = {"year": found.year, "fen": found.fen, "back_fen": found.back_fen, "instalments": found.instalments}
    return {"status": found.status, "why": found.why} | sums | days | words


def _review(review: Review, held: Held, viewer: Actor) -> dict[str, Any]:
    days = ("letter_out_on", "appointed_on", "changed_on", "decided_on")
    made = [each for each in held.contacts if each.review_id == review.pk]
    return {
        "year": review.campaign.year,
        "status": review.status,
        "how": review.how,
        "change": review.change,
        **{name: _iso(getattr(review, name)) for name in days},
        "facts": json.loads(opened(review.facts, viewer, of=review.award_id) or "{}"),
        "telephone": opened(review.phone, viewer, of=review.award_id),
        "contacts": [{"day": _iso(each.day), "outcome": each.outcome} for each in made],
    }


def _amendment(found: Amendment, viewer: Actor) -> dict[str, Any]:
    return {
        "sort": found.sort,
        "status": found.status,
        "year": found.year,
        "fen": found.fen,
        "ending": found.ending,
        "ends_on": _iso(found.ends_on),
        "proposed_at": _iso(found.proposed_at),
        "confirmed_at": _iso(found.confirmed_at),
        "reasons": opened(found.reasons, viewer, of=found.award_id),
        "facts": json.loads(opened(found.facts, viewer, of=found.award_id) or "{}"),
    }


def _iso(when: Any) -> str | None:
    return when.isoformat() if when else None
