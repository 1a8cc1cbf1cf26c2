"""Situations of the register in which somebody tries something: for the matrix of rights."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from chengnuo.registers.models import Finding, Pair
from chengnuo.registers.operations import checking, comparing, pairing
from tests.factories import county, residents
from tests.factories.residents import Here

FIRST, SECOND = UUID(int=1), UUID(int=2)
RIGHT = {
    "name": "欧阳桂兰",
    "born_year": "1956",
    "born_month": "3",
    "born_day": "1",
    "standing": "died",
    "since_year": "2026",
    "since_month": "2",
    "since_day": "1",
}
KEEPS = {"keeps": str(FIRST)}


def somebody(_stage: object = None) -> Any:
    """Who lives in the village; known by the person, as addresses know them."""
    return Here(residents.living().person)


def finding(_stage: object = None, *, identity: str = "") -> Finding:
    residents.living(identity, born=date(1956, 3, 2))
    checking.check_all(at=county.MONDAY)
    return Finding.objects.get()


def pair(_stage: object = None, *, name: str = "欧阳桂兰") -> Pair:
    for order, person in enumerate((FIRST, SECOND), 21):
        residents.living(residents.number(order=order), name, person=person)
    pairing.keep([(SECOND, FIRST)], at=county.MONDAY)
    return Pair.objects.get()


def joined(_stage: object = None) -> Pair:
    by = county.officer("health-bureau.desk")
    return comparing.join(pair=pair().pk, keeps=str(FIRST), by=by, at=county.MONDAY, key=uuid4())
