"""Letters in memory, with the number and the code by which each is found. The code stands in no table: it is derived from the letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chengnuo.core.instants import local_date
from chengnuo.foundation.ids import random_id
from chengnuo.foundation.receipts import new_number
from chengnuo.foundation.seals import blind_index
from chengnuo.outreach.internal.digests import of_award
from chengnuo.outreach.internal.finding import Meant, Room
from chengnuo.outreach.models import FinderRun, Letter
from chengnuo.policies.finders import COUNTY

DIGITS = 12


def code_of(letter: UUID) -> str:
    """The digits on a letter with which its person says: no more."""
    return str(int.from_bytes(blind_index("outreach.code", str(letter))) % 10**DIGITS).zfill(DIGITS)


def code_index(code: str) -> bytes:
    """Under which index the letter with this code is stored."""
    return blind_index("outreach.code.index", code)


def letters(run: FinderRun, chosen: Sequence[Meant], room: Room, at: datetime) -> list[Letter]:
    """One for each, in the hands of its contact."""
    return [made for each in chosen if (made := _letter(run, each, room, at)) is not None]


def _letter(run: FinderRun, each: Meant, room: Room, at: datetime) -> Letter | None:
    post, pk = room.contact(each.village), random_id()
    if post is None:
        return None
    return Letter(
        pk=pk,
        run=run,
        finder=run.finder,
        person=each.person,
        award_id=each.award,
        identity_index=each.index,
        award_index=of_award(run.finder, each.award) if each.award else None,
        whom=each.whom.hex(),
        number=new_number(),
        code_index=code_index(code_of(pk)),
        home_id=each.township,
        holder=post,
        is_guarded=room.row.sent_by == COUNTY,
        made_on=local_date(at),
        **room.seat(post).columns,
    )
