"""The columns follow from the facts that programmes ask."""

from datetime import date

import pytest

from chengnuo.core.rules import NOT_APPLICABLE, Asked, Household, Miswritten, Outcome, Parameters, Programme
from chengnuo.core.rules.graph import DAY, TRUTH
from chengnuo.core.rules.outcomes import Found, Outcomes
from chengnuo.policies.programmes import programmes
from chengnuo.population.columns import columns
from tests.unit.core.rules.law import CHILD, PERSON, RATES, said, words


def made(key, who, **conditions):
    body = {"words": words(conditions, key=key), "who": who, "stands": "x.rate", "conditions": conditions}
    return type(key, (Programme,), body)


old = PERSON.day("born", said("born")) <= date(1966, 12, 31)
young = CHILD.day("born", said("born")) >= date(2020, 1, 1)
alone = PERSON.perhaps_truth("alone", said("alone"))
OLD, YOUNG = made("old", PERSON, old=old), made("young", CHILD, young=young)
ALONE = made("alone", PERSON, alone=alone.otherwise(default=True))


def test_persons_and_children_share_the_columns_that_bear_one_name():
    found = columns([OLD, YOUNG])
    assert found.roles == ("person", "child")
    assert found.of_persons == ("household_id", "person_id", "role", "born")
    assert {str(fact) for fact in found.persons[0].facts.values()} == {"person.born", "child.born"}


def test_a_fact_that_may_not_apply_has_a_column_for_that():
    found = columns([ALONE])
    assert found.of_persons[3:] == ("alone", "alone_none")
    assert found.facts == {"alone": "truth", "alone_none": "truth"}


def test_columns_of_other_programmes_may_be_there_and_are_not_read():
    found = columns([YOUNG], [OLD, ALONE])
    assert found.of_persons[3:] == ("born", "alone", "alone_none")
    assert found.unasked == {"alone", "alone_none"}


def test_facts_of_one_name_that_differ_are_refused():
    other = made("other", CHILD, born=CHILD.truth("born", said("born")))
    with pytest.raises(Miswritten, match=r"(?s)child\.born: is no day as person\.born is"):
        columns([OLD, other])
    parts = [
        made(who.name, who, many=who.whole("many", said("many"), most=most) > 1)
        for who, most in ((PERSON, 3), (CHILD, 4))
    ]
    with pytest.raises(Miswritten, match="with the same bounds"):
        columns(parts)


def test_every_sort_of_member_says_whether_all_are_named():
    assert columns(programmes()).of_households == ("household_id", "place", "adults_complete", "children_complete")
    assert columns([YOUNG]).complete == {"child": "children_complete"}


def test_the_programmes_of_the_packs_share_their_columns_without_a_clash():
    known = columns(programmes())
    assert len(set(known.of_persons)) == len(known.of_persons) > 30
    assert not known.unasked


def test_every_whole_number_of_the_packs_has_bounds():
    wholes = [each for each in columns(programmes()).persons if each.kind not in {TRUTH, DAY}]
    assert len(wholes) > 9
    assert not [each.name for each in wholes if each.least < 0 or each.most > 10_000_000]
    assert {(each.least, each.most) for each in wholes if each.kind == "grade"} == {(1, 4)}


def test_outcomes_are_those_of_the_whole_determination():
    family = Household({}, {"person": [{"born": date(1960, 1, 1)}, {}], "child": [{"born": date(2019, 1, 1)}]})
    found = list(Outcomes([OLD, YOUNG, ALONE], Parameters(RATES), Asked(date(2026, 12, 31))).determine(family))
    assert found == [
        Found(OLD, Outcome.ENTITLED, None), Found(ALONE, Outcome.UNDECIDED, None),
        Found(OLD, Outcome.UNDECIDED, None), Found(ALONE, Outcome.UNDECIDED, None),
        Found(YOUNG, Outcome.NOT_ENTITLED, None),
    ]  # fmt: skip
    lonely = Household({}, {"person": [{"alone": NOT_APPLICABLE}]})
    assert (
        next(Outcomes([ALONE], Parameters(RATES), Asked(date(2026, 12, 31))).determine(lonely)).outcome
        is Outcome.ENTITLED
    )
