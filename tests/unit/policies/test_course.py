"""This year and the years after: how long it goes on, what ends it, when somebody will be entitled, and when that is claimed."""

from dataclasses import replace
from datetime import date

import pytest

from chengnuo.core.rules import (
    NEW_YEARS_DAY,
    NOT_APPLICABLE,
    TODAY,
    YEAR_ASKED,
    Asked,
    Bound,
    Household,
    NoValue,
    Outcome,
    Parameters,
    Programme,
    accrued,
)
from chengnuo.policies.course import AHEAD, FAR, Course, course_of
from chengnuo.policies.facts import child
from tests.unit.core.rules.law import RATES, row, words
from tests.unit.policies.families import ASKED, told

LOCAL = {"which_child": 2, "mother_here": True, "first_here": True, "once_received": False}


def spans(course: Course) -> list[tuple[int, int | None, int | None]]:
    return [(each.first, each.last, each.found.amount) for each in course.spans]


def course(key: str, *, asked: Asked = ASKED, **facts) -> Course:
    return told(key, asked=asked, **facts)[1].course


@pytest.mark.parametrize(
    ("born", "coming"),
    [
        (date(2026, 5, 1), [(2026, 2028, 360_000)]),
        (date(2024, 2, 10), [(2026, 2026, 360_000), (2027, 2027, 60_000)]),
        (date(2023, 5, 10), [(2026, 2026, 150_000)]),
    ],
)
def test_the_childcare_subsidy_goes_on_as_the_official_table_says(born, coming):
    assert spans(course("childcare-subsidy", born=born)) == coming


def test_who_claims_now_for_the_first_time_has_the_next_years_too():
    """Else each later year would count as the first claim, and be too late."""
    found = course("childcare-subsidy", born=date(2025, 5, 1))
    assert spans(found) == [(2026, 2028, 360_000)]
    assert found.ends is not None


def test_what_was_claimed_before_stays_claimed():
    assert spans(course("childcare-subsidy", born=date(2025, 5, 1), first_claimed=2025)) == [
        (2026, 2027, 360_000),
    ]


def test_a_grant_that_is_paid_once_is_told_once():
    assert spans(course("yichang-birth-grant", born=date(2026, 6, 1), **LOCAL)) == [(2026, 2026, 500_000)]


def test_what_hangs_on_answers_of_each_year_is_told_for_this_year_alone():
    facts = LOCAL | {"born": date(2023, 6, 1), "semesters": 2, "semesters_before": 0}
    found = course("yichang-kindergarten-grant", asked=Asked(ASKED.day, place="420582000000"), **facts)
    assert [(each.first, each.last) for each in found.spans] == [(2026, 2026)]
    assert found.ends is None


CONTRIBUTES = {"resident_pension": True, "pension_contribution": 30000}


@pytest.mark.parametrize(("born", "last"), [(1966, 2026), (1970, 2030), (1990, None)])
def test_whoever_goes_on_contributing_is_told_until_sixty(born, last):
    found = course("pension-subsidy", born=date(born, 3, 2), **CONTRIBUTES)
    assert spans(found) == [(2026, last, 3_000)]
    if last:
        assert [each.condition.key for each in found.ends.failed] == ["young_enough"]


def test_whoever_is_too_young_to_contribute_reads_from_which_year_on():
    assert spans(course("pension-subsidy", born=date(2012, 3, 2), **CONTRIBUTES)) == [(2028, 2028, 3_000)]


def test_what_goes_on_for_life_goes_on():
    assert spans(course("rural-incentive", born=date(1960, 3, 2))) == [(2026, None, 96_000)]


def test_who_is_too_young_reads_from_which_year_on():
    assert spans(course("rural-incentive", born=date(1970, 3, 2))) == [(2030, 2030, 96_000)]


def test_where_the_age_alone_settled_it_the_rest_was_not_asked_and_is_open_then():
    (span,) = course("rural-incentive", born=date(1970, 3, 2), spouse_rural=None).spans
    assert (span.first, span.found.outcome) == (2030, Outcome.UNDECIDED)


def test_nothing_is_told_of_what_is_undecided_now():
    assert course("rural-incentive", rural=None) == Course()


@pytest.mark.parametrize("key", ["childcare-subsidy", "maternity-leave", "only-child-allowance", "yichang-birth-grant"])
def test_nothing_is_foretold_of_a_birth_that_is_still_to_come(key):
    found, ahead = told(key, asked=replace(ASKED, day=date(2026, 12, 4)), born=date(2026, 12, 5), **LOCAL)
    assert found.outcome is Outcome.NOT_ENTITLED
    assert ahead.course == Course()


def test_what_no_year_changes_is_not_looked_for():
    looked = []

    def bind(programme, asked, readings=()):
        looked.append(asked)
        return Bound([programme], Parameters(RATES), asked)

    household = Household({}, {"child": [{"chinese": False, "born": date(2025, 1, 1)}]})
    (found,) = bind(Window, Asked(date(2026, 3, 2))).determine(household)
    assert course_of(found, household, Asked(date(2026, 3, 2)), bind) == Course()
    assert len(looked) == 1


