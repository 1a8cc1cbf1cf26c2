"""Situations of public money in which somebody tries something: for the matrix of rights."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from chengnuo.payments.models import Entry
from chengnuo.payments.operations import funds
from tests.factories import amendments, claims, county, money, recoveries

DAY = timedelta(days=1)


def money_there(_stage: object = None) -> Any:
    return money.fund(0)


def money_promised(_stage: object = None) -> Any:
    """A fund of which one sum is written down."""
    fund = money.fund(0)
    told = {"by": county.officer(money.FINANCE_DESK), "at": county.MONDAY, "key": uuid4()}
    return funds.appropriate(fund=fund.pk, level="city", fen=500, **told)


def money_come(_stage: object = None) -> Any:
    told = {"by": county.officer(money.FINANCE_DESK), "at": county.MONDAY, "key": uuid4()}
    return funds.arrive(fund=money_promised().pk, level="city", fen=500, **told)


def money_missing(_stage: object = None) -> Any:
    money.awarded()
    found = money.fund(0)
    funds.look_ahead(at=county.MONDAY + 200 * DAY)
    return found


def a_booking(_stage: object = None) -> Any:
    fund = money_promised()
    return SimpleNamespace(pk=fund.pk, entry=Entry.objects.get(about=fund.pk).pk)


def award(_stage: object = None) -> Any:
    return money.awarded()


def money_and_award(_stage: object = None) -> Any:
    """A fund, and somebody to whom the health bureau awarded something that it pays."""
    money.awarded()
    return money.fund(0)


def guarded_award(_stage: object = None) -> Any:
    return money.awarded(programme="special-bereaved")


def end_proposed(_stage: object = None) -> Any:
    """By b."""
    return amendments.ended(on=county.MONDAY.date(), at=county.MONDAY)


def ended_by_mistake(_stage: object = None) -> Any:
    """Proposed to end by b, ended by B."""
    found = end_proposed()
    return amendments.again(amendments.confirmed(found, at=county.MONDAY).award)


def going_on_proposed(_stage: object = None) -> Any:
    """By b, of what B ended: it lies with the head above."""
    return amendments.restored(ended_by_mistake(), at=county.MONDAY)


def end_proposed_by_the_head(_stage: object = None) -> Any:
    """By B: it lies with the head above."""
    return amendments.ended(on=county.MONDAY.date(), at=county.MONDAY, post=claims.BUREAU_HEAD)


def batch_at(does: Callable[[], Any]) -> Callable[[object], Any]:
    """A batch of one payee; proposed by b, checked by B, approved by F, given to the bank by p."""

    def prepare(_stage: object = None) -> Any:
        money.awarded()
        return does()

    prepare.__name__ = f"batch_{does.__name__}"
    return prepare


def came_back(_stage: object = None) -> Any:
    money.awarded()
    batch = money.exported()
    money.reconciled(batch, failed={money.digits(1): "户名不符"})
    return money.payments(batch)[0]


def answered(_stage: object = None) -> Any:
    return came_back().batch


def paid_too_much(_stage: object = None) -> Any:
    return recoveries.overpaid()


def proposed_back(_stage: object = None) -> Any:
    """By b."""
    return recoveries.proposed()


def asked_back(_stage: object = None) -> Any:
    return recoveries.decided()


def objected_to(_stage: object = None) -> Any:
    return recoveries.objected()
