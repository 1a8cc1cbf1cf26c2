"""An award that an office ended by mistake goes on as if it had not: its years are determined anew, and what they come to above what was
paid is owed from then on. Two officers decide on it (`reviews`, amendments); nothing here is an act of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from chengnuo.benefits import queries as benefits
from chengnuo.benefits.lifecycle import AWARD, IN_FORCE
from chengnuo.benefits.models import Award, Due, Ending
from chengnuo.benefits.operations import awards
from chengnuo.benefits.programmes import Facts, NoLawYet
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import Act
from chengnuo.foundation.refused import NotAllowed, Refused
from chengnuo.payments.lifecycle import SETTLED
from chengnuo.payments.models import Recovery
from chengnuo.registers import queries as residents

LOOK = "an award that was ended by mistake"


class AnotherInForce(Refused):
    code = "another-in-force"
    sentence = N_("The same person has another award of this programme, and it is in force.")
    remedy = N_("Look at that award. A year that is missing there is determined there.")


class CameBack(Refused):
    code = "came-back"
    sentence = N_("What was paid after the end was asked back, and all of it has come back: that decision stands.")
    remedy = N_(
        "Take in a new claim for the years to come. Ask the head of the office above to decide in writing what the finance office pays out again."
    )


class SaidToBeDead(Refused):
    code = "said-to-be-dead"
    sentence = N_("By the register this person has died.")
    remedy = N_("Have the register put right first; then propose it again.")


def restored(a: Act, award: Award, *, on: date, only_look: bool = False) -> int:
    """Bound to `benefits.ports.Ports.restore`. Raises AnotherInForce, CameBack, SaidToBeDead, NotDecided, NotHere."""
    since = award.ends_on
    if since is None:
        raise NotAllowed
    # what the register says now: weeks may lie between the two officers
    _nothing_against(award, since, local_date(a.at))
    facts = _as_before(awards.stated_of(award, a.by), Ending(award.ended_for), str(since))
    sums = _sums(award, facts, range(since.year, on.year + 1), on)
    if not only_look:
        # together with its sums: nobody is told that it goes on without them
        a.move(award, AWARD.restore, ends_on=None, ended_for="", ended_account=None)
        award.facts = json.dumps(facts, ensure_ascii=False)
        award.save(update_fields=["facts"])
        _determined(a, award, sums)
    return sum(sums.values())


def _nothing_against(award: Award, since: date, on: date) -> None:
    if Award.objects.filter(person_index=award.person_index, status=IN_FORCE).exists():
        raise AnotherInForce
    if Recovery.objects.filter(award=award, year__gte=since.year, status=SETTLED).exists():
        raise CameBack
    identity = award.identity.reveal(by=system(), reason=LOOK) if award.identity else ""
    if identity and residents.has_died(system(), identity, on=on):
        raise SaidToBeDead


def _as_before(held: Facts, ending: Ending, day: str) -> Facts:
    """What it rests on, without the day that the end wrote there."""
    name = "died" if ending is Ending.DEATH else "ended"
    return {
        entity: [{**each, name: awards.NONE} if each.get(name) == day else each for each in members]
        for entity, members in held.items()
    }


def _sums(award: Award, facts: Facts, years: range, on: date) -> Mapping[int, int]:
    """By the rules of today. A year that another award of the person has a sum of is paid there; one that has no law yet is determined
    when it has.
    """
    found: dict[int, int] = {}
    for year in sorted(set(years) - awards.sums_of(award).elsewhere):
        with suppress(NoLawYet):
            found[year] = awards.next_sum(award, facts, year=year, on=on)
    return found


def _determined(a: Act, award: Award, sums: Mapping[int, int]) -> None:
    """A row more of each year that comes to something else than it did, never one in place of another."""
    known = {each.year: each for each in benefits.years(award.pk)}
    post = awards.post_of(award, a.by)
    rows = []
    for year, fen in sums.items():
        before = known.get(year)
        if before is None or before.fen != fen:
            number = len(before.before) + 2 if before else 1
            rows.append(awards.due_of(award, year=year, fen=fen, number=number, post=post, at=a.at))
    Due.objects.bulk_create(rows)
