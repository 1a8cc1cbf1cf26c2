"""What the rules give for one claim: found anew whenever what was stated changes, and kept with its reasons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from chengnuo.benefits.programmes import Facts, NoLawYet, NotAStatement
from chengnuo.core.rules import Asked, Determination, Household, NoValue, Outcome, Programme
from chengnuo.policies.bound import bound
from chengnuo.policies.household import household
from chengnuo.policies.law_places import as_law
from chengnuo.policies.machine_form import data
from chengnuo.policies.outlook import outlook
from chengnuo.policies.sheet import Sheet, Unfit

FEN = "fen"


@dataclass(frozen=True)
class Proposal:
    """`fen`: what is due in the year; 0 where nothing is, or where it is no money. `told`: the determination as JSON."""

    outcome: Outcome
    fen: int
    told: str


def propose(programme: type[Programme], facts: Facts, *, year: int, place: str, on: date) -> Proposal:
    """For one member. `facts`: as `policies.household` reads them; a birth after the day `on` which they are stated is none (charter,
    right 1). Raises NotAStatement, NoLawYet.
    """
    found, said, asked = _determined(programme, facts, year, place, on)
    try:
        told = data(found, outlook(found, said, asked))
    except NoValue as error:
        raise NoLawYet from error
    return Proposal(found.outcome, _fen(found), json.dumps(told, ensure_ascii=False))


def sum_of(programme: type[Programme], facts: Facts, *, year: int, place: str, on: date) -> tuple[Outcome, int]:
    """Outcome and fen of the year alone, without the reasons and the years to come: for many at once. Raises as `propose`."""
    found, _said, _asked = _determined(programme, facts, year, place, on)
    return found.outcome, _fen(found)


def _fen(found: Determination) -> int:
    """0 where nothing is due, or what is due is no money."""
    amount = found.programme.amount
    return (found.amount or 0) if amount is not None and amount.node.kind == FEN else 0


def _determined(
    programme: type[Programme], facts: Facts, year: int, place: str, on: date
) -> tuple[Determination, Household, Asked]:
    asked = Asked(date(year, 12, 31), place=as_law(place))
    try:
        said = household(Sheet("claim", facts), [programme], on)
        found = bound(programme, asked).determine(said)
    except Unfit as error:
        raise NotAStatement from error
    except NoValue as error:
        raise NoLawYet from error
    if len(found) != 1:
        raise NotAStatement
    return found[0], said, asked
