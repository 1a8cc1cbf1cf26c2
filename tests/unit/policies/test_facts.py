"""The closed list of what a rule may ask. A fact is added here only after it was weighed against the charter."""

import pytest

from chengnuo.core.rules import Gives
from chengnuo.policies.household import facts_of
from chengnuo.policies.programmes import programmes
from tests.contracts.test_charter import wrong

FACTS = {
    "child": {
        "born", "certificate", "chinese", "died", "first_claimed", "first_here", "guardian_claims", "mother_here", "once_received",
        "parent_employed", "which_child",
    },
    "person": {
        "born", "certificate", "child_died", "child_grade", "children_ever", "children_living", "complication_grade", "died",
        "employed", "ended", "only_child", "parent_born", "pension", "public_body", "retired", "rural", "spouse_rural",
        "two_daughters", "wife_born", "wife_is_parent",
    },
}  # fmt: skip
# the only programmes whose text names how many children there are, or which one it is
COUNTING = {
    "children_ever": {"rural-incentive", "special-bereaved", "special-disabled-child"},
    "children_living": {"rural-incentive", "special-bereaved"},
    "which_child": {
        "jianli-birth-grant", "tianmen-birth-grant", "tianmen-monthly-grant", "yichang-birth-grant", "yichang-childcare-grant"
    },
}  # fmt: skip
# they ask by way of the programmes for the bereaved and for a disabled child
THROUGH_OTHERS = {"inpatient-insurance", "special-family-services"}


def test_the_list_is_closed():
    assert {entity: set(facts) for entity, facts in facts_of(programmes()).items()} == FACTS


@pytest.mark.parametrize("fact", sorted(set.union(*FACTS.values())))
def test_no_fact_has_a_name_that_the_charter_forbids(fact):
    assert not wrong(fact)
    assert not {"married", "violation", "contraception", "planned", "examined"} & set(fact.split("_"))


@pytest.mark.parametrize("fact", COUNTING)
def test_how_many_children_is_asked_only_where_a_text_names_it(fact):
    asking = {
        programme.words.key
        for programme in programmes()
        if any(fact in facts for facts in facts_of([programme]).values())
    }
    assert asking - THROUGH_OTHERS == COUNTING[fact]


def test_every_question_is_put_in_three_scripts():
    facts = [fact for each in facts_of(programmes()).values() for fact in each.values()]
    assert all(fact.label.hans and fact.label.hant and fact.label.en for fact in facts)


def test_every_programme_says_who_pays_where_from_and_under_which_key():
    keys = [programme.words.key for programme in programmes()]
    assert len(keys) == len(set(keys)) == 18
    assert {programme.gives for programme in programmes()} == set(Gives) - {Gives.PRIORITY}
    assert all(programme.words.payer.en and programme.words.source.document for programme in programmes())


def test_a_text_that_still_names_a_condition_of_the_past_has_it_told_and_not_tested():
    told = {
        programme.words.key: len(programme.words.untested) for programme in programmes() if programme.words.untested
    }
    assert told == {
        "childcare-subsidy": 1, "rural-incentive": 1, "nursing-leave": 1, "yichang-birth-grant": 1, "yichang-childcare-grant": 1
    }  # fmt: skip
