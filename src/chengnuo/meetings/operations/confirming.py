"""The county's lawyer confirms a row of law: from then on it decides, where it only warned before."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.memo import forget
from chengnuo.foundation.models.noun import Trace
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.meetings import queries
from chengnuo.meetings.internal.words import shown
from chengnuo.meetings.models import Confirmation
from chengnuo.people import queries as people


class AlreadyConfirmed(Refused):
    code = "already-confirmed"
    sentence = N_("This row of law was confirmed already.")
    remedy = N_("The list says by which text, and when.")


class NoText(Refused):
    code = "no-text"
    sentence = N_("Say in which text it stands, with its article.")
    remedy = N_(
        "What stands in no text cannot be confirmed. Where the text says something else, the pack has to be changed."
    )


def confirm(
    *, parameter: str, begins: date, place: str, source: str, by: Actor, at: datetime, key: UUID
) -> Confirmation:
    """Confirms that the row of this parameter which begins on this day says what the text says. Raises NoText, NotHere for a row that
    is none, or of which nothing is doubted, AlreadyConfirmed.
    """
    said = {"parameter": parameter, "begins": begins, "place": place, "source": source}
    with act("confirmation.confirm/1", by=by, at=at, key=key, said=said) as a:
        a.permit()
        row = queries.doubted().get((parameter, begins, place))
        if row is None:
            raise NotHere
        if Confirmation.objects.filter(parameter=parameter, begins=begins, place=place, value=str(row.value)).exists():
            raise AlreadyConfirmed
        if not (text := shown(source)):
            raise NoText
        mine = people.desk_of(by)
        if mine is None:
            raise NotHere
        made = Confirmation(
            parameter=parameter,
            begins=begins,
            place=place,
            value=str(row.value),
            source=text,
            by_id=mine,
            at=at,
        )
        made.save(force_insert=True)
        forget()
        a.record("confirmation", made.pk, Trace(people.office_of(mine)), {"parameter": parameter})
        return made
