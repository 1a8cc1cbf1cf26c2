"""Whoever rests on a replaced programme rests on the new one, and whoever does not stays the same class."""

from datetime import date

import pytest

from chengnuo.core.rules import NOT_APPLICABLE, Asked, Bound, Household, Outcome
from chengnuo.policies.facts import child
from chengnuo.policies.loader import parameters
from chengnuo.policies.national.programmes.bereaved import Bereaved
from chengnuo.policies.national.programmes.childcare import ChildcareSubsidy
from chengnuo.policies.national.programmes.complications import Complications
from chengnuo.policies.national.programmes.incentive import Incentive
from chengnuo.policies.national.programmes.inpatient_insurance import InpatientInsurance
from chengnuo.policies.programmes import programmes
from chengnuo.policies.yichang.programmes.childcare_grant import ChildcareGrant
from chengnuo.population.simulate.rewriting import rewritten, same
from chengnuo.population.synth.edges.typical import typical

NOW = 2026
ASKED = Asked(date(NOW, 12, 31), place="420526101001")
BEREAVED = typical(NOW)[1]


class Nobody(Bereaved):
    conditions = {
        **Bereaved.conditions,
        "one_child": Bereaved.conditions["one_child"] & ~Bereaved.conditions["one_child"],
    }


class Half(ChildcareSubsidy):
    amount = ChildcareSubsidy.amount * 0 + ChildcareSubsidy.amount.divided(2, "down")


def replaced(*new):
    found = rewritten(programmes(), {each.words.key: each for each in new})
    return {each.words.key: each for each in found}


def outcome(programme, household):
    return Bound([programme], parameters(), ASKED).determine(household)[0]


def test_the_replaced_one_is_the_new_class():
    assert replaced(Nobody)["special-bereaved"] is Nobody


@pytest.mark.parametrize("key", ["childcare-subsidy", "parental-leave", "only-child-retirement"])
def test_who_does_not_rest_on_it_stays_the_same_class(key):
    before = {each.words.key: each for each in programmes()}
    assert replaced(Nobody)[key] is before[key]


@pytest.mark.parametrize("key", ["rural-incentive", "inpatient-insurance", "special-family-services"])
def test_who_rests_on_it_is_a_new_class_with_the_same_words(key):
    before = {each.words.key: each for each in programmes()}
    assert replaced(Nobody)[key] is not before[key]
    assert replaced(Nobody)[key].words is before[key].words


def test_no_double_award_is_barred_by_the_new_one():
    """Who no longer receives special assistance may receive the rural allowance."""
    assert outcome(Incentive, BEREAVED).outcome is Outcome.NOT_ENTITLED
    assert outcome(replaced(Nobody)["rural-incentive"], BEREAVED).outcome is Outcome.ENTITLED


def test_services_follow_the_new_one():
    before = {each.words.key: each for each in programmes()}
    assert outcome(before["special-family-services"], BEREAVED).outcome is Outcome.ENTITLED
    assert outcome(replaced(Nobody)["special-family-services"], BEREAVED).outcome is Outcome.NOT_ENTITLED


def test_an_amount_that_another_programme_takes_is_the_new_one():
    """Yichang's grant pays the difference to the national subsidy where that reading counts."""
    family = Household(
        {},
        {
            "child": [
                {
                    "born": date(2025, 2, 1),
                    "died": NOT_APPLICABLE,
                    "chinese": True,
                    "guardian_claims": True,
                    "first_claimed": 2025,
                    "which_child": 2,
                    "mother_here": True,
                    "first_here": True,
                }
            ]
        },
    )
    known = parameters().with_readings({"yichang.beside_national": "difference"})
    amounts = [
        Bound([each], known, ASKED).determine(family)[0].amount
        for each in (ChildcareGrant, replaced(Half)["yichang-childcare-grant"])
    ]
    assert amounts == [600_000 - 360_000, 600_000 - 180_000]


def test_what_is_replaced_by_itself_changes_nobody():
    assert list(replaced().values()) == list(programmes())


def test_two_may_be_replaced_at_once():
    class Everybody(Complications):
        certified = Complications.conditions["certified"]
        conditions = {**Complications.conditions, "certified": certified | ~certified}

    found = replaced(Nobody, Everybody)
    assert outcome(found["inpatient-insurance"], BEREAVED).outcome is not Outcome.ENTITLED
    assert not same(found["inpatient-insurance"], InpatientInsurance)
    assert issubclass(found["special-complications"], Everybody)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [(Bereaved, Bereaved, True), (Bereaved, Nobody, False), (ChildcareSubsidy, Half, False)],
)
def test_two_classes_are_the_same_where_they_reckon_the_same(one, other, alike):
    assert same(one, other) is alike


def test_a_fact_is_still_the_same_fact():
    """Facts are compared by identity: a rewritten graph holds those of the old one."""
    facts = {node.data for node in _leaves(replaced(Nobody)["rural-incentive"])}
    assert facts <= {node.data for node in _leaves(Incentive)}
    assert child.born.node.data not in facts


def _leaves(programme):
    waiting = [line.holds.node for line in programme.lines]
    while waiting:
        node = waiting.pop()
        waiting += node.arguments
        if node.operator == "fact":
            yield node
