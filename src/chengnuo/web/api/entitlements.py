"""What the rules give for one family that names nobody: nothing of it is stored or logged."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import ConfigDict, RootModel

from chengnuo.core.instants import local_date
from chengnuo.core.rules import Asked, NoValue, Programme
from chengnuo.foundation import clock
from chengnuo.policies.bound import bound, kept_by_the_caller
from chengnuo.policies.household import ISO, household
from chengnuo.policies.law_places import as_law
from chengnuo.policies.machine_form import data
from chengnuo.policies.outlook import outlook
from chengnuo.policies.parameter_files import PLACE
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import Sheet, Unfit
from chengnuo.web.api.family_schema import MOST_MEMBERS, family_schema
from chengnuo.web.api.problems import Problem, UnfitProblem
from chengnuo.web.throttle import Throttle

RATE = "12/min"  # a call may bind the law of thirty years
FIRST, AHEAD = date(2000, 1, 1), 10  # the days that may be asked about, and years from today
FAMILY = "family"


class Family(RootModel[Any]):
    """A family that names nobody, and what is asked about it. What is left out or null is not known; `none`: it does not apply."""

    model_config = ConfigDict(json_schema_extra=family_schema)


class Determined(RootModel[dict[str, Any]]):
    """One programme for one member; docs/reference/determination.schema.json says what each key means."""


router = Router(tags=["entitlements"])
ANSWERS: dict[Any, Any] = {200: list[Determined], 422: UnfitProblem, frozenset({400, 404, 409, 429, 503}): Problem}


@router.post(
    "/entitlements",
    response=ANSWERS,
    url_name="entitlements",
    operation_id="determine_a_family",
    throttle=[Throttle(RATE)],
)
def determine(request: HttpRequest, family: Family) -> list[dict[str, Any]]:
    """Every programme for everybody whom it is about, with reasons and what would change it. Nothing is stored or logged."""
    sheet = Sheet(FAMILY, family.root)
    _few(sheet)
    asked, wanted = _asked(sheet), _wanted(sheet)
    today = local_date(clock.now())
    said = household(sheet, programmes(), born_by=today)
    sheet.close()
    # what the pages keep is that of today: a program that asks about other days would push it out
    bind = bound if asked.day == today else kept_by_the_caller()
    try:
        found = [each for one in wanted for each in bind(one, asked, ()).determine(said)]
        return [data(each, outlook(each, said, asked, bind)) for each in found]
    except NoValue as error:
        raise Unfit(error.where, error.what, error.why, error.instead) from error


def _few(sheet: Sheet) -> None:
    for entity in ("person", "child"):
        members = sheet.peek(entity)
        if isinstance(members, list) and len(members) > MOST_MEMBERS:
            raise sheet.unfit(entity, f"holds {len(members)}.", "One family is asked about.", f"{MOST_MEMBERS} at most")


def _asked(sheet: Sheet) -> Asked:
    today = local_date(clock.now())
    place = None
    if "place" in sheet:
        place = str(sheet.take("place", str, '"420526"'))
        if not PLACE.fullmatch(place):
            why = "It is the beginning of a division code, at the end of a level."
            raise sheet.unfit("place", f"is {place!r}.", why, "2, 4, 6, 9 or 12 digits")
    on, last = _day(sheet, "on", today), date(today.year + AHEAD, 12, 31)
    if not FIRST <= on <= last:
        raise sheet.unfit("on", f"is {on}.", "The law of that day is not held here.", f"a day from {FIRST} to {last}")
    return Asked(on, _day(sheet, "known", date.max), None if place is None else as_law(place))


def _day(sheet: Sheet, key: str, otherwise: date) -> date:
    """JSON has no days: text in the form of one."""
    if key not in sheet:
        return otherwise
    said = sheet.peek(key)
    try:
        if isinstance(said, str) and ISO.fullmatch(said):
            sheet.put(key, date.fromisoformat(said))
    except ValueError:
        raise sheet.unfit(key, f"is {said!r}.", "There is no such day.", f"{key}: 2026-12-31") from None
    return sheet.day(key)


def _wanted(sheet: Sheet) -> list[type[Programme]]:
    keys = sheet.strings("only", [each.words.key for each in programmes()]) if "only" in sheet else ()
    return [each for each in programmes() if not keys or each.words.key in keys]
