"""Residents of the county of the tests, all made up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from chengnuo.core.identity import born_on, check_digit
from chengnuo.registers.internal.writing import Known, write
from chengnuo.registers.models import Resident
from tests.factories import county


@dataclass(frozen=True)
class Here:
    """What an address names, where that is no row."""

    pk: UUID


def number(born: str = "19560301", order: int = 1) -> str:
    """A number of 18 characters that fits."""
    body = f"420526{born}{order:03}"
    return body + check_digit(body)


def known(identity: str = "", name: str = "欧阳桂兰", **other: Any) -> Known:
    village, identity = county.village(), identity or number()
    born = born_on(identity) or date(1956, 3, 1)
    return Known(
        **{"name": name, "identity": identity, "born": born, "village": village.pk, "township": village.above_id}
        | other
    )


def living(identity: str = "", name: str = "欧阳桂兰", *, person: UUID | None = None, **other: Any) -> Resident:
    """Somebody who is in the register."""
    (made,) = write([known(identity, name, **other)], [None], batch=None)
    if person:
        made.person = person
        made.save(update_fields=["person"])
    return made


def changed(resident: Resident, identity: str = "", **other: Any) -> Resident:
    """A later row of the same person."""
    return write([known(identity, **other)], [resident], batch=None)[0]
