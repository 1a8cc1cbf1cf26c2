"""Changes to an award, proposed by one officer and confirmed by another, by the real operations."""

from __future__ import annotations

from datetime import date
from typing import Any

from chengnuo.benefits.models import Award
from chengnuo.reviews.models import Amendment
from chengnuo.reviews.operations import amending
from tests.factories import claims, money
from tests.factories.money import LATER, said

REASONS = "户口本人已转为城镇，重新核定。"
NOT_RURAL = {"person": {"rural": False}}


def anew(award: Award | None = None, *, post: str = claims.BUREAU_DESK, at: Any = LATER, **what: Any) -> Amendment:
    """A year proposed to be determined anew; by default this year, with another registration."""
    told = {"year": 2026, "facts": NOT_RURAL, "reasons": REASONS} | what
    return amending.determine(award=(award or money.awarded()).pk, **told, **said(post, at))


def ended(
    award: Award | None = None,
    ending: str = "move",
    *,
    on: date = money.DAY,
    post: str = claims.BUREAU_DESK,
    at: Any = LATER,
) -> Amendment:
    """Proposed to be ended."""
    told = {"ending": ending, "on": on, "reasons": "迁往外县。"}
    return amending.end(award=(award or money.awarded()).pk, **told, **said(post, at))


def restored(award: Award, *, post: str = claims.BUREAU_DESK, at: Any = LATER) -> Amendment:
    """Proposed to go on, as it was ended by mistake."""
    return amending.restore(award=award.pk, reasons="死亡登记的是另一个人，现予更正。", **said(post, at))


def confirmed(found: Amendment, *, post: str = claims.BUREAU_HEAD, at: Any = LATER) -> Amendment:
    return amending.confirm(amendment=found.pk, **said(post, at))


def dropped(found: Amendment, *, post: str = claims.BUREAU_HEAD, at: Any = LATER) -> Amendment:
    return amending.drop(amendment=found.pk, **said(post, at))


def again(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)
