"""What time does to a campaign: contacts are owed, silence is silence, the answers are over, the sample is drawn, all is done.

Nobody stops receiving by silence: a silent review may be renewed like any other that has not changed.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID, uuid5

from chengnuo.benefits.lifecycle import ENDED as A_ENDED
from chengnuo.benefits.models import Award
from chengnuo.core.instants import local_date
from chengnuo.core.lifecycle import Move
from chengnuo.core.sampling import is_met
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import act
from chengnuo.foundation.models.outbox import Errand
from chengnuo.foundation.refused import AlreadyReceived, Overtaken
from chengnuo.people import queries as people
from chengnuo.policies.loader import parameters
from chengnuo.reviews.lifecycle import (
    A_PROPOSED,
    AMENDMENT,
    CAMPAIGN,
    CHANGED,
    CHECK,
    CLOSED,
    ENDED,
    MOST_CONTACTS,
    OPEN,
    R_DROPPED,
    REVIEW,
    RUNNING,
    SILENT,
    UNCHANGED,
)
from chengnuo.reviews.models import Amendment, Campaign, Check, Review

# after which acts an award may have ended, while another year's review is still open, or something else proposed
ENDED_BY = ("amendment.confirm/1", "review.end/1")
UNDECIDED = (OPEN, UNCHANGED, SILENT, CHANGED)
CHUNK = 100
SEED_BYTES = 32


def pass_on(*, at: datetime, chance: Callable[[int], bytes] = secrets.token_bytes) -> int:
    """One step of each that is due; returns how many rows it touched. `chance` is asked for the seed; the demo's says the same everywhere."""
    return _owe_contacts(at) + _fall_silent(at) + _close(at, chance) + _draw(at) + _finish(at)


def met_by(seed: bytes | memoryview, reviews: Sequence[Review], percent: int) -> list[Review]:
    """Those of them that this seed meets."""
    return [review for review in reviews if is_met(seed, review.pk, percent)]


def award_ended(errand: Errand, at: datetime) -> None:
    """Hears of an award's end, whichever way it came: nobody is asked about it any more, no county owes a decision on it, and what
    was proposed for it is nobody's to confirm.
    """
    if errand.payload["kind"] == Award.kind:
        award = UUID(errand.payload["id"])
        _drop_reviews(award, at)
        _lapse(award, at)


def _drop_reviews(award: UUID, at: datetime) -> None:
    found = list(Review.objects.filter(award=award, award__status=A_ENDED, status__in=UNDECIDED).order_by("pk"))
    if not found:
        return
    with (
        suppress(AlreadyReceived),
        act("review.drop/1", by=system(), at=at, key=uuid5(found[0].pk, "drop"), said={"award": award}) as a,
    ):
        a.permit()
        a.move_all(found, REVIEW.drop, facts=None, phone=None)


def _lapse(award: UUID, at: datetime) -> None:
    found = Amendment.objects.filter(award=award, award__status=A_ENDED, status=A_PROPOSED).first()
    if found is None:
        return
    key, said = uuid5(found.pk, "lapse"), {"amendment": found.pk}
    with act("amendment.lapse/1", by=system(), at=at, key=key, said=said) as a:
        a.move(a.take(Amendment, found.pk), AMENDMENT.lapse, facts=None)


def _owe_contacts(at: datetime) -> int:
    today = local_date(at)
    asked = {"status": OPEN, "asks_again": True, "is_left_alone": False, "contacts__lt": MOST_CONTACTS}
    running = Review.objects.filter(campaign__status=RUNNING, campaign__contact_from__lte=today, **asked)
    found = list(running.filter(campaign__answer_until__gte=today).order_by("pk")[:CHUNK])
    return _moved(found, REVIEW.owe_contact, at, asks_again=False)


def _fall_silent(at: datetime) -> int:
    over = Review.objects.filter(status=OPEN, campaign__status=RUNNING, campaign__answer_until__lt=local_date(at))
    return _moved(list(over.order_by("pk")[:CHUNK]), REVIEW.fall_silent, at, ready_at=at)


def _moved(found: list[Review], move: Move, at: datetime, **evidence: object) -> int:
    if not found:
        return 0
    key = uuid5(found[0].pk, f"{move.name} {found[0].version}")
    with (
        suppress(AlreadyReceived, Overtaken),
        act(f"review.{move.name}/1", by=system(), at=at, key=key, said={"first": found[0].pk}) as a,
    ):
        a.permit()
        a.move_all(found, move, **evidence)
        return len(found)
    return 0


def _close(at: datetime, chance: Callable[[int], bytes]) -> int:
    """The answers are over, and everybody's is known: now chance is asked, once, and what it said is kept."""
    waiting = Review.objects.filter(status=OPEN).values("campaign")
    over = Campaign.objects.filter(status=RUNNING, answer_until__lt=local_date(at)).exclude(pk__in=waiting).first()
    if over is None:
        return 0
    percent = parameters().whole("reviews.sample_share", local_date(at))
    with act("campaign.close/1", by=system(), at=at, key=uuid5(over.pk, "close"), said={}) as a:
        a.move(a.take(Campaign, over.pk), CAMPAIGN.close, seed=chance(SEED_BYTES), percent=percent)
    return 1


def _draw(at: datetime) -> int:
    """The sample of the next reviews. Whoever is determined or renewed is met like everybody else."""
    for campaign in Campaign.objects.filter(status=CLOSED).order_by("pk"):
        chunk = _not_drawn(campaign)
        if chunk:
            with suppress(AlreadyReceived, Overtaken):
                _draw_of(campaign, chunk, at)
            return len(chunk)
    return 0


def _not_drawn(campaign: Campaign) -> list[Review]:
    rows = Review.objects.filter(campaign=campaign).order_by("pk")
    return list((rows.filter(pk__gt=campaign.drawn_to) if campaign.drawn_to else rows)[:CHUNK])


def _draw_of(campaign: Campaign, chunk: list[Review], at: datetime) -> None:
    there = [review for review in chunk if review.status not in (ENDED, R_DROPPED)]
    met = met_by(campaign.seed or b"", there, campaign.percent)
    key = uuid5(campaign.pk, f"draw {campaign.drawn_to}")
    with act("campaign.draw/1", by=system(), at=at, key=key, said={"after": str(campaign.drawn_to)}) as a:
        found = a.take(Campaign, campaign.pk)
        a.move(found, CAMPAIGN.draw, drawn_to=chunk[-1].pk)
        if met:
            head = people.head(found.office_id)
            checks = [Check(review=review, office_id=found.office_id, holder=head) for review in met]
            a.make_all(checks, CHECK.draw, action="review_check.draw")


def _finish(at: datetime) -> int:
    """Nothing is left to be renewed or drawn."""
    left = Review.objects.filter(status__in=[OPEN, UNCHANGED, SILENT]).values("campaign")
    done = [
        each for each in Campaign.objects.filter(status=CLOSED).exclude(pk__in=left)[:CHUNK] if not _not_drawn(each)
    ]
    for campaign in done:
        with act("campaign.finish/1", by=system(), at=at, key=uuid5(campaign.pk, "finish"), said={}) as a:
            a.move(a.take(Campaign, campaign.pk), CAMPAIGN.finish)
    return len(done)
