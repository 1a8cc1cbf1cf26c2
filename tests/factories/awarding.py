"""An award ended, or determined for a year, as reviews, renewals and amendments do it inside their own acts: for tests of what follows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from chengnuo.benefits.models import Award, Due
from chengnuo.benefits.operations import awards
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act

# by which others hear of it
SCHEMA = "amendment.confirm/1"


def determine(*, award: UUID, year: int, facts: Any, by: Actor, at: datetime, key: UUID) -> Due:
    with act(SCHEMA, by=by, at=at, key=key, said={"award": award, "year": year, "facts": facts}) as a:
        return awards.determined(a, a.take(Award, award, action="award.determine"), year=year, facts=facts)


def end(*, award: UUID, ending: str, on: date, by: Actor, at: datetime, key: UUID) -> Award:
    with act(SCHEMA, by=by, at=at, key=key, said={"award": award, "ending": ending, "on": on}) as a:
        return awards.ended(a, a.take(Award, award, action="award.end"), ending=ending, on=on)
