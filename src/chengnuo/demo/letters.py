"""Finding and telling in the demo: two finders that were assessed first, and what has become of their letters since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chengnuo.demo import said
from chengnuo.demo.cast import Cast
from chengnuo.demo.county import key_of
from chengnuo.demo.hours import Days
from chengnuo.demo.neighbours import VILLAGES, Neighbour, ordinary, the_retired
from chengnuo.demo.register import Register, person
from chengnuo.demo.stage import Stage, Story
from chengnuo.demo.support import BUREAU, Support
from chengnuo.demo.year import HOME, villages_of
from chengnuo.foundation.actor import Actor, visitor
from chengnuo.outreach import queries
from chengnuo.outreach.models import Letter, Outcome
from chengnuo.outreach.operations import assessing, handing, refusing, running

OLD, GROWN = "at-sixty", "at-forty-nine"  # the village brings the letters of the one, the county those of the other
GOOD_UNTIL = date(2028, 12, 31)
AT_NIGHT = 18  # of UTC: the second hour of the county's next day
# what became of whose letter, by the number of the ordinary neighbour; of the others nothing yet
FIRST_ROUND = {21: Outcome.POSTED, 24: Outcome.NOT_FOUND, 1: Outcome.POSTED, 8: Outcome.POSTED}
SECOND_ROUND = {0: Outcome.GIVEN, 42: Outcome.GONE, 45: Outcome.NO_CONTACT, 15: Outcome.NO_CONTACT, 36: Outcome.GIVEN}
THIRD_ROUND = {22: Outcome.NOT_FOUND, 43: Outcome.GONE}
CARRIED, SILENT = (
    29,
    9,
)  # is taken along by the county; said at a counter that they want no letters, before there was one


@dataclass
class Letters(Support):
    """What the county begins, and what the first village and the county do with the letters that come of it."""

    def told(self) -> Story:
        """In the order of the days; half of the letters still lie there to be printed."""
        yield self.office(3)
        drafts = [
            assessing.draft(finder=finder, **parts, valid_until=GOOD_UNTIL, **self.by(self.desk(BUREAU)))
            for finder, parts in said.ASSESSED.items()
        ]
        yield self.office(1)
        for draft in drafts:
            assessing.sign(assessment=draft.pk, **self.by(self.head(BUREAU)))
            running.begin(finder=draft.finder, **self.by(self.head(BUREAU)))
        refusing.at_counter(identity=ordinary()[SILENT].number, **self.by(self._counter()))
        yield self._night()
        running.go_on(at=self.at)
        yield from self._brought()
        yield self._night()
        running.drop_gone(at=self.at)

    def _brought(self) -> Story:
        """Some are handed over, posted, or bring nobody to the door; some lie in a bag; one says no with the code of the paper."""
        everybody, retired = ordinary(), the_retired()
        for round_, workdays in ((FIRST_ROUND, 1), (SECOND_ROUND, 1), (THIRD_ROUND, 2)):
            yield self.office(workdays)
            for number, outcome in round_.items():
                letter, holder = self._of(everybody[number])
                handing.record(letter=letter.pk, outcome=outcome, **self.by(holder))
        for each in (retired[1], everybody[CARRIED]):
            letter, holder = self._of(each)
            handing.carry(letter=letter.pk, **self.by(holder))
        letter, holder = self._of(retired[2])
        handing.carry(letter=letter.pk, **self.by(holder))
        code = queries.recipient(holder, letter).code
        yield self.office(1)
        refusing.by_code(code=code, **self.by(visitor()))

    def _of(self, each: Neighbour) -> tuple[Letter, Actor]:
        """The letter to somebody, and in whose hands it is."""
        letter = Letter.objects.get(person=person(each))
        return letter, self.cast.desks[letter.office_id]

    def _counter(self) -> Actor:
        return self.cast.desks[self.cast.at_place[self.village.pk]]

    def _night(self) -> datetime:
        self.at = self.at.replace(hour=AT_NIGHT, minute=0)
        return self.at

    def key(self, step: int) -> UUID:
        return key_of("letters", self.village.order, step)


def registered(played: Stage, cast: Cast, days: Days, *, begins: datetime) -> None:
    """Puts the register and its letters on the stage, in the first villages of the town in which most of the stories play."""
    villages = villages_of(cast, HOME)[:VILLAGES]
    played.add(Register(cast, days, villages[0], begins, villages=villages).taken_in())
    played.add(Letters(cast, days, villages[0], begins).told())
