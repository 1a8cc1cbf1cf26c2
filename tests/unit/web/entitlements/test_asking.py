"""What is asked: only what is needed, the fewest answers first, once for all; and what hurts only on request."""

import pytest

from chengnuo.core.rules import NOT_APPLICABLE, NoValue, Outcome
from chengnuo.policies.bound import bound
from chengnuo.policies.programmes import programmes
from chengnuo.web.entitlements.asking import Asking
from chengnuo.web.entitlements.facts import facts, facts_asked_by, hangs_on, named_with, topics_of
from tests.unit.web.entitlements.asked import HERE, all_asked, asking

BABY = {
    "child.1.born": "2025-03-02", "child.1.chinese": "yes", "child.1.guardian_claims": "yes", "child.1.first_claimed": "none",
    "child.1.parent_employed": "yes", "child.1.which_child": "1",
}  # fmt: skip
OLD = {
    "person.1.born": "1960-03-02",
    "person.1.rural": "yes",
    "person.1.spouse_rural": "yes",
    "person.1.children_living": "1",
}
TOPICS = {
    "child.1.died",
    "person.1.child_died",
    "person.1.child_grade",
    "person.1.complication_grade",
    "person.1.disability_grade",
}


def outcomes(now) -> dict[str, Outcome]:
    return {each.programme.words.key: each.outcome for each in now.found}


def test_the_first_questions_are_where_for_whom_and_how_many():
    assert all_asked(BABY | {"who": "child", "children": "1"})[0][:2] == ["who", "children"]
    assert asking(place="?").next() == "who"
    assert asking(who="me").next() != "children"


def test_a_baby_is_asked_about_in_a_few_questions_its_birth_first():
    asked, now = all_asked(BABY, who="child", children="1")
    assert asked[0] == "child.1.born"
    assert set(asked) == set(BABY), "the grants of a second child are settled by one answer"
    assert outcomes(now)["childcare-subsidy"] is Outcome.ENTITLED
    assert not [each for each in now.found if each.outcome is Outcome.UNDECIDED]


def test_how_many_questions_are_left_is_told_once_it_is_known_what_is_asked_about():
    assert asking().left == asking(who="child").left == 0
    begun = asking(who="child", children="1")
    left = begun.left
    assert left >= len(all_asked(BABY, who="child", children="1")[0])
    assert 0 < Asking(begun.answers.put("child.1.born", "2025-03-02")).left < left
    assert all_asked(BABY, who="child", children="1")[1].left == 0


def test_a_settled_programme_asks_nothing_more():
    asked, _now = all_asked(
        {"child.1.born": "2010-03-02", "child.1.certificate": "no"}, place="elsewhere", who="child", children="1"
    )
    assert asked == ["child.1.born"]


def test_one_child_is_asked_about_after_the_other_and_what_they_share_once():
    asked, now = all_asked(BABY | {"child.2.born": "2024-01-02"}, who="child", children="2")
    numbers = [name.split(".")[1] for name in asked]
    assert numbers == sorted(numbers)
    assert asked.count("child.1.parent_employed") == 1
    assert "child.2.parent_employed" not in asked
    assert [each["parent_employed"] for each in now.household.members["child"]] == [True, True]


def test_where_the_adult_answers_too_one_answer_serves_both():
    asked, now = all_asked(BABY | OLD | {"person.1.employed": "yes"}, who="both", children="1")
    assert "child.1.parent_employed" not in asked
    assert now.household.members["child"][0]["parent_employed"] is True


def test_what_somebody_does_not_know_is_not_asked_twice_and_stays_open():
    asked, now = all_asked({}, who="child", children="1")
    assert len(asked) == len(set(asked))
    assert outcomes(now)["childcare-subsidy"] is Outcome.UNDECIDED


def test_where_all_hangs_on_the_place_and_nobody_knows_it_nothing_is_asked_for_it():
    asked, _now = all_asked(BABY, place="?", who="child", children="1")
    assert set(asked) == {"child.1.born", "child.1.chinese", "child.1.guardian_claims", "child.1.first_claimed"}


@pytest.mark.parametrize("who", ["me", "child", "both"])
def test_nobody_is_asked_of_a_death_a_disability_or_a_complication_by_itself(who):
    asked, now = all_asked(OLD | {"more": "none"}, who=who, children="1")
    assert not set(asked) & TOPICS
    assert not [each for each in now.programmes if named_with(each)]


def test_nobody_is_asked_whether_they_themselves_have_died():
    asked, _now = all_asked(OLD | {"more": "loss disability complications own_disability"}, who="me")
    assert not {"person.1.died", "person.1.ended"} & set(asked)
    assert asking(who="me").household.members["person"][0]["died"] is NOT_APPLICABLE


def test_the_neutral_page_comes_last_and_only_to_an_adult():
    asked, _now = all_asked(OLD | {"more": "none"}, who="me")
    assert asked[-1] == "more"
    assert "more" not in all_asked(BABY, who="child", children="1")[0]


def test_nothing_ticked_spares_the_questions_of_what_is_left_out():
    asked, now = all_asked(OLD | {"more": "none"}, who="me")
    assert not {"person.1.wife_born", "person.1.children_ever"} & set(asked)
    assert outcomes(now)["rural-incentive"] is Outcome.ENTITLED


