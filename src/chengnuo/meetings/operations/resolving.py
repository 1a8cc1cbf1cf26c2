"""What a meeting decides, and what the office that it asked answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.meetings import queries
from chengnuo.meetings.internal.words import shown
from chengnuo.meetings.lifecycle import MEETING, RESOLUTION
from chengnuo.meetings.models import Meeting, Resolution
from chengnuo.people import queries as people
from chengnuo.policies.clauses import check

LONGEST = timedelta(days=360)


class MoreVotesThanPeople(Refused):
    code = "more-votes-than-people"
    sentence = N_("More votes were counted than people were there.")
    remedy = N_("Count the hands again. Whoever did not vote is counted as abstaining, or not at all.")


class NoSuchDay(Refused):
    code = "no-such-day"
    sentence = N_("An answer is asked for by a day after the meeting, and within a year.")
    remedy = N_("Choose another day.")


class NobodyToAsk(Refused):
    code = "nobody-to-ask"
    sentence = N_("Whoever is asked something is asked by a day, and a day is for somebody.")
    remedy = N_("Choose an office and a day, or neither.")


def resolve(
    *,
    meeting: UUID,
    words: str,
    ayes: int,
    noes: int,
    abstentions: int,
    office: UUID | None = None,
    answer_by: date | None = None,
    by: Actor,
    at: datetime,
    key: UUID,
) -> Resolution:
    """Enters what was decided, with the votes; of whom it asks something, and by which day.

    What the law forbids stands in the minutes, where it was decided, and is of no use to anybody.

    Raises MoreVotesThanPeople, NoSuchDay, NobodyToAsk, MoveRefused before the meeting and after its minutes are closed.
    """
    said = {"meeting": meeting, "words": words, "ayes": ayes, "noes": noes, "abstentions": abstentions}
    said |= {"office": office, "answer_by": answer_by}
    with act("resolution.resolve/1", by=by, at=at, key=key, said=said) as a:
        # whoever was there has their days for this decision too
        found = a.move(a.take(Meeting, meeting, action="meeting.decide"), MEETING.decide, drafted_at=at)
        if min(ayes, noes, abstentions) < 0 or ayes + noes + abstentions > queries.voters_of(found):
            raise MoreVotesThanPeople
        decided = Resolution(
            meeting=found,
            order=found.resolutions.count() + 1,
            words=shown(words),
            unlawful=next((each.pattern.key for each in check(words)), ""),
            ayes=ayes,
            noes=noes,
            abstentions=abstentions,
            answer_by=answer_by,
            **_asked(found, office, answer_by),
        )
        return a.make(decided, RESOLUTION.resolve)


def answer(*, resolution: UUID, reply: str, by: Actor, at: datetime, key: UUID) -> Resolution:
    """The office's reply, for everybody to read, and read out at the next meeting. Raises NotForTheRecord, NotForThePublic."""
    with act("resolution.answer/1", by=by, at=at, key=key, said={"resolution": resolution, "reply": reply}) as a:
        found = a.take(Resolution, resolution)
        return a.move(found, RESOLUTION.answer, reply=shown(reply), answered_at=at)


def _asked(meeting: Meeting, office: UUID | None, answer_by: date | None) -> dict[str, object]:
    """Where the office sits that is asked, and whose counter receives it; nothing where nobody is."""
    if (office is None) != (answer_by is None):
        raise NobodyToAsk
    if office is None or answer_by is None:
        return {}
    held = local_date(meeting.begins_at)
    if not held < answer_by <= held + LONGEST:
        raise NoSuchDay
    counter = people.counter_of(office)
    if counter is None:
        raise NotHere
    return {"holder": counter, **people.seat(counter.office).columns}
