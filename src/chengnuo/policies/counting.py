"""Ways of counting that several texts share, with their open questions as readings."""

from __future__ import annotations

from datetime import date

from chengnuo.core.rules import (
    DECEMBER,
    JANUARY,
    YEAR_ASKED,
    YEARS_END,
    Day,
    Perhaps,
    Truth,
    Whole,
    chosen,
    least,
    when,
)

NEVER = date.max  # the day of what has not happened: no day of any year that is asked for


def last_month(reading: str, *ends: Perhaps[Day]) -> Whole:
    """The last month that is paid when support ends within the year: the whole year, the months until then, or none."""
    first, *others = (each.otherwise(NEVER) for each in ends)
    ended = least(first, *others)
    in_part = when(chosen(reading, "months"), ended.month, JANUARY - 1)
    return when((ended > YEARS_END) | chosen(reading, "whole_year"), DECEMBER, in_part)


def reaches(reading: str, first: Perhaps[Whole]) -> Truth:
    """Whether a claim counts for the year that is asked for: it was first made by then, or earlier years are made up. Who has not
    claimed yet does so in that year.
    """
    year = first.otherwise(YEAR_ASKED)
    one_year = chosen(reading, "one_year") & (year <= YEAR_ASKED + 1)
    return (year <= YEAR_ASKED) | one_year | chosen(reading, "all_years")
