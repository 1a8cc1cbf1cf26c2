"""Meetings in the demo: representatives who met, asked an office and were answered, and an assembly that is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chengnuo.demo import said
from chengnuo.demo.cast import Cast
from chengnuo.demo.county import key_of
from chengnuo.demo.hours import Days
from chengnuo.demo.stage import Stage, Story
from chengnuo.demo.support import BUREAU, Support
from chengnuo.demo.year import HOME, villages_of
from chengnuo.foundation.actor import Actor, visitor
from chengnuo.meetings.models import Meeting
from chengnuo.meetings.operations import calling, holding, minuting, resolving
from chengnuo.meetings.queries import word_of

MEMBERS = {"members": 45, "representatives": 38, "women": 16}
PEOPLE = {"adults": 812, "households": 301, "representatives": 38}
CAME, FOR, AGAINST = 37, 33, 2
EVENING = 11  # of UTC: seven in the evening in the county
DAY = timedelta(days=1)


@dataclass
class Meetings(Support):
    """What one committee calls, and what becomes of it."""

    def met(self) -> Story:
        """In the order of the days: a meeting to its end, and the call of the next."""
        yield self.office(1)
        meeting = self._called("village-representatives", MEMBERS, days=6)
        self.at = meeting.begins_at + DAY / 12
        yield self.at
        holding.hold(meeting=meeting.pk, present={"members": CAME}, **self.by(self._committee()))
        bureau = self.desk(BUREAU)
        asked = resolving.resolve(
            meeting=meeting.pk,
            words=said.ASKED_AT_MEETING,
            ayes=FOR,
            noes=AGAINST,
            abstentions=CAME - FOR - AGAINST,
            office=bureau.hats[0].office,
            answer_by=(self.at + 20 * DAY).date(),
            **self.by(self._committee()),
        )
        minuting.draft(meeting=meeting.pk, minutes=said.MINUTES, **self.by(self._committee()))
        yield self.office(1)
        yield from self._corrected(meeting)
        yield self.office(4)
        minuting.close(meeting=meeting.pk, **self.by(self._committee()))
        minuting.put_up(meeting=meeting.pk, **self.by(self._committee()))
        yield self.office(5)
        resolving.answer(resolution=asked.pk, reply=said.ANSWERED_TO_MEETING, **self.by(bureau))
        yield self.office(3)
        self._called("villagers-assembly", PEOPLE, days=24)

    def _corrected(self, meeting: Meeting) -> Story:
        """Somebody who was there asks for a correction, and the committee takes it up."""
        told: dict[str, Any] = {"word": word_of(meeting), "line": 12, "words": said.CORRECTION}
        asked = minuting.correct(meeting=meeting.pk, **told, **self.by(visitor()))
        yield self.office(1)
        answer: dict[str, Any] = {"correction": asked.pk, "is_taken_up": True, "reply": ""}
        minuting.answer_correction(**answer, **self.by(self._committee()))

    def _called(self, sort: str, roll: dict[str, int], *, days: int) -> Meeting:
        begins: datetime = (self.at + days * DAY).replace(hour=EVENING, minute=0)
        told: dict[str, Any] = {"where": said.HALL, "agenda": said.AGENDA[sort], "roll": roll}
        return calling.call(sort=sort, begins_at=begins, **told, **self.by(self._committee()))

    def _committee(self) -> Actor:
        return self.cast.desks[self.cast.at_place[self.village.pk]]

    def key(self, step: int) -> UUID:
        return key_of("meetings", self.village.order, step)


def governed(played: Stage, cast: Cast, days: Days, *, begins: datetime) -> None:
    """Puts the meetings on the stage, in the first village of the town in which most of the stories play."""
    played.add(Meetings(cast, days, villages_of(cast, HOME)[0], begins).met())
