"""The worker's chores: what follows from time alone. Each is safe to do twice, and none is needed for the truth of a page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import SystemRandom
from uuid import NAMESPACE_URL, uuid5

from chengnuo.benefits.operations import noticing
from chengnuo.cases import queries as cases
from chengnuo.cases.operations.answer import lapse
from chengnuo.cases.operations.retention import forget_old
from chengnuo.channels.operations import digests, queueing, reporting, sending, writing
from chengnuo.config import sweeping
from chengnuo.core.instants import local_date
from chengnuo.foundation import outbox, space
from chengnuo.foundation.actor import system
from chengnuo.foundation.log import heads, sequencer
from chengnuo.foundation.models import ClockMark
from chengnuo.foundation.space import Brake
from chengnuo.imports.operations import ending as table_ending
from chengnuo.imports.operations import onward
from chengnuo.keeping import drill
from chengnuo.meetings.operations import ending as meeting_ending
from chengnuo.notices.operations import ending as notice_ending
from chengnuo.openness.operations import sheets
from chengnuo.outreach.operations import covering, reminding, running
from chengnuo.payments.operations import batches, funds
from chengnuo.people.models import Cell
from chengnuo.promises.operations.escalation import escalate_due
from chengnuo.promises.operations.releases import freeze_due, owe_due
from chengnuo.registers.operations import checking
from chengnuo.registers.operations import sweeping as register_sweeping
from chengnuo.reviews.operations import opening, owing, passing, renewing

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


def let_letters_go(now: datetime) -> int:
    """Lets go the closed letters that nobody can be sent any more."""
    return writing.let_go_due(at=now)


def end_meetings(now: datetime) -> int:
    """Lets go of what closed offices were asked by meetings, and erases old lists of attendance."""
    return meeting_ending.end_due(at=now)


def end_notices(now: datetime) -> int:
    """Ends the notices whose days are over, and throws away what proved that the old ones hung."""
    return notice_ending.end_due(at=now) + notice_ending.forget_old(at=now)


def go_on_after_notices(now: datetime) -> int:
    """Lets claims go on whose notice is over, or whose list stayed too small for as long as a claim may wait."""
    return noticing.settle_all(at=now)


def go_on_paying(now: datetime) -> int:
    """Goes on with payment batches that were begun: 200 payees a step, a few steps a round."""
    return batches.go_on(at=now, steps=A_FEW)


def owe_reviews(now: datetime) -> int:
    """Opens what is owed where a yearly review is due, and ends it where its year is over or no award is left."""
    return owing.end_due(at=now) + owing.owe_due(at=now)


def go_on_reviewing(now: datetime) -> int:
    """Asks about the next awards, does what follows from time, and goes on with renewals that were confirmed; a few steps a round."""
    done = opening.go_on(at=now, steps=A_FEW) + passing.pass_on(at=now)
    return done + renewing.go_on(at=now, steps=A_FEW)


def look_ahead(now: datetime) -> int:
    """Warns of money that will be missing before it is due."""
    return funds.look_ahead(at=now)


def reach_out(now: datetime) -> int:
    """Makes the night's letters, lets go of those whose people are gone, forgets what old codes lead to, and opens and settles reminders."""
    made = running.drop_gone(at=now) + running.go_on(at=now) + running.forget_codes(at=now)
    return made + reminding.settle_due(at=now) + reminding.owe_due(at=now)


def freeze_coverage(now: datetime) -> int:
    """Counts, once, how far people were reached in a quarter that is over."""
    return covering.freeze_due(at=now)


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


def take_in_tables(now: datetime) -> int:
    """Rehearses tables, puts them in and takes them back, a chunk after another."""
    return onward.go_on(at=now, limit=A_FEW)


def end_old_tables(now: datetime) -> int:
    """Erases tables that nobody decided about, or that can be undone no more."""
    return table_ending.end_old(at=now, limit=CHUNK)


def check_records(now: datetime) -> int:
    """Looks for what does not fit in the records, and throws away what the register needs no longer."""
    return checking.check_all(at=now) + register_sweeping.throw_away(at=now, limit=CHUNK)


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


REST = timedelta(hours=1)


@dataclass
class Nightly:
    """A chore that is done once a day: on the first round of each day, and again where the worker was started anew.

    One that failed rests for an hour: it would else take up every round, and fail again.
    """

    does: Callable[[datetime], int]
    done_on: date | None = None
    failed_at: datetime | None = None

    def __call__(self, now: datetime) -> int:
        today = local_date(now)
        if self.done_on == today or (self.failed_at and abs(now - self.failed_at) < REST):
            return 0
        self.failed_at = now
        found = self.does(now)
        self.done_on, self.failed_at = today, None
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
    Chore("let letters go", Nightly(let_letters_go), waits=True),
    Chore("end meetings", Nightly(end_meetings), waits=True),
    Chore("end notices", Nightly(end_notices), waits=True),
    Chore("go on after notices", Nightly(go_on_after_notices), waits=True),
    Chore("look ahead", Nightly(look_ahead), waits=True),
    Chore("reach out", Nightly(reach_out), waits=True, brake=Brake.BATCHES),
    Chore("freeze coverage", Nightly(freeze_coverage), waits=True, brake=Brake.BATCHES),
    Chore("escalate", escalate, waits=True),
    Chore("close what is silent", close_silent, waits=True),
    Chore("freeze figures", freeze_figures, waits=True, brake=Brake.BATCHES),
    Chore("forget", Nightly(forget), waits=True),
    Chore("drain the outbox", drain),
    Chore("go on paying", go_on_paying, waits=True, brake=Brake.BATCHES),
    Chore("owe reviews", Nightly(owe_reviews), waits=True),
    Chore("go on reviewing", go_on_reviewing, waits=True, brake=Brake.BATCHES),
    Chore("remind families", remind_families, waits=True),
    Chore("send messages", send_messages, waits=True),
    Chore("ask about messages", ask_about_messages, waits=True),
    Chore("send digests", send_digests, waits=True),
    Chore("take in tables", take_in_tables, waits=True, brake=Brake.BATCHES),
    Chore("end old tables", Nightly(end_old_tables), waits=True),
    Chore("check records", Nightly(check_records), waits=True, brake=Brake.BATCHES),
    Chore("number the log", number_the_log),
    Chore("sign heads", sign_heads),
    Chore("back up and try it", drill.nightly, waits=True, brake=Brake.BATCHES),
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
