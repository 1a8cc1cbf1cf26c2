"""What happens to an award afterwards: another year's sum, determined anew, and its end. Nothing of it is ever deleted or made smaller
in place, and nobody does it alone: each is part of an act of a review, a renewal or an amendment.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chengnuo.benefits.internal.determining import sum_of
from chengnuo.benefits.lifecycle import AWARD
from chengnuo.benefits.models import Award, Due, Ending
from chengnuo.benefits.programmes import Facts, NoLawYet, programme_of
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.core.rules import Outcome
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.refused import NotAllowed, NotHere, Refused
from chengnuo.foundation.rows import Alike, insert, ready
from chengnuo.people import queries as people
from chengnuo.policies.edition import edition

REVIEW = "annual review"
# how a statement says that there is no such day
NONE = "none"


class NotDecided(Refused):
    code = "not-decided"
    sentence = N_("The rules do not settle this year with what is known: an answer is missing.")
    remedy = N_("Ask the person for the missing answer. Until then what was granted goes on.")


class YearAwarded(Refused):
    code = "year-awarded"
    sentence = N_("Another award of this programme has a sum for the same person and the same year.")
    remedy = N_("Look at that award: a year is paid once. Other years are determined as always.")


class NotYet(Refused):
    code = "ends-ahead"
    sentence = N_("An award ends on a day that has come.")
    remedy = N_("Write the day on which it happened.")


def determined(a: Act, award: Award, *, year: int, facts: Facts | None, lasting: bool = True) -> Due:
    """What is due in a year, by the rules of today, inside an act that has taken the award: a row more, also where it is less or
    nothing. `facts`: what the person states now; None: nothing has changed. Not `lasting`: they count for that year alone, and what the
    award rests on stays. Raises YearAwarded, NotDecided, NotAStatement, NoLawYet.
    """
    sums = sums_of(award)
    if year in sums.elsewhere:
        raise YearAwarded
    stated = stated_of(award, a.by) if facts is None else facts
    fen = next_sum(award, stated, year=year, on=local_date(a.at))
    a.move(award, AWARD.determine)
    if facts is not None and lasting:
        award.facts = json.dumps(facts, ensure_ascii=False)
        award.save(update_fields=["facts"])
    number = len(sums.own.get(year, ())) + 1
    due = due_of(award, year=year, fen=fen, number=number, post=post_of(award, a.by), at=a.at)
    due.save(force_insert=True)
    return due


def post_of(award: Award, by: Actor) -> UUID:
    """In which a sum is determined: at the office that granted it, or where the officer sits who decides a review of it. Raises NotAllowed."""
    return NotAllowed.unless(people.post_at(award.office_id, by) or people.desk_of(by))


@dataclass(frozen=True)
class Sums:
    """What a person of a programme was ever determined to get: `own` of this award, by year in their order; `elsewhere`: the years for
    which an earlier one has a sum. Only the one in force gets more, so that nothing is added meanwhile.
    """

    own: Mapping[int, Sequence[int]]
    elsewhere: frozenset[int]

    def last(self, year: int) -> int | None:
        """None where it was never determined."""
        return self.own[year][-1] if year in self.own else None


def sums_of(award: Award) -> Sums:
    """One query."""
    rows = Due.objects.filter(award__person_index=award.person_index).order_by("number")
    found: dict[tuple[UUID, int], list[int]] = {}
    for of, year, fen in rows.values_list("award_id", "year", "fen"):
        found.setdefault((of, year), []).append(fen)
    own = {year: each for (of, year), each in found.items() if of == award.pk}
    return Sums(own, frozenset(year for (of, year), each in found.items() if of != award.pk and each[-1]))


def settled_years(award: Award, by: Actor, years: Iterable[int], *, on: date) -> dict[int, int]:
    """What these years come to by the rules, in fen, where they give something and what was stated settles it."""
    found: dict[int, int] = {}
    wanted = list(years)
    stated = stated_of(award, by) if wanted else {}  # to open it is logged: once, not once a year
    for year in wanted:
        with suppress(NotDecided, NoLawYet):
            if fen := next_sum(award, stated, year=year, on=on):
                found[year] = fen
    return found


def due_of(award: Award, *, year: int, fen: int, number: int, post: UUID, at: datetime) -> Due:
    """A row that is not stored yet, by the rules of today."""
    return Due(
        award=award, year=year, number=number, fen=fen, determined_at=at, determined_by_id=post, edition=edition()
    )


def determined_all(a: Act, sums: Sequence[tuple[Award, int]], *, year: int, post: UUID) -> None:
    """The first sum of a year for each of many awards, in as many statements as for one; who owes another year's is the caller's care."""
    a.move_all([award for award, _fen in sums], AWARD.determine)
    alike = Alike(Due, year=year, number=1, determined_at=a.at, determined_by_id=post, edition=edition(), departs=False)
    own = [(ready(Due, "id", new_id()), ready(Due, "award_id", award.pk), fen) for award, fen in sums]
    insert(Due, [alike.row(id=pk, award_id=award, fen=fen) for pk, award, fen in own])


def next_sum(award: Award, stated: Facts, *, year: int, on: date) -> int:
    """What a year comes to with these facts, in fen. Raises NotDecided, NotAStatement, NoLawYet."""
    outcome, fen = sum_of(programme_of(award.programme), stated, year=year, place=award.place, on=on)
    if outcome is Outcome.UNDECIDED:
        raise NotDecided
    return fen


def stated_of(award: Award, by: Actor) -> Facts:
    """What an award rests on. Raises NotHere where that was erased."""
    stated: Facts = json.loads(NotHere.unless(award.facts).reveal(by=by, reason=REVIEW))
    return stated


def ended(a: Act, award: Award, *, ending: str, on: date) -> Award:
    """Ends an award from a day on, inside an act that has taken it. What was due until then stays due. Raises NotYet."""
    if on > local_date(a.at):
        raise NotYet
    return a.move(award, AWARD.end, ends_on=on, ended_for=Ending(ending), ended_account=a.by.account)


def last_years(a: Act, award: Award, *, ending: Ending, day: date) -> None:
    """The year in which it ends, also where it was not determined yet, and any later one that was determined before that was known:
    by the rules with that day in them.
    """
    held = stated_of(award, a.by)
    facts = {entity: [_ended(each, ending, str(day)) for each in rows] for entity, rows in held.items()}
    if facts == held:  # its rules know no such day: what was due stays due
        return
    years = set(Due.objects.filter(award=award, year__gte=day.year).values_list("year", flat=True))
    for year in sorted(years | {day.year}):
        with suppress(NotDecided):
            determined(a, award, year=year, facts=facts)


def _ended(member: dict[str, Any], ending: Ending, day: str) -> dict[str, Any]:
    name = "died" if ending is Ending.DEATH else "ended"
    # another day that stands there is of somebody else, such as a child that was lost
    return {**member, name: day} if member.get(name, day) in (NONE, None) else member
