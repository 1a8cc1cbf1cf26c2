"""A finder begins once an assessment of it is on file; from then on each night makes the letters that contacts have room for."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4, uuid5

from django.db.models import F

from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import act
from chengnuo.foundation.refused import AlreadyReceived, NotHere, Refused
from chengnuo.outreach.internal.finding import Meant, Room, gone, meant
from chengnuo.outreach.internal.writing import letters
from chengnuo.outreach.lifecycle import LETTER, OPEN_LETTERS, RUN, RUNNING
from chengnuo.outreach.models import FinderRun, Letter
from chengnuo.outreach.operations.assessing import finder_of
from chengnuo.outreach.queries import assessment_in_force
from chengnuo.people import queries as people
from chengnuo.policies.finders import finders
from chengnuo.policies.loader import parameters

AT_A_TIME = 100  # letters of one transaction: nobody waits longer than a quarter of a second for the writer


class NotAssessed(Refused):
    code = "not-assessed"
    sentence = N_("No assessment of this finder is signed and in force.")
    remedy = N_("Write one, and have somebody else sign it. Until then nobody is written to.")
    law = "个人信息保护法第55条、第56条"


class RunsAlready(Refused):
    code = "runs-already"
    sentence = N_("This finder runs already.")
    remedy = N_("Stop it first, if it is to begin anew.")


def begin(*, finder: str, by: Actor, at: datetime, key: UUID) -> FinderRun:
    """From tonight on its letters are made. Raises NotHere, NotAssessed, RunsAlready."""
    with act("finder_run.begin/1", by=by, at=at, key=key, said={"finder": finder}) as a:
        row, assessment = finder_of(finder, at), assessment_in_force(finder, on=local_date(at))
        office = people.open_office(row.office)
        if office is None:
            raise NotHere
        if assessment is None:
            raise NotAssessed
        if FinderRun.objects.filter(finder=finder, status=RUNNING).exists():
            raise RunsAlready
        return a.make(FinderRun(finder=finder, assessment=assessment, office=office, begun_at=at), RUN.begin)


def stop(*, run: UUID, by: Actor, at: datetime, key: UUID) -> FinderRun:
    """No new letters. Those that are made already are handed over."""
    with act("finder_run.stop/1", by=by, at=at, key=key, said={"run": run}) as a:
        return a.move(a.take(FinderRun, run), RUN.stop, stopped_at=at)


def go_on(*, at: datetime) -> int:
    """The night's letters of every finder that runs and whose assessment holds; returns how many were made."""
    rows = finders().on(local_date(at))
    made = 0
    for run in FinderRun.objects.filter(status=RUNNING).order_by("begun_at", "pk"):
        row = rows.get(run.finder)
        if row is not None and assessment_in_force(run.finder, on=local_date(at)):
            room = Room(row)
            chosen = room.seats(meant(row, local_date(at), room), local_date(at))
            # whoever was dropped, or wants letters again, is written to anew, be it alone as the first time
            dropped = Letter.objects.filter(run=run, identity_index=F("code_index")).count()
            parts = [chosen[start : start + AT_A_TIME] for start in range(0, len(chosen), AT_A_TIME)]
            made += sum(_make(run, part, room, at, dropped) for part in parts)
    return made


def drop_gone(*, at: datetime) -> int:
    """Letters for people who have died or moved since, or whose award has ended, are not handed over any more. Who moved within the county
    gets one from the contact there.
    """
    dropped = 0
    while found := gone(AT_A_TIME):
        _drop(found, at)
        dropped += len(found)
    return dropped


def forget_codes(*, at: datetime) -> int:
    """What leads from the code of a letter to its person, some time after it has ended; the counter takes a no for ever."""
    on = local_date(at)
    over = on - timedelta(days=parameters().whole("outreach.code_holds", on))
    return Letter.objects.filter(ended_on__lt=over, whom__isnull=False).update(whom=None)


def stop_all(at: datetime) -> None:
    """After a restore: what lay in the copy may have been handed over since, and who said no since then is not known any more. The county
    begins anew when it has asked its counters.
    """
    for run in FinderRun.objects.filter(status=RUNNING):
        stop(run=run.pk, by=system(), at=at, key=uuid4())
    while found := list(Letter.objects.filter(status__in=OPEN_LETTERS).order_by("pk")[:AT_A_TIME]):
        _drop(found, at)


def _drop(found: Sequence[Letter], at: datetime) -> None:
    """They were not told: the mark by which nobody gets a letter twice is taken off, and whoever comes back is told then. Who was carried one
    may still say no with its code.
    """
    with act("letter.drop/1", by=system(), at=at, key=_key(found[0].pk, found), said={}) as a:
        on = local_date(at)
        held = list(a.allowed(Letter).filter(pk__in=[letter.pk for letter in found]))
        a.move_all(
            held, LETTER.drop, person=None, award=None, award_index=None, identity_index=F("code_index"), ended_on=on
        )


def _make(run: FinderRun, chosen: Sequence[Meant], room: Room, at: datetime, dropped: int = 0) -> int:
    """One act. What was made before the worker was killed is not made again."""
    made = letters(run, chosen, room, at)
    key, said = uuid5(_key(run.pk, made), str(dropped)), {"run": run.pk}
    with suppress(AlreadyReceived), act("letter.make/1", by=system(), at=at, key=key, said=said) as a:
        a.make_all(made, LETTER.make, action="letter.make")
        return len(made)
    return 0


def _key(of: UUID, found: Sequence[Letter]) -> UUID:
    """The same for the same people, whenever it is tried."""
    return uuid5(of, sha256(b"".join(bytes(letter.identity_index) for letter in found)).hexdigest())
