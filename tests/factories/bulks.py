"""Many claims decided at once, as far as a test wants it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from chengnuo.benefits.models import Bulk
from chengnuo.benefits.operations import bulk
from tests.factories import county
from tests.factories.claims import BUREAU_DESK, BUREAU_HEAD


def told(post: str, at: datetime) -> dict[str, Any]:
    return {"by": county.officer(post, at=at), "at": at}


def drawn(*, at: datetime, post: str = BUREAU_DESK, programme: str = "rural-incentive") -> Bulk:
    return bulk.draw(sort="grant", programme=programme, year=2026, **told(post, at), key=uuid4())


def opened(found: Bulk, *, at: datetime) -> Bulk:
    """The whole sample was looked at."""
    for item in found.items.filter(is_sample=True):
        bulk.open_one(item=item.pk, **told(BUREAU_DESK, at))
    return found


def proposed(found: Bulk, *, at: datetime) -> Bulk:
    return bulk.propose(bulk=found.pk, **told(BUREAU_DESK, at), key=uuid4())


def confirmed(found: Bulk, *, at: datetime) -> Bulk:
    return bulk.confirm(bulk=found.pk, **told(BUREAU_HEAD, at), key=uuid4())


def on(found: Bulk, *, at: datetime, post: str = BUREAU_HEAD) -> Bulk:
    return bulk.go_on(bulk=found.pk, **told(post, at), key=uuid4())
