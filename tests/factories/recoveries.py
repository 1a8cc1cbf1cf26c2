"""Money that was paid above what is due, and what becomes of it, by the real operations."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from chengnuo.benefits.models import Award
from chengnuo.foundation.actor import resident
from chengnuo.payments.models import Recovery
from chengnuo.payments.operations import recovery
from tests.factories import awarding, claims, money
from tests.factories.money import LATER, said

FEN = 10_000
NOT_RURAL = {"person": [claims.RURAL | {"rural": False}]}


def overpaid(of: int = 1) -> Award:
    """Paid in full, and determined to less afterwards."""
    award = money.awarded(of)
    money.reconciled(money.exported(money.fund()))
    awarding.determine(award=award.pk, year=2026, facts=NOT_RURAL, **said(claims.BUREAU_DESK))
    return award


def proposed(award: Award | None = None, fen: int = FEN, at: Any = LATER) -> Recovery:
    about = {"award": (award or overpaid()).pk, "year": 2026, "fen": fen}
    why = {"why": "less", "reasons": "户口已转为城镇，重新核定。"}
    return recovery.propose(**about, **why, **said(claims.BUREAU_DESK, at))


def decided(award: Award | None = None, fen: int = FEN, *, instalments: int = 5, at: Any = LATER) -> Recovery:
    found = proposed(award, fen, at)
    return recovery.decide(recovery=found.pk, instalments=instalments, **said(claims.BUREAU_HEAD, at))


def objected(found: Recovery | None = None, at: Any = LATER) -> Recovery:
    asked = found or decided(at=at)
    by = county_resident(asked)
    return recovery.object_to(recovery=asked.pk, words="我一直住在村里。", by=by, at=at, key=uuid4())


def county_resident(found: Recovery) -> Any:
    """Whoever has the receipt of its claim."""
    return resident(found.award.claim.case_id)


def came_back(found: Recovery, fen: int) -> Recovery:
    return recovery.receive(recovery=found.pk, fen=fen, **said(money.FINANCE_DESK))
