"""What a claim's page says, from what is kept with it."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from chengnuo.benefits import queries
from chengnuo.promises.queries import duties_of
from chengnuo.web.casework.claim_stages import stage_rows
from chengnuo.web.casework.claims import stated_rows, told_of
from tests.factories import claims, county

pytestmark = pytest.mark.django_db


def told(claim, language="en"):
    with override(language):
        return told_of(claim, county.officer(claims.BUREAU_HEAD))


def rows(claim, *, at):
    viewer = county.officer(claims.BUREAU_HEAD, at=at)
    with override("en"):
        return stage_rows(claim, queries.opinions(claim), duties_of(claim.pk), viewer=viewer, now=at)


def test_what_the_rules_give_is_told_with_its_sum_and_its_years():
    said = told(claims.made())
    assert (str(said.outcome), said.sum, said.failed) == ("entitled", "960 yuan a year", ())
    assert said.years[0][1] == "960 yuan"
    assert {each.mark for each in said.reasons} == {"✓"}


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "960元"), ("zh-hant", "960元"), ("en", "960 yuan")])
def test_it_is_told_in_the_readers_language(language, word):
    assert word in told(claims.made(), language).sum


def test_a_condition_that_fails_is_named_alone():
    said = told(claims.made(facts=claims.RURAL | {"born": "1980-05-01"}))
    assert str(said.outcome) == "not entitled"
    assert len(said.failed) == len(said.reasons) == 1
    assert (said.sum, said.years) == ("", ())


def test_an_answer_that_is_missing_is_named():
    said = told(claims.made(facts=claims.RURAL | {"rural": None}))
    assert str(said.outcome) == "not yet decided"
    assert len(said.needs) == 1


def test_what_was_taken_instead_of_asking_stands_in_no_reason():
    assert not any("There is none" in each.facts for each in told(claims.made()).reasons)


def test_stages_say_what_was_done_where_it_is_and_what_comes():
    claim = claims.passed_on(
        claims.made(), claims.DESK, at=county.MONDAY + claims.DAY, verdict="doubts", words="住在外地。"
    )
    first, second, *later = rows(claims.again(claim), at=county.MONDAY + 2 * claims.DAY)
    assert (str(first.state), first.words) == ("done", "住在外地。")
    assert "doubts" in first.says
    assert str(second.state) == "on time"
    assert "here since" in second.day
    assert {str(each.state) for each in later} == {"still to come"}


def test_a_decision_is_the_last_stage():
    claim = claims.at_decision("special-bereaved")
    claims.granted(claim, at=county.MONDAY + 9 * claims.DAY)
    *_before, last = rows(claims.again(claim), at=county.MONDAY + 9 * claims.DAY)
    assert (str(last.state), last.says) == ("done", "It was decided here.")


@pytest.mark.parametrize("stated", ["none", "2015-03-01"])
def test_who_was_never_asked_of_a_loss_does_not_read_the_question(stated):
    """In their own data; who said it reads what they were asked."""
    (row,) = stated_rows("rural-incentive", {"person": [{"child_died": stated}]})
    assert row == (
        ("a child has died", "There is none")
        if stated == "none"
        else ("On which day did your child die?", "March 1, 2015")
    )
