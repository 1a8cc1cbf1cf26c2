"""Later years in words: one sentence or line each, in three scripts, none where this year's sum has said it."""

from dataclasses import replace
from datetime import date

import pytest

from chengnuo.core.rules import Outcome
from chengnuo.policies.course import Course, Span
from chengnuo.policies.course_words import then_told, years_told
from tests.unit.policies.families import told

FOUND, AHEAD = told("rural-incentive", born=date(1960, 3, 2))
NOT = replace(FOUND, outcome=Outcome.NOT_ENTITLED, amount=None)
OPEN = replace(FOUND, outcome=Outcome.UNDECIDED, amount=None)
CLOSES = replace(FOUND, closes=date(2027, 3, 31))
SPRING = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("first", "last", "en", "hans"),
    [
        (2026, 2028, "2026 to 2028, each year", "2026年至2028年，每年"),
        (2027, None, "from 2027 on, each year", "2027年起，每年"),
    ],
)
def test_years_in_words(first, last, en, hans):
    course = Course((Span(first, last, FOUND),))
    assert list(years_told(FOUND, course, "en")) == [(en, "960 yuan")]
    assert list(years_told(FOUND, course, "zh-hans")) == [(hans, "960元")]


def test_one_year_of_several_is_told_by_itself():
    course = Course((Span(2026, 2026, FOUND), Span(2027, 2027, replace(FOUND, amount=100))))
    assert list(years_told(FOUND, course, "en")) == [("2026", "960 yuan"), ("2027", "1 yuan")]
    assert list(years_told(FOUND, course, "zh-hant"))[1] == ("2027年", "1元")


def test_this_year_alone_is_not_told_twice_nor_what_has_no_amount():
    assert not list(years_told(FOUND, Course((Span(2026, 2026, FOUND),)), "en"))
    without = replace(FOUND, amount=None)
    assert not list(years_told(without, Course((Span(2026, None, without),)), "en"))
    assert not list(years_told(NOT, Course((Span(2030, 2031, FOUND),)), "en")), "that comes then, it is not due now"


def test_a_window_is_told_with_both_its_days():
    course = Course((Span(2026, 2026, FOUND), Span(2027, 2027, CLOSES, SPRING)))
    assert list(years_told(FOUND, course, "en"))[1][0] == "2027 (to be claimed from 2027-01-01 to 2027-03-31)"
    assert list(years_told(FOUND, course, "zh-hans"))[1][0] == "2027年（2027-01-01至2027-03-31申请）"
    later = Course((Span(2027, 2027, CLOSES, SPRING),))
    assert then_told(NOT, later, "en") == (
        "If nothing else changes, from 2027: entitled, 960 yuan a year (to be claimed from 2027-01-01 to 2027-03-31)."
    )
    perhaps = Course((Span(2027, 2027, replace(OPEN, closes=date(2027, 3, 31)), SPRING),))
    assert then_told(NOT, perhaps, "en") == (
        "From 2027 on this may be due (to be claimed from 2027-01-01 to 2027-03-31); more answers count then."
    )


def test_what_ends_it_is_named_and_what_every_programme_has_is_not():
    _found, childcare = told("childcare-subsidy", born=date(2024, 2, 10))
    assert then_told(_found, childcare.course, "en") == "It ends with 2027."
    ended = told("rural-incentive", born=date(1990, 1, 1))[0]
    course = Course((Span(2026, 2028, FOUND),), ended)
    assert then_told(FOUND, course, "en") == (
        "It ends with 2028. Then this no longer holds: reaches 60 by 31 December."
    )


@pytest.mark.parametrize("found", [FOUND, NOT, OPEN])
def test_where_nothing_is_known_nothing_is_said(found):
    assert then_told(found, Course((Span(2026, None, FOUND),) if found is FOUND else ()), "zh-hans") == ""
