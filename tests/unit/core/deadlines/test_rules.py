"""Deadline rules are written in data, read back the same, and said in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.deadlines import AtOnce, By, CalendarDays, Every, RuleError, WorkingDays, described, parse

DAYS = st.integers(1, 999)
DATES = st.dates().filter(lambda day: (day.month, day.day) != (2, 29)).map(lambda day: By(day.month, day.day))
RULES = st.one_of(
    st.builds(WorkingDays, DAYS),
    st.builds(CalendarDays, DAYS, st.booleans()),
    DATES | st.just(By(2, 29)),
    st.builds(Every, st.sampled_from(["month", "quarter", "year"])),
    st.just(AtOnce()),
)


@given(RULES)
def test_what_is_written_reads_back_the_same(rule):
    assert parse(str(rule)) == rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("working_days(20)", WorkingDays(20)),
        (" calendar_days( 15 ) ", CalendarDays(15)),
        ("calendar_days(15, rolls)", CalendarDays(15, rolls=True)),
        ("by(month=3, day=31)", By(3, 31)),
        ("by(3, 31)", By(3, 31)),
        ('every("quarter")', Every("quarter")),
        ("at_once", AtOnce()),
    ],
)
def test_reads(text, rule):
    assert parse(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "working_days", "working_days()", "working_days(0)", "working_days(-1)", "working_days(1000)",
        "working_days(2.5)", "working_days(5, rolls)", "calendar_days(5, often)", "by(2, 30)", "by(13, 1)", "by(3)",
        "every(week)", "at_once(1)", "working_days(5) or so", "working_days((5))", "by(0, 1)", "by(day=3, month=12)",
    ],
)  # fmt: skip
def test_what_is_no_deadline_is_refused_with_what_to_write(text):
    with pytest.raises(RuleError, match=r"is no deadline. Write working_days\(5\)"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("working_days(20)", "20 working days"),
        ("calendar_days(15, rolls)", "15 days"),
        ("by(3, 31)", "by day 31 of month 3"),
        ("every(month)", "every month"),
        ("every(quarter)", "every quarter"),
        ("every(year)", "every year"),
        ("at_once", "at once"),
    ],
)
def test_is_said_in_a_sentence_that_can_be_translated(text, sentence):
    message, numbers = described(parse(text))

    assert message % numbers == sentence
