"""Situations of letters and reminders in which somebody tries something: for the matrix of rights."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chengnuo.benefits.models import Due
from chengnuo.outreach.models import Reminder
from chengnuo.outreach.operations import reminding
from tests.factories import claims, county, outreach, residents

ASSESSED = outreach.PARTS | {"valid_until_year": "2028", "valid_until_month": "1", "valid_until_day": "1"}
NUMBER = residents.number("19600101", 99)
DECEMBER = datetime(2026, 12, 1, 2, tzinfo=county.MONDAY.tzinfo)


def drafted(_stage: object = None) -> Any:
    return outreach.drafted()


def signed_once(_stage: object = None) -> None:
    """The address names the finder, and no row."""
    outreach.signed()


def begun(_stage: object = None) -> Any:
    return outreach.begun()


def letter(_stage: object = None) -> Any:
    """In the hands of the village's desk."""
    return outreach.one()


def county_letter(_stage: object = None) -> Any:
    return outreach.one("at-forty-nine", "19770101")


def letters_wait(_stage: object = None) -> None:
    letter()
    county_letter()


def award_not_renewed(**how: Any) -> Any:
    """Granted for last year, and nothing determined for this one."""
    claim = claims.at_decision("rural-incentive", at=county.MONDAY - 8 * outreach.DAY, year=2025, **how)
    award = claims.granted(claim, at=county.MONDAY - 3 * outreach.DAY)
    Due.objects.filter(award=award, year__gt=2025).delete()
    return award


def reminder(_stage: object = None, **how: Any) -> Any:
    award_not_renewed(**how)
    reminding.owe_due(at=DECEMBER)
    return Reminder.objects.get()


def reminders_wait(_stage: object = None) -> None:
    reminder()
