"""One entry put right by an officer: a new row of the same person. A number that is wrong is another entry: the two are joined."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.models.noun import SENSITIVE, Trace
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.registers import names
from chengnuo.registers.internal.writing import Known, write
from chengnuo.registers.models import Resident, Standing
from chengnuo.registers.queries import NEWEST

LOOK = "an entry put right"


class DaysDoNotFit(Refused):
    code = "days-do-not-fit"
    sentence = N_("The days do not fit: who died or moved needs a day, which has come and is not before the birth.")
    remedy = N_("Write the day of the death or move, or say that the person lives here.")


class PutRightMeanwhile(Refused):
    code = "put-right-meanwhile"
    sentence = N_(
        "Somebody else, or a table that is being taken in, has changed this entry just now. Nothing of yours was kept."
    )
    remedy = N_("Look at the entry again in a few minutes, and put right what is still wrong.")


def put_right(
    *, person: UUID, name: str, born: date, standing: str, since: date | None, by: Actor, at: datetime, key: UUID
) -> Resident:
    """Raises NotHere, DaysDoNotFit, NotForTheRecord, PutRightMeanwhile."""
    said = {"person": person, "name": name, "born": born, "standing": standing, "since": since}
    with act("resident.put_right/1", by=by, at=at, key=key, said=said) as a:
        found = a.allowed(Resident).filter(NEWEST, person=person).first()
        if found is None:
            raise NotHere
        lives = standing == Standing.LIVING
        if lives != (since is None) or (since and not born <= since <= local_date(at)) or born > local_date(at):
            raise DaysDoNotFit
        known = Known(
            name=names.typed(name),
            identity=found.identity.reveal(by=by, reason=LOOK),
            born=born,
            village=found.village_id,
            township=found.township_id,
            standing=Standing(standing),
            since=since,
        )
        try:
            with transaction.atomic():
                (made,) = write([known], [found], batch=None)
        except IntegrityError:  # a row of this number stands there already, seen or not
            raise PutRightMeanwhile from None
        a.record(Resident.kind, person, Trace(min(by.offices, key=str), SENSITIVE), {"part": "resident"})
        return made
