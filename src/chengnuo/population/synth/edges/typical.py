"""Families that plainly receive something: what edge cases are made of, one answer changed at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from chengnuo.core.rules import NOT_APPLICABLE, Household
from chengnuo.core.rules.operators import Value
from chengnuo.population.synth.columns import CHILD, PERSON

Facts = Mapping[str, Value]


def typical(year: int) -> Sequence[Household]:
    """At the end of a year; for each programme the first that receives it will do."""
    adults = [{**_adult(year), **changed} for changed in _adults(year)]
    children = [{**_child(year), **changed} for changed in _children(year)]
    return [
        *(Household({}, {PERSON: [each]}) for each in adults),
        *(Household({}, {CHILD: [each]}) for each in children),
    ]


def _adult(year: int) -> Facts:
    """A countrywoman of 65, widowed, with one grown child."""
    return {
        "born": date(year - 65, 5, 17),
        "died": NOT_APPLICABLE,
        "ended": NOT_APPLICABLE,
        "first_claimed": year,
        "rural": True,
        "spouse_rural": NOT_APPLICABLE,
        "wife_born": NOT_APPLICABLE,
        "wife_is_parent": True,
        "children_ever": 1,
        "children_living": 1,
        "two_daughters": False,
        "child_died": NOT_APPLICABLE,
        "child_grade": NOT_APPLICABLE,
        "complication_grade": NOT_APPLICABLE,
        "certificate": True,
        "retired": NOT_APPLICABLE,
        "public_body": False,
        "pension": 0,
        "employed": False,
        "only_child": False,
        "parent_born": NOT_APPLICABLE,
        "low_income": False,
        "restructured": False,
        "resident_pension": True,
        "pension_contribution": 0,
        "disability_grade": NOT_APPLICABLE,
    }


def _adults(year: int) -> Sequence[Facts]:
    return [
        {},
        {"children_living": 0, "child_died": date(year - 3, 3, 9)},
        {"child_grade": 2},
        {"complication_grade": 2},
        {"disability_grade": 1, "low_income": True},
        {"born": date(year - 52, 9, 30), "pension_contribution": 200_000, "disability_grade": 1},
        {"retired": date(year - 1, 5, 17), "restructured": True},
        {"retired": date(year - 5, 5, 17), "public_body": True, "pension": 431_111},
        {"born": date(year - 38, 2, 28), "employed": True, "only_child": True, "parent_born": date(year - 66, 8, 1)},
    ]


def _child(year: int) -> Facts:
    """Born this year, the second."""
    return {
        "born": date(year, 5, 31),
        "died": NOT_APPLICABLE,
        "chinese": True,
        "guardian_claims": True,
        "first_claimed": year,
        "certificate": False,
        "which_child": 2,
        "mother_here": True,
        "first_here": True,
        "once_received": False,
        "parent_employed": True,
        "claimed": date(year, 8, 20),
        "semesters": 0,
        "semesters_before": 0,
        "home_bought": NOT_APPLICABLE,
        "housing_received": False,
        "rural_daughter": False,
        "exam_year": NOT_APPLICABLE,
    }


def _children(year: int) -> Sequence[Facts]:
    return [
        {},
        {"born": date(year - 1, 8, 15), "first_claimed": year - 1},
        {"born": date(year, 1, 15), "home_bought": date(year, 2, 1)},
        {"born": date(year - 4, 9, 1), "first_claimed": NOT_APPLICABLE, "semesters": 2, "semesters_before": 1},
        {"born": date(year - 12, 2, 10), "first_claimed": NOT_APPLICABLE, "certificate": True, "which_child": 1},
        {"born": date(2015, 12, 31), "first_claimed": NOT_APPLICABLE, "certificate": True, "which_child": 1},
    ]
