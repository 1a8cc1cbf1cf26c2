"""Calling a meeting, changing the call, calling it off. Whoever calls says how many there are of each measure: the roll, as counts."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chengnuo.core.ids import LETTERS
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.plain import plain
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.meetings import queries
from chengnuo.meetings.internal.words import shown
from chengnuo.meetings.lifecycle import MEETING
from chengnuo.meetings.models import AgendaItem, Meeting
from chengnuo.people import queries as people
from chengnuo.people.models import Post
from chengnuo.policies.meetings import MeetingKind, meetings

NUMBER, LONGEST = 12, 200
A_YEAR = timedelta(days=366)


class NothingToDiscuss(Refused):
    code = "nothing-to-discuss"
    sentence = N_("A meeting is called for something. Its agenda is empty.")
    remedy = N_("Write at least one line: what is to be discussed or decided.")
    law = "Organic Law of Villagers' Committees, art. 21"


class RollUnfit(Refused):
    code = "roll-unfit"
    sentence = N_("These counts cannot be: a part is larger than its whole, or nobody is on the roll.")
    remedy = N_("Count again on the paper roll, and correct the numbers.")


class OtherPeople(Refused):
    code = "other-people"
    sentence = N_("The people of your village or community do not meet so by law.")
    remedy = N_("Choose a kind of meeting that your list offers.")


class TooLong(Refused):
    code = "too-long"
    sentence = N_("A line of the agenda is too long.")
    remedy = N_("Write each matter on a line of its own, in 200 characters at most.")


class Bygone(Refused):
    code = "bygone"
    sentence = N_("This day has passed, or is more than a year away. A meeting is called for a day to come.")
    remedy = N_("Choose another day.")


def call(
    *,
    sort: str,
    begins_at: datetime,
    where: str,
    agenda: Sequence[str],
    roll: Mapping[str, int],
    demanded_by: str = "",
    demanded: int = 0,
    group: str = "",
    by: Actor,
    at: datetime,
    key: UUID,
) -> Meeting:
    """Calls a meeting of a kind (a key of `policies/meetings.yaml`) at the caller's own office. `roll`: how many there are of each of
    its measures. `demanded_by`, `demanded`: which measure asked for it, and how many of it. `group`: which of the village's groups meets.

    Raises NothingToDiscuss, TooLong, RollUnfit, Bygone, OtherPeople, NotForTheRecord, NotForThePublic; NotHere where the caller stands at no office.
    """
    said = {"sort": sort, "begins_at": begins_at, "where": where, "agenda": list(agenda), "roll": dict(roll)}
    said |= {"demanded_by": demanded_by, "demanded": demanded, "group": group}
    with act("meeting.call/1", by=by, at=at, key=key, said=said) as a:
        a.permit()
        lines, kind = _lines(agenda), meetings().kinds[sort]
        _to_come(begins_at, at)
        _count(kind, roll, demanded_by, demanded)
        seat = _seat(by)
        if kind.key not in queries.kinds_of(seat["village_id"], on=local_date(at)):
            raise OtherPeople
        begun = Meeting(
            sort=kind.key,
            number="".join(secrets.choice(LETTERS) for _ in range(NUMBER)),
            called_at=at,
            begins_at=begins_at,
            where=shown(where),
            group=plain(group),
            demanded_by=demanded_by,
            demanded=demanded,
            roll=dict(roll),
            **seat,
        )
        made = a.make(begun, MEETING.call)
        AgendaItem.objects.bulk_create(
            AgendaItem(meeting=made, order=order, words=words) for order, words in enumerate(lines, 1)
        )
        return made


def change(*, meeting: UUID, begins_at: datetime, where: str, by: Actor, at: datetime, key: UUID) -> Meeting:
    """Another day or place. It is a new call: the days of notice count from now on. Raises Bygone."""
    said = {"meeting": meeting, "begins_at": begins_at, "where": where}
    with act("meeting.change/1", by=by, at=at, key=key, said=said) as a:
        found = a.take(Meeting, meeting)
        _to_come(begins_at, at)
        return a.move(found, MEETING.change, begins_at=begins_at, where=shown(where), called_at=at)


def call_off(*, meeting: UUID, by: Actor, at: datetime, key: UUID) -> Meeting:
    with act("meeting.call_off/1", by=by, at=at, key=key, said={"meeting": meeting}) as a:
        return a.move(a.take(Meeting, meeting), MEETING.call_off)


def _lines(agenda: Sequence[str]) -> list[str]:
    lines = [shown(line) for line in agenda if line.strip()]
    if not lines:
        raise NothingToDiscuss
    if any(len(line) > LONGEST for line in lines):
        raise TooLong
    return lines


def _to_come(begins_at: datetime, at: datetime) -> None:
    if not at < begins_at <= at + A_YEAR:
        raise Bygone


def _count(kind: MeetingKind, roll: Mapping[str, int], demanded_by: str, demanded: int) -> None:
    if set(roll) != set(kind.counts) or min(roll.values()) < 0 or not max(roll[measure] for measure in kind.quorum):
        raise RollUnfit
    if any(roll[part] > roll[kind.quorum[0]] for part in kind.composition):
        raise RollUnfit
    if demanded_by and (demanded_by not in kind.demand or not 0 < demanded <= roll[demanded_by]):
        raise RollUnfit
    if demanded and not demanded_by:
        raise RollUnfit


def _seat(by: Actor) -> dict[str, Any]:
    """The office that calls, and its counter, in whose hands the meeting is."""
    found = Post.objects.select_related("office__place", "office__above__above")
    desk = found.filter(pk__in=[people.desk_of(by)]).first()
    if desk is None:
        raise NotHere
    holder = people.counter_of(desk.office_id) or desk
    return {"holder": holder, **people.seat(desk.office).columns}
