"""What travels from the calculator into a claim: the answers of its programme about its one member, and no others."""

from __future__ import annotations

import pytest

from chengnuo.policies.household import household
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import Sheet
from chengnuo.web.claims.statement import facts_of, settled, stated
from chengnuo.web.entitlements.answers import Answers
from chengnuo.web.entitlements.asking import Asking
from chengnuo.web.entitlements.claiming import claimable_on
from tests.factories import county
from tests.factories.calculator import BABY, HERE, OLD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TODAY = county.MONDAY.date()
BY_KEY = {each.words.key: each for each in programmes()}


def said(key, answers, member=1):
    return stated(Answers(TODAY, answers), BY_KEY[key], member).said


def test_answers_for_other_programmes_stay_behind():
    both = OLD | BABY | {"who": "both", "person.1.pension": "3217"}
    assert not [name for name in said("rural-incentive", both) if name.startswith("child") and name != "children"]
    assert "person.1.pension" not in said("rural-incentive", both)
    assert "person.1.born" not in said("childcare-subsidy", both)


def test_the_member_becomes_the_first_and_only_one():
    two = BABY | {"children": "2", "child.2.born": "2025-05-06", "child.2.first_claimed": "none"}
    found = said("childcare-subsidy", two, member=2)
    assert (found["children"], found["child.1.born"]) == ("1", "2025-05-06")
    assert not [name for name in found if name.startswith("child.2")]


def test_an_answer_that_all_children_share_serves_the_second_one_too():
    assert (
        said("childcare-subsidy", BABY | {"child.2.born": "2025-05-06"}, member=2)["child.1.guardian_claims"] == "yes"
    )


def test_what_was_not_known_is_open_again():
    assert "person.1.rural" not in said("rural-incentive", OLD | {"person.1.rural": "?"})


@pytest.mark.parametrize(
    ("more", "kept"), [("none", "none"), ("loss own_disability", "loss"), ("own_disability", "none")]
)
def test_of_particular_situations_only_those_that_the_programme_asks_about_travel(more, kept):
    assert said("rural-incentive", OLD | {"more": more})["more"] == kept


def test_whoever_would_rather_not_say_is_asked_once_more():
    assert "more" not in said("rural-incentive", OLD | {"more": "?"})


def test_nobody_changes_what_is_settled_in_the_form():
    forged = Answers(TODAY, {"only": "special-bereaved", "place": "elsewhere", "children": "9", "who": "both"})
    found = settled(forged, BY_KEY["childcare-subsidy"]).said
    assert found == {"only": "childcare-subsidy", "place": HERE, "children": "1"}


@pytest.mark.parametrize("key", ["rural-incentive", "childcare-subsidy", "special-bereaved", "only-child-allowance"])
def test_whatever_is_answered_or_not_the_rules_can_read_it(key):
    empty = Asking(stated(Answers(TODAY), BY_KEY[key], 1))
    full = Asking(stated(Answers(TODAY, OLD | BABY), BY_KEY[key], 1))
    for asking in (empty, full):
        read = household(Sheet("claim", facts_of(asking)), [BY_KEY[key]])
        assert sum(len(each) for each in read.members.values()) == 1
        assert read.members.keys() == facts_of(asking).keys()


def test_what_is_taken_instead_of_asking_is_stated_as_not_applying():
    (one,) = facts_of(Asking(stated(Answers(TODAY, OLD), BY_KEY["rural-incentive"], 1)))["person"]
    assert (one["died"], one["child_died"], one["born"], one["rural"]) == ("none", "none", "1960-03-02", True)


def test_only_programmes_with_a_way_are_claimed():
    assert {"rural-incentive", "childcare-subsidy", "special-bereaved"} <= set(claimable_on(TODAY))
    assert not {"yichang-birth-grant", "elder-care-leave"} & set(claimable_on(TODAY))
