"""The worker's chores: what follows from time alone. Each is safe to do twice, and none is needed for the truth of a page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import SystemRandom
from uuid import NAMESPACE_URL, uuid5

from chengnuo.cases import queries as cases
from chengnuo.cases.operations.answer import lapse
from chengnuo.cases.operations.retention import forget_old
from chengnuo.channels.operations import digests, queueing, reporting, sending
from chengnuo.config import sweeping
from chengnuo.core.instants import local_date
from chengnuo.foundation import outbox, space
from chengnuo.foundation.actor import system
from chengnuo.foundation.log import heads, sequencer
from chengnuo.foundation.models import ClockMark
from chengnuo.foundation.space import Brake
from chengnuo.keeping import drill
from chengnuo.openness.operations import sheets
from chengnuo.people.models import Cell
from chengnuo.promises.operations.escalation import escalate_due
from chengnuo.promises.operations.releases import freeze_due, owe_due

logger = logging.getLogger("chengnuo.worker")

NAME = "worker"


def escalate(now: datetime) -> int:
    """Tells the next level of what is late."""
    return escalate_due(at=now)


def close_silent(now: datetime) -> int:
    """Counts silence as silence where the time for an answer has run out."""
    silent = cases.waiting_for_a_word(now, limit=CHUNK)
    if not silent:
        return 0
    key = uuid5(NAMESPACE_URL, "lapse " + " ".join(map(str, silent)))
    return lapse(cases=silent, by=system(), at=now, key=key)


def owe_figures(now: datetime) -> int:
    """Opens what is owed to the public for every period that is over, so that figures that do not come are seen to be late."""
    return owe_due(at=now)


def freeze_figures(now: datetime) -> int:
    """Publishes the figures of what is finished."""
    return freeze_due(at=now)


def keep_boards(now: datetime) -> int:
    """Ends the board sheets of a quarter that is over, and opens those of the one that runs now."""
    return sheets.end_due(at=now) + sheets.owe_due(at=now)


def drain(now: datetime) -> int:
    """Does what acts have left to be done."""
    return outbox.drain(now, NAME).tried


def remind_families(now: datetime) -> int:
    """Reminds families whose own time to answer ends soon."""
    return queueing.remind(at=now, limit=CHUNK)


def send_messages(now: datetime) -> int:
    """Sends what waits for a telephone."""
    return sending.send_due(at=now, limit=A_FEW)


def ask_about_messages(now: datetime) -> int:
    """Asks what became of the messages of the last two days."""
    return reporting.ask_due(at=now, limit=A_FEW)


def send_digests(now: datetime) -> int:
    """Sends officers the morning's e-mail, where they wish it."""
    return digests.send_due(at=now, limit=A_FEW)


def number_the_log(now: datetime) -> int:
    """Gives every entry that waits its number, in chunks, so that nobody waits long for the writer."""
    numbered = 0
    while found := sequencer.sequence(now, shuffle=SystemRandom().shuffle, limit=CHUNK):
        numbered += found
    return numbered


def forget(now: datetime) -> int:
    """Empties cases that ended longer ago than anybody's words are kept; few at a time, for every word is sealed by itself."""
    forgotten = 0
    while found := forget_old(at=now, limit=A_FEW):
        forgotten += found
    return forgotten


def sign_heads(now: datetime) -> int:
    """Signs the log's head once an hour while it grows."""
    return int(heads.publish(now) is not None)


def back_up_and_try(now: datetime) -> int:
    """Makes the night's backup and puts it back somewhere to see whether it could be; where a folder for it is named."""
    return drill.nightly(now)


@dataclass
class Nightly:
    """A chore that is done once a day: on the first round of each day, and again where the worker was started anew."""

    does: Callable[[datetime], int]
    done_on: date | None = None

    def __call__(self, now: datetime) -> int:
        today = local_date(now)
        if self.done_on == today:
            return 0
        found = self.does(now)
        self.done_on = today
        return found


@dataclass(frozen=True)
class Chore:
    """`waits` while the demo's year is being filled in: its stories are still happening in their own past.

    `brake` says at which lack of room it stops; None: it makes room.
    """

    name: str
    does: Callable[[datetime], int]
    waits: bool = False
    brake: Brake | None = Brake.WRITES


_stopped: set[str] = set()
NOTED_EVERY = timedelta(seconds=30)
CHUNK = 100  # rows of one transaction: nobody waits longer than a quarter of a second for the writer
A_FEW = 20
CHORES = (
    Chore("owe figures", owe_figures, waits=True),
    Chore("keep boards", Nightly(keep_boards), waits=True),
    Chore("escalate", escalate, waits=True),
    Chore("close what is silent", close_silent, waits=True),
    Chore("freeze figures", freeze_figures, waits=True, brake=Brake.BATCHES),
    Chore("forget", Nightly(forget), waits=True),
    Chore("drain the outbox", drain),
    Chore("remind families", remind_families, waits=True),
    Chore("send messages", send_messages, waits=True),
    Chore("ask about messages", ask_about_messages, waits=True),
    Chore("send digests", send_digests, waits=True),
    Chore("number the log", number_the_log),
    Chore("sign heads", sign_heads),
    Chore("back up and try it", back_up_and_try, waits=True, brake=Brake.BATCHES),
    Chore("sweep", Nightly(sweeping.sweep), waits=True, brake=None),
)


def round_of_chores(now: datetime, chores: tuple[Chore, ...] = CHORES) -> int:
    """Every chore once; one that fails is logged and does not keep the others from their work. Returns how much was done."""
    done, filling = 0, None
    for chore in chores:
        try:
            filling = year_is_being_filled() if filling is None else filling
            if not (chore.waits and filling) and _has_room(chore):
                done += chore.does(now)
        except Exception:
            logger.exception("the chore %r failed; it is tried again in the next round", chore.name)
    return done


def note_round(now: datetime) -> None:
    """Writes down that a round has ended, twice a minute at most: the doctor and watching machines ask when it was."""
    mark = ClockMark.objects.filter(pk=ClockMark.ONLY).first()
    if mark and (mark.worked_at is None or abs(now - mark.worked_at) >= NOTED_EVERY):
        ClockMark.objects.filter(pk=ClockMark.ONLY).update(worked_at=now)


def _has_room(chore: Chore) -> bool:
    """Said once when it stops and once when it goes on: a line each round would fill what is left of the disk."""
    has_room = chore.brake is None or space.allows(chore.brake)
    if has_room == (chore.name in _stopped):
        logger.error("the chore %r %s", chore.name, "goes on" if has_room else "stops: the disk is nearly full")
        _stopped.symmetric_difference_update({chore.name})
    return has_room


def year_is_being_filled() -> bool:
    """Whether the demo still lives through the year before its date."""
    return Cell.objects.filter(demo=True, demo_year_at=None).exists()
