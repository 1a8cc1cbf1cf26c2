"""A family rates the work when its case has ended, once, and is never known by it; and the county looks into pressure.

Nothing of it stands in the case, in its story or in the log: whoever reads every table finds tallies, and digests without a key.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import F, Sum

from chengnuo.cases.lifecycle import CASE, PRESSED, PressedStatus
from chengnuo.cases.models import Case, Pressed, Rating, RatingGiven
from chengnuo.core.instants import day_begins, local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import act
from chengnuo.foundation.ids import random_id
from chengnuo.foundation.keys import ring
from chengnuo.foundation.plain import plain
from chengnuo.foundation.refused import MoveRefused, Refused
from chengnuo.people import queries as people
from chengnuo.people.models import Office

STARS = range(1, 6)
A_BATCH = 5
# what a case says once
RATED, SAID_PRESSED = "cases.rated", "cases.pressed"


class NotAStar(Refused):
    code = "not-a-star"
    sentence = N_("A rating is a number from 1 to 5.")
    remedy = N_("Choose one of the five.")


class NothingFound(Refused):
    code = "nothing-found"
    sentence = N_("Say what you found and what happens now.")
    remedy = N_("Write one or two plain sentences.")


def rate(*, case: UUID, stars: int, pressed: bool, by: Actor, at: datetime, key: UUID) -> None:
    """Counts one rating of the office that owed it. A second one changes nothing and is thanked for alike: whoever holds the
    code must not learn whether the family has rated. Raises MoveRefused before the end, NotAStar.
    """
    if stars not in STARS:
        raise NotAStar
    with act("case.rate/1", by=by, at=at, key=key, said={"case": case, "stars": stars, "pressed": pressed}) as a:
        found = a.take(Case, case)
        a.hide(day_begins(at))
        if objection := CASE.rate.objection(found.status, found, at):
            raise MoveRefused(objection.sentence, why=objection.code)
        office = Office.objects.select_related("place", "above__above__above").get(pk=found.office_id)
        if _is_first(found.pk, RATED):
            own = found.helper_id is not None and people.office_of(found.helper_id) == office.pk
            _count(office, year=local_date(at).year, stars=stars, at_own_counter=own)
        # each counts by itself: whoever rated with somebody else's code, or under pressure, leaves the word of it open
        if pressed and _is_first(found.pk, SAID_PRESSED):
            _note(office, at=a.at, key=uuid5(key, "pressed"))


def look_into(*, pressed: UUID, words: str, by: Actor, at: datetime, key: UUID) -> Pressed:
    """The county office says what it found; the next word of pressure is looked into anew."""
    with act("pressed.look_into/1", by=by, at=at, key=key, said={"pressed": pressed, "words": words}) as a:
        found = a.take(Pressed, pressed)
        if not words.strip():
            raise NothingFound
        found.found = plain(words)
        found.save(update_fields=["found"])
        return a.move(found, PRESSED.look_into)


def forget(cases: Iterable[UUID]) -> None:
    """Inside an act: nothing says any more that these cases were rated; the tallies stay."""
    given = [_digest(case, what) for case in cases for what in (RATED, SAID_PRESSED)]
    RatingGiven.objects.filter(digest__in=given).delete()


def _is_first(case: UUID, what: str) -> bool:
    return RatingGiven.objects.get_or_create(digest=_digest(case, what))[1]


def _digest(case: UUID, what: str) -> bytes:
    return ring().mac(what, case.bytes)


def _count(office: Office, *, stars: int, **of: int) -> None:
    """All five tallies are there from the first rating on; the office is told when five families have spoken."""
    tallies = Rating.objects.filter(office=office, **of)
    if not tallies.exists():
        bureau = people.seat(office).bureau
        rows = [Rating(office=office, bureau_id=bureau, stars=each, **of) for each in STARS]
        Rating.objects.bulk_create(rows, ignore_conflicts=True)
    tallies.filter(stars=stars).update(waiting=F("waiting") + 1)
    if tallies.aggregate(n=Sum("waiting"))["n"] >= A_BATCH:
        tallies.update(told=F("told") + F("waiting"), waiting=0)


def _note(office: Office, *, at: datetime, key: UUID) -> None:
    """One more family was pressed: told to the county office above, which owes a look unless it is looking already."""
    county = people.seat(office).bureau
    above = people.head(county) if county and county != office.pk else people.head_above(office.pk)
    if above.office_id == office.pk:
        return
    with act("pressed.note/1", by=system(), at=at, key=key, said={"office": office.pk}) as a:
        a.hide(at)
        a.permit()
        looking = Pressed.objects.filter(about_office=office, status=PressedStatus.NOTED)
        if not looking.exists():
            seat = people.seat(above.office).columns
            new = Pressed(pk=random_id(), about_office=office, holder=above, year=local_date(at).year, **seat)
            a.make(new, PRESSED.note)
        looking.update(count=F("count") + 1)
