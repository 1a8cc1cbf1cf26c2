"""Ways of counting that several texts share, with their open questions as readings."""

from __future__ import annotations

from chengnuo.core.rules import DECEMBER, JANUARY, YEARS_END, Day, Perhaps, Whole, chosen, least, when


def last_month(reading: str, *ends: Perhaps[Day]) -> Whole:
    """The last month that is paid when support ends within the year: the whole year, the months until then, or none."""
    first, *others = (each.otherwise(YEARS_END) for each in ends)
    ended = least(first, *others)
    in_part = when(chosen(reading, "months"), ended.month, JANUARY - 1)
    return when((ended >= YEARS_END) | chosen(reading, "whole_year"), DECEMBER, in_part)
