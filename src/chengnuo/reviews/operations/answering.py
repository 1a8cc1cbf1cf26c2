"""The one question and its answer: by the family with the code of its letter, at a counter, or on paper.

Births are never asked: what a programme knows of children cannot be stated anew here. Whoever no longer fits says so, without a why.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chengnuo.benefits.operations import awards
from chengnuo.benefits.operations.awards import NotDecided, NotYet
from chengnuo.benefits.programmes import Facts
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.database import one_of
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.foundation.sealed import boxed
from chengnuo.reviews.internal.renewed import renewed
from chengnuo.reviews.internal.seats import county_counter, seated
from chengnuo.reviews.lifecycle import CHANGED, ENDING, REVIEW
from chengnuo.reviews.models import Change, How, Review
from chengnuo.reviews.operations.anew import Restated, with_anew

LOOK = "statement on a review"


class NothingStated(Refused):
    code = "nothing-stated"
    sentence = N_("Nothing is different from what is held.")
    remedy = N_("Say what has changed, or that nothing has.")


class DayNeeded(Refused):
    code = "day-needed"
    sentence = N_("It needs the day on which it happened.")
    remedy = N_("Write the day: from it on the support is reckoned anew.")


class DayTooEarly(Refused):
    code = "day-too-early"
    sentence = N_("That day lies too far back for a yearly review.")
    remedy = N_(
        "Write a day of this year or the last, since the support began; a statement not before the last answer."
    )


class NoTelephone(Refused):
    code = "no-telephone"
    sentence = N_("No telephone number is held for calling back.")
    remedy = N_(
        "Write the number on which you want to be called, call the office on the letter, or come to any counter."
    )


def say_unchanged(*, review: UUID, how: str, by: Actor, at: datetime, key: UUID) -> Review:
    """Nothing has changed. At the counter of the office that grants, it is renewed, or looked at, in the same step. Raises MoveRefused."""
    with act("review.say_unchanged/1", by=by, at=at, key=key, said={"review": review, "how": how}) as a:
        found = a.take(Review, review)
        a.move(found, REVIEW.say_unchanged, how=_way(how, by), ready_at=at, answered_by=by.account)
        if gate.may(by, "review.renew") and gate.allows(by, "review.renew", found):
            renewed(a, found)
        return found


def say_changed(*, review: UUID, change: str, on: date | None, how: str, by: Actor, at: datetime, key: UUID) -> Review:
    """The person has died or moved away, or says that they no longer fit: the county owes its decision from here on.

    Raises DayNeeded, NotYet, DayTooEarly, MoveRefused.
    """
    if on is None:
        raise DayNeeded
    if on > local_date(at):
        raise NotYet
    said = {"review": review, "change": change, "on": on, "how": how}
    with act("review.say_changed/1", by=by, at=at, key=key, said=said) as a:
        found = _taken(a, review, "award", "campaign")
        what = Change(change) if change in ENDING else Change.STATEMENT
        if on < _first_day(found, what, How(how)):
            raise DayTooEarly
        return _told(a, found, what, on, _way(how, by))


def ask_call(*, review: UUID, how: str, phone: str = "", by: Actor, at: datetime, key: UUID) -> Review:
    """Something is otherwise, and they want to say it on the telephone: the county calls, and owes its decision from here on.

    `phone` is kept until then; where it is "", the number that stands with the claim is called. An award outlives that one: it is
    there by consent alone, and goes with the words of the case. Raises NoTelephone, MoveRefused.
    """
    said = {"review": review, "how": how, "phone": phone}
    with act("review.ask_call/1", by=by, at=at, key=key, said=said) as a:
        found = _taken(a, review, "award__claim__case__contact")
        if not phone and not found.award.claim.case.contact.phone:
            raise NoTelephone
        county = seated(county_counter(found.award.office_id))
        told = {"change": Change.CALL, "how": _way(how, by), "answered_by": by.account}
        box = boxed(found, "phone", phone) if phone else None
        return a.move(found, REVIEW.say_changed, phone=box, **told, **county)


def state_anew(*, review: UUID, facts: Restated, how: str, by: Actor, at: datetime, key: UUID) -> Review:
    """Something that the programme asks is otherwise: `facts` are stated anew, by entity and name; the rest is as it is held.

    Raises NeverAsked, NothingStated, NotAStatement, MoveRefused.
    """
    with act("review.state_anew/1", by=by, at=at, key=key, said={"review": review, "facts": facts, "how": how}) as a:
        found = _taken(a, review, "award")
        stated = _stated(found, facts, by, local_date(at))
        box = boxed(found, "facts", json.dumps(stated, ensure_ascii=False))
        return _told(a, found, Change.FACTS, None, _way(how, by), facts=box)


def take_back(*, review: UUID, by: Actor, at: datetime, key: UUID) -> Review:
    """The family says that nothing has changed after all, as long as nobody has decided. Raises MoveRefused."""
    with act("review.take_back/1", by=by, at=at, key=key, said={"review": review}) as a:
        said = {"how": _way(How.CODE, by), "change": "", "changed_on": None, "facts": None, "phone": None}
        return a.move(a.take(Review, review), REVIEW.take_back, ready_at=at, answered_by=by.account, **said)


def _taken(a: Act, review: UUID, *beside: str) -> Review:
    """With what is read beside it, in one statement. Raises NotHere."""
    return NotHere.unless(one_of(a.allowed(Review).filter(pk=review).select_related(*beside)))


def _way(how: str, by: Actor) -> How:
    """What an officer writes down is never the family's own code, whatever was said."""
    way = How(how)
    return How.COUNTER if way is How.CODE and by.is_officer else way


def _told(a: Act, review: Review, change: Change, on: date | None, how: How, **more: Any) -> Review:
    """It is the county's from here on. Whoever was called has said it, and nobody needs the number any more."""
    move = REVIEW.restate if review.status == CHANGED else REVIEW.say_changed
    said = {"change": change, "changed_on": on, "how": how, "answered_by": a.by.account, "phone": None}
    return a.move(review, move, **said, **seated(county_counter(review.award.office_id)), **more)


def _first_day(review: Review, change: Change, how: How) -> date:
    """From which day on something may have ended: what was paid long ago is not undone by a review. Nor does a statement without a
    paper contradict what was answered before it.
    """
    first = date(max(review.award.begins, review.campaign.year - 1), 1, 1)
    if change is not Change.STATEMENT or how is How.PAPER:
        return first
    answered = Review.objects.filter(award=review.award_id, ready_at__isnull=False).exclude(how="")
    last = answered.order_by("-ready_at").values_list("ready_at", flat=True).first()
    return first if last is None else max(first, local_date(last))


def _held(review: Review, by: Actor) -> Facts:
    """What the award rests on, or what was stated before and is not determined yet: a second statement does not lose the first."""
    if review.facts is None or review.change != Change.FACTS:
        return awards.stated_of(review.award, by)
    before: Facts = json.loads(review.facts.reveal(by=by, reason=LOOK, of=review.award_id))
    return before


def _stated(review: Review, facts: Restated, by: Actor, on: date) -> Facts:
    """What is held, with what is stated anew in its place. Raises NeverAsked, NothingStated, NotAStatement."""
    award, held = review.award, _held(review, by)
    stated = with_anew(award.programme, held, facts)
    if stated == held:
        raise NothingStated
    with suppress(NotDecided):
        awards.next_sum(award, stated, year=on.year, on=on)
    return stated
