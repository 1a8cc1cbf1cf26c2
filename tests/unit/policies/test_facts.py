"""The closed list of what a rule may ask. A fact is added here only after it was weighed against the charter."""

from datetime import date

import pytest

from chengnuo.core.rules import Asked, Bound, Gives, Household, Outcome
from chengnuo.policies.household import facts_of
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from tests.contracts.test_charter import wrong

FACTS = {
    "child": {
        "born", "certificate", "chinese", "claimed", "died", "exam_year", "first_claimed", "first_here", "guardian_claims", "home_bought",
        "housing_received", "mother_here", "once_received", "parent_employed", "rural_daughter", "semesters", "semesters_before",
        "which_child",
    },
    "person": {
        "born", "certificate", "child_died", "child_grade", "children_ever", "children_living", "complication_grade", "died",
        "disability_grade", "employed", "ended", "first_claimed", "low_income", "only_child", "parent_born", "pension", "pension_contribution",
        "public_body", "resident_pension", "restructured", "retired", "rural", "spouse_rural", "two_daughters", "wife_born",
        "wife_is_parent",
    },
}  # fmt: skip
# the only programmes whose text names how many children there are, or which one it is
COUNTING = {
    "children_ever": {"rural-incentive", "special-bereaved", "special-disabled-child"},
    "children_living": {"rural-incentive", "special-bereaved"},
    "which_child": {
        "jianli-birth-grant", "tianmen-birth-grant", "tianmen-housing-grant", "tianmen-monthly-grant", "yichang-birth-grant",
        "yichang-childcare-grant", "yichang-kindergarten-grant",
    },
}  # fmt: skip
# they ask by way of the programmes whose conditions they share
THROUGH_OTHERS = {"elder-priority", "inpatient-insurance", "special-complications", "special-family-services"}


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
    assert len(keys) == len(set(keys))
    assert {programme.gives for programme in programmes()} == set(Gives)
    assert all(programme.words.payer.en and programme.words.source.document for programme in programmes())


def test_a_provider_is_named_where_it_is_not_who_pays():
    said = [(programme.words.payer, programme.words.provider) for programme in programmes()]
    assert all(provider != payer for payer, provider in said)
    assert {provider.en for _, provider in said if provider} > {"the insurer", "the social insurance agency"}


def test_what_was_repealed_is_offered_to_nobody_and_asks_nothing():
    """Of a child of whom nothing is known it is settled at once."""
    (bonus,) = (programme for programme in programmes() if programme.words.key == "entrance-bonus")
    bound = Bound([bonus], parameters(), Asked(date(2026, 11, 26), place="420526000000"))
    (found,) = bound.determine(Household({}, {"child": [{}]}))
    assert (found.outcome, found.needs, found.failed[0].condition.key) == (Outcome.NOT_ENTITLED, (), "in_force")


def test_a_text_that_still_names_a_condition_of_the_past_has_it_told_and_not_tested():
    told = {
        programme.words.key: len(programme.words.untested) for programme in programmes() if programme.words.untested
    }
    assert told.items() >= {
        "childcare-subsidy": 1, "free-basic-services": 1, "loan-priority": 1, "rural-incentive": 1, "nursing-leave": 1,
        "yichang-birth-grant": 1, "yichang-childcare-grant": 1, "yichang-kindergarten-grant": 1,
    }.items()  # fmt: skip