def test_who_wishes_it_is_asked_kindly_and_is_shown_it():
    lost = OLD | {
        "person.1.children_living": "0",
        "person.1.children_ever": "1",
        "more": "loss",
        "person.1.child_died": "2019-02-03",
        "person.1.wife_born": "none",
    }
    asked, now = all_asked(lost, who="me")
    assert asked.index("more") < asked.index("person.1.child_died")
    assert not {"person.1.child_grade", "person.1.complication_grade"} & set(asked)
    assert outcomes(now)["special-bereaved"] is Outcome.ENTITLED
    assert outcomes(now)["special-family-services"] is Outcome.ENTITLED
    assert {each.words.key for each in now.hidden} == {
        "pension-premium", "special-complications", "special-disabled-child"
    }  # fmt: skip


def test_who_would_rather_not_say_is_not_asked_and_what_hangs_on_it_stays_open():
    asked, now = all_asked(OLD | {"more": "?"}, who="me")
    assert not set(asked) & TOPICS
    assert outcomes(now)["rural-incentive"] is Outcome.UNDECIDED


def test_who_chooses_such_a_programme_is_asked_without_the_neutral_page():
    asked, now = all_asked({}, who="me", only="special-complications")
    assert asked == ["person.1.complication_grade"]
    assert now.hidden == ()


@pytest.mark.parametrize(
    ("only", "who"),
    [("childcare-subsidy", "child"), ("rural-incentive", "me"), ("free-basic-services", "me"),
     ("special-family-services", "me"), ("childcare-subsidy rural-incentive", "both")],
)  # fmt: skip
def test_a_chosen_programme_says_for_whom_it_is_asked(only, who):
    now = asking(only=only)
    assert now.answers.who == who
    assert now.next() != "who"
    assert asking(only="childcare-subsidy", who="me").answers.who == "child", "whatever was said before"


def test_a_chosen_programme_asks_only_for_itself():
    asked, now = all_asked(BABY, children="1", only="childcare-subsidy")
    assert set(asked) == {"child.1.born", "child.1.chinese", "child.1.guardian_claims", "child.1.first_claimed"}
    assert list(outcomes(now)) == ["childcare-subsidy"]


def test_a_family_that_lost_a_child_may_say_on_which_day():
    asked, _now = all_asked(BABY | {"child.1.died": "2026-05-01"}, who="child", children="1", more="loss")
    assert "child.1.died" in asked


def without(monkeypatch, *keys: str) -> None:
    """As if the law held no number for these programmes."""

    def bound_or_not(programme, asked, readings=()):
        if programme.words.key in keys:
            raise NoValue("x.rate", "is not there.", "Nobody found it.", "an earlier day")
        return bound(programme, asked, readings)

    monkeypatch.setattr("chengnuo.web.entitlements.asking.bound", bound_or_not)


def test_a_programme_without_its_number_is_told_and_asks_nothing(monkeypatch):
    without(monkeypatch, "childcare-subsidy")
    asked, now = all_asked(BABY, who="child", children="1")
    assert [each.words.key for each in now.without_number] == ["childcare-subsidy"]
    assert "childcare-subsidy" not in outcomes(now)
    assert "child.1.chinese" not in asked, "no other programme needs it"
    assert outcomes(now)["parental-leave"] is Outcome.ENTITLED, "the others go on"


def test_where_every_number_is_held_nothing_is_told_so():
    assert all_asked(BABY, who="child", children="1")[1].without_number == ()


def test_the_neutral_page_is_offered_without_what_has_no_number(monkeypatch):
    topical = [each.words.key for each in programmes() if topics_of(each)]
    without(monkeypatch, *topical)
    asked, now = all_asked(OLD, who="me")
    assert "more" not in asked
    assert {each.words.key for each in now.without_number} <= set(topical)


def test_which_programmes_hang_on_a_topic_follows_from_their_rules():
    named = {each.words.key: named_with(each) for each in programmes() if named_with(each)}
    assert named == {
        "special-bereaved": {"loss"},
        "special-disabled-child": {"disability"},
        "special-complications": {"complications"},
        "special-family-services": {"loss", "disability"},
        "inpatient-insurance": {"loss", "disability", "complications"},
        "pension-premium": {"own_disability"},
    }


def test_a_programme_that_only_looks_at_a_topic_does_not_hang_on_it():
    (subsidy,) = [each for each in programmes() if each.words.key == "childcare-subsidy"]
    assert topics_of(subsidy) == {"loss"}
    assert not hangs_on(subsidy, frozenset({"loss"}))
    assert set(facts_asked_by(subsidy)) == {"child"}
    assert set(facts()) == {"child", "person"}


@pytest.mark.parametrize("place", [HERE, "429006000000", "421303000000", "elsewhere", "?"])
@pytest.mark.parametrize("who", ["me", "child", "both"])
@pytest.mark.parametrize("more", ["none", "?", "loss disability complications own_disability"])
def test_the_questions_end_everywhere(place, who, more):
    asked, now = all_asked({"more": more}, place=place, who=who, children="2")
    assert len(asked) == len(set(asked)) < 60
    assert now.next() == ""


def test_a_refusal_that_silence_brought_about_is_known_as_one():
    no_child = OLD | {"person.1.children_living": "0", "more": "none"}
    _asked, now = all_asked(no_child, who="me", only="rural-incentive")
    (refused,) = now.found
    assert refused.outcome is Outcome.NOT_ENTITLED
    assert now.hangs_on_silence(refused)
    _asked, young = all_asked(no_child | {"person.1.born": "1990-03-02"}, who="me", only="rural-incentive")
    assert not young.hangs_on_silence(young.found[0]), "no situation makes somebody of 36 old enough"
    _asked, told = all_asked(no_child | {"more": "complications disability loss"}, who="me", only="rural-incentive")
    assert not told.hangs_on_silence(told.found[0])
    written = now.answers.put("person.1.child_died", "none")
    assert "person.1.child_died" not in written.unasked().said
    assert "more" not in written.unasked().said