# A made-up programme that is claimed in the first months of the two years after a birth, and its law.
class Window(Programme):
    words = words(["born_before", "still", "chinese"], key="window")
    who = child.CHILD
    stands = "x.rate"
    conditions = {
        "born_before": child.born.year < YEAR_ASKED,
        "still": child.born.year + 2 >= YEAR_ASKED,
        "chinese": child.chinese,
    }
    closes = NEW_YEARS_DAY.after_months(3)
    amount = accrued("x.rate")


class Autumn(Programme):
    """Its time to claim has a first day too."""

    words = words(["begun"], key="autumn")
    who = child.CHILD
    stands = "x.rate"
    conditions = {"begun": NEW_YEARS_DAY.after_months(8) <= TODAY}
    closes = NEW_YEARS_DAY.after_months(9)


def at(day: date, born: date, programme=Window, rows=RATES) -> Course:
    household = Household({}, {"child": [{"born": born, "chinese": True}]})

    def bind(programme, asked, readings=()):
        return Bound([programme], Parameters(rows), asked)

    (found,) = bind(programme, Asked(day)).determine(household)
    return course_of(found, household, Asked(day), bind)


def window(found: Course) -> list[tuple[int, date | None, date]]:
    return [(each.first, each.opens, each.found.closes) for each in found.spans]


def test_a_window_of_the_next_year_is_told_with_its_dates():
    """By 31 December it is over: who asks then alone reads that nothing will ever come."""
    found = at(date(2026, 3, 2), born=date(2026, 1, 5))
    assert window(found) == [(2027, date(2027, 1, 1), date(2027, 4, 1))]
    assert found.spans[0].found.outcome is Outcome.ENTITLED


def test_a_window_that_is_over_this_year_comes_again():
    assert window(at(date(2026, 11, 26), born=date(2025, 1, 5))) == [(2027, date(2027, 1, 1), date(2027, 4, 1))]
    assert at(date(2026, 11, 26), born=date(2024, 1, 5)) == Course(), "the last one is over"


def test_who_is_in_the_window_reads_those_of_later_years():
    found = at(date(2026, 3, 2), born=date(2025, 1, 5))
    assert window(found) == [(2026, None, date(2026, 4, 1)), (2027, date(2027, 1, 1), date(2027, 4, 1))]
    assert [reason.condition.key for reason in found.ends.failed] == ["still", "in_time"]


def test_a_window_opens_with_its_month():
    assert window(at(date(2026, 3, 2), born=date(2025, 1, 5), programme=Autumn))[0] == (
        2027,
        date(2027, 9, 1),
        date(2027, 10, 1),
    )


class Pension(Programme):
    words = words(key="pension")
    who = child.CHILD
    stands = "x.rate"
    conditions = {}
    amount = accrued("x.rate")


def test_what_has_ended_ends():
    found = at(date(2026, 12, 31), date(2025, 1, 5), Pension, [*RATES, row("x.rate", None, date(2027, 1, 1))])
    assert [(each.first, each.last) for each in found.spans] == [(2026, 2026)]
    assert [reason.condition.key for reason in found.ends.failed] == ["in_force"]


@pytest.mark.parametrize("last", [2026, 2027, 2028])
def test_where_the_law_of_later_years_is_not_there_nothing_is_said_to_go_on(last):
    household, asked = Household({}, {"child": [{}]}), Asked(date(2026, 12, 31))

    def bind(programme, asked, readings=()):
        if asked.day.year > last:
            raise NoValue("x.rate", "is not there.", "Nobody has announced it.", "an earlier day")
        return Bound([programme], Parameters(RATES), asked)

    (found,) = bind(Pension, asked).determine(household)
    course = course_of(found, household, asked, bind)
    assert course.spans[-1].last == last
    assert course.ends is None


def test_a_change_that_is_far_away_is_not_told():
    assert course("rural-incentive", born=date(2026 + FAR - 60, 1, 1)).spans[0].first == 2026 + FAR
    assert course("rural-incentive", born=date(2026 + FAR - 59, 1, 1)) == Course()


def test_at_the_end_of_all_years_nothing_comes():
    last = Asked(date(9998, 12, 31), place=ASKED.place)
    assert spans(course("rural-incentive", born=date(9900, 3, 2), asked=last)) == [(9998, 9998, 96_000)]


def test_what_goes_on_is_followed_for_some_years_alone():
    found = course("rural-incentive", born=date(1960, 3, 2))
    assert found.spans[-1].last is None
    assert AHEAD < FAR


def test_what_does_not_apply_stays_so():
    assert course("special-bereaved", child_died=NOT_APPLICABLE, children_living=0) == Course()
