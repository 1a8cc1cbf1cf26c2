"""Who is asking: the hats of a signed-in officer, and the cases whose receipt this browser has shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from chengnuo.cases import queries as cases
from chengnuo.core.instants import local_date
from chengnuo.foundation import clock
from chengnuo.foundation.actor import RESIDENT, VISITOR, Actor, Hat
from chengnuo.foundation.clock import ClockWentBack
from chengnuo.people.queries import actor_of
from chengnuo.web.account.accounts import signed_in_at
from chengnuo.web.requests import Request

RECEIPTS = "receipts"
FOLDER = "folder"
RECEIPT_LASTS = timedelta(minutes=30)
EVER = datetime.min.replace(tzinfo=UTC)


def who_asks(request: Request) -> Actor:
    """Everyone is a visitor; an officer wears the hats of today, so that a post taken away is gone with the next page.

    Who holds a receipt is a resident too: also an officer, who helps the family that gave the code.
    """
    holds = _held(request)
    hats = (Hat(VISITOR), Hat(RESIDENT)) if holds else (Hat(VISITOR),)
    if not request.user.is_authenticated:
        return Actor("", hats, holds=holds)
    signed_in = signed_in_at(request)
    officer = actor_of(request.user, on=local_date(request.at), signed_in_at=signed_in)
    return Actor(officer.name, (*officer.hats, *hats), officer.account, holds, signed_in)


def hold_receipt(request: Request, case: UUID, code: str = "") -> None:
    """Lets this browser open the case for half an hour. A code that is derived from nothing is kept with it, to be shown again:
    the session is sealed with the key that the browser alone has.
    """
    if clock.went_back():
        raise ClockWentBack
    if not request.user.is_authenticated:
        # whoever noted the key of a shared telephone before holds nothing now; an officer's was new at sign-in, and a second
        # press that is under way with it must not find them signed out
        request.session.cycle_key()
    request.session[RECEIPTS] = _alive(request) | {str(case): [(request.at + RECEIPT_LASTS).isoformat(), code]}
    request.actor = who_asks(request)


def _held(request: Request) -> frozenset[UUID]:
    """The cases that this browser may open for their families. One whose code was changed since is opened by the new one alone."""
    alive = _alive(request)
    if not alive:
        return frozenset()
    changed = cases.recoded(map(UUID, alive))
    return frozenset(row for row in map(UUID, alive) if _opened_at(alive[str(row)]) >= changed.get(row, EVER))


def _opened_at(held: list[str]) -> datetime:
    return datetime.fromisoformat(held[0]) - RECEIPT_LASTS


def kept_code(request: Request, case: UUID) -> str:
    """The code that was kept with a case that this browser may open; "" where it can be made again."""
    return _alive(request).get(str(case), ["", ""])[1]


def open_folder(request: Request, folder: UUID) -> None:
    """Lets this browser open a resident's own folder for half an hour. One that opens another begins with nothing of before."""
    if folder_of(request) != folder:
        request.session.flush()
    request.session[FOLDER] = [str(folder), (request.at + RECEIPT_LASTS).isoformat()]


def folder_of(request: Request) -> UUID | None:
    """The folder that is open here; never where an officer is signed in."""
    pk, until = request.session.get(FOLDER, ("", ""))
    end = parse_datetime(until)
    return UUID(pk) if end and request.at < end and not request.actor.is_officer else None


def close_folder(request: Request) -> None:
    """With everything that it had opened."""
    request.session.flush()


def drop_receipts(request: HttpRequest, **_sign_in: Any) -> None:
    """Closes every case and the folder that are open here. Also at each sign-in: what a family opened before is not the officer's to go on with."""
    request.session.pop(RECEIPTS, None)
    request.session.pop(FOLDER, None)


def _alive(request: Request) -> dict[str, list[str]]:
    kept: dict[str, list[str]] = request.session.get(RECEIPTS, {})
    return {row: held for row, held in kept.items() if (end := parse_datetime(held[0])) and request.at < end}
