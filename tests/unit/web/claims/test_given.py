"""What the rules give for a statement under the pen: the sum, else what does not hold, and where it leads instead."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from chengnuo.web.claims.given import Given, asked_for_a_claim, given_by
from chengnuo.web.entitlements.answers import Answers
from chengnuo.web.entitlements.asking import Asking
from chengnuo.web.entitlements.claiming import claimable_on
from chengnuo.web.entitlements.pages import QuestionPage
from tests.factories import county
from tests.factories.calculator import BABY, OLD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TODAY = county.MONDAY.date()
LOST = {
    "person.1.children_living": "0", "person.1.child_died": "2015-03-01", "person.1.wife_is_parent": "yes", "person.1.children_ever": "1",
    "person.1.wife_born": "1960-03-02",
    "more": "loss",
}  # fmt: skip


def given(only: str, answers: dict[str, str], language: str = "en") -> Given:
    with override(language):
        return given_by(Asking(Answers(TODAY, answers | {"only": only})))


def test_an_entitlement_is_told_with_its_sum_and_leads_nowhere_else():
    found = given("rural-incentive", OLD)
    assert (found.entitled, str(found.outcome), found.sum, found.fails, found.instead) == (
        True,
        "entitled",
        "960 yuan a year",
        "",
        (),
    )


def test_it_is_told_in_the_language_of_the_page():
    assert "960" in given("rural-incentive", OLD, "zh-hans").sum
    assert given("rural-incentive", OLD, "zh-hans").sum != given("rural-incentive", OLD, "en").sum


def test_a_refusal_names_what_does_not_hold():
    found = given("rural-incentive", OLD | {"person.1.rural": "no"})
    assert (found.entitled, str(found.outcome), found.sum) == (False, "not entitled", "")
    assert found.fails


def test_a_statement_that_is_not_whole_is_neither():
    found = given("rural-incentive", {name: text for name, text in OLD.items() if name != "person.1.rural"})
    assert not found.entitled
    assert str(found.outcome) not in ("entitled", "not entitled")


def test_before_anybody_is_named_nothing_is_given():
    found = given_by(Asking(Answers(TODAY, {"only": "no-such-programme"})))
    assert (found.outcome, found.sum, found.entitled, found.unasked, found.instead) == (None, "", False, False, ())


def test_whoever_chose_the_wrong_name_is_led_to_the_right_one():
    found = given("rural-incentive", OLD | LOST)
    assert not found.entitled
    assert [press.value for press in found.instead] == ["special-bereaved.1"]
    assert found.instead[0].label == str(claimable_on(TODAY)["special-bereaved"].words.name)
    assert given("special-bereaved", OLD | LOST).instead == (), "and from there nowhere"


def test_what_leads_on_is_claimed_here_and_is_never_the_chosen_one():
    for key in claimable_on(TODAY):
        for answers in (OLD, OLD | LOST, OLD | {"person.1.rural": "no"}, BABY):
            found = given(key, answers)
            led = {press.value.rpartition(".")[0] for press in found.instead}
            assert led <= set(claimable_on(TODAY)) - {key}
            assert not (led and found.entitled)


def test_whoever_was_not_asked_is_told_that_it_may_hang_on_that():
    """No child lives, and nobody was asked about a death: that may be why."""
    silent = {name: text for name, text in OLD.items() if name != "more"} | {"person.1.children_living": "0"}
    assert given("rural-incentive", silent | {"more": "none"}).unasked
    assert not given("rural-incentive", OLD | {"person.1.rural": "no"}).unasked
    assert not given("rural-incentive", OLD).unasked


def page(at: str) -> QuestionPage:
    return QuestionPage(
        shell=None,
        title="Claim",
        at=at,
        about="",
        why="Because.",
        instead=(),
        left="",
        can_go_back=False,
        misread=False,
    )


def test_before_a_loss_is_spoken_of_a_claim_says_that_it_keeps_what_is_stated():
    with override("en"):
        asked = asked_for_a_claim(page("more"))
    assert "kept sealed with this claim" in asked.why
    assert (asked.at, asked.title) == ("more", "Claim")


@pytest.mark.parametrize("at", ["place", "who", "person.1.born", "person.1.child_died"])
def test_every_other_question_says_what_it_said(at):
    assert asked_for_a_claim(page(at)) == page(at)
