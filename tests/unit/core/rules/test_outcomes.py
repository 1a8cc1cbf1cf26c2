"""Outcomes without reasons are those of the whole determination: for every case of every programme, and for any rule."""

from datetime import date
from pathlib import Path

import pytest

import chengnuo.policies
from chengnuo.core.rules import NOT_APPLICABLE, Asked, Bound, Household, NoValue, Parameters, Programme, any_of, dated
from chengnuo.core.rules.outcomes import Outcomes
from chengnuo.policies.cases import cases_in
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from tests.unit.core.rules.law import CHILD, DAY, HOUSEHOLD, PERSON, RATES, row, said, words

KNOWN = {programme.words.key: programme for programme in programmes()}
PACKS = Path(chengnuo.policies.__file__).parent
CASES = [case for path in sorted(PACKS.rglob("cases/*.yaml")) for case in cases_in(path, KNOWN)]


def alike(some, known, asked, household):
    """By programme and member; both raise, or none."""
    try:
        whole = Bound(some, known, asked).determine(household)
    except NoValue as error:
        with pytest.raises(NoValue, match=error.where):
            list(Outcomes(some, known, asked).determine(household))
        return
    found = list(Outcomes(some, known, asked).determine(household))
    for programme in some:
        wanted = [(each.outcome, each.amount) for each in whole if each.programme is programme]
        assert [(each.outcome, each.amount) for each in found if each.programme is programme] == wanted


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.programme.words.key}: {case.says}")
def test_every_case_with_its_readings(case):
    alike([case.programme], parameters().with_readings(case.readings), case.asked, case.household)


@pytest.mark.parametrize("case", CASES[::7], ids=lambda case: f"{case.programme.words.key}: {case.says}")
def test_all_programmes_at_once_on_the_family_of_a_case(case):
    alike(programmes(), parameters(), case.asked, case.household)


born, rural = PERSON.day("born", said("born")), PERSON.truth("rural", said("rural"))
died = PERSON.perhaps_day("died", said("died"))


class Allowance(Programme):
    words = words(["old", "rural"], ["death"], key="allowance")
    who = PERSON
    stands = "x.rate"
    conditions = {"old": born <= date(1966, 12, 31), "rural": rural}
    exits = {"death": died}
    amount = dated("y.rate", "fen a month") * 2


class Family(Programme):
    words = words(["somebody", "a_child"], key="family")
    who = HOUSEHOLD
    stands = "x.rate"
    conditions = {"somebody": any_of(PERSON, rural), "a_child": any_of(CHILD, CHILD.truth("here", said("here")))}


PEOPLE = [
    {"born": date(1960, 1, 1), "rural": True, "died": NOT_APPLICABLE},
    {"born": date(1960, 1, 1), "rural": True, "died": None},
    {"born": date(1970, 1, 1), "rural": None, "died": NOT_APPLICABLE},
    {"born": date(1960, 1, 1), "rural": None, "died": date(2020, 1, 1)},
    {},
]
LATER = [*RATES, row("y.rate", 100, date(2027, 1, 1))]
HERE = [*RATES, row("y.rate", 100, place="42")]


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize(
    "rows", [[*RATES, row("y.rate", 100)], LATER, HERE], ids=["stands", "not yet", "only somewhere"]
)
@pytest.mark.parametrize("place", [None, "420526000000", "110101000000"])
def test_a_law_with_gaps_is_refused_for_the_same_families(person, rows, place):
    alike([Allowance, Family], Parameters(rows), Asked(DAY, place=place), Household({}, {"person": [person]}))


@pytest.mark.parametrize("partly", [(), ("person",), ("child",), ("person", "child")])
@pytest.mark.parametrize(
    "members", [{}, {"person": []}, {"person": PEOPLE[:1]}, {"person": PEOPLE, "child": [{"here": True}]}]
)
def test_households_that_are_not_whole(partly, members):
    alike(
        [Family, Allowance],
        Parameters([*RATES, row("y.rate", 100)]),
        Asked(DAY),
        Household({}, members, frozenset(partly)),
    )
