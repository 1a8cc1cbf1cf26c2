"""What a person does with what is held about them in one case: puts it right, or has it erased (PIPL art. 46 and 47)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chengnuo.cases.lifecycle import CASE
from chengnuo.cases.models import Case
from chengnuo.cases.operations import retention
from chengnuo.cases.operations.receive import NotInTheCounty
from chengnuo.cases.operations.story import step, told_at
from chengnuo.cases.rights import kept_for
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.plain import said_by
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.people.models import Level, Place, Purpose
from chengnuo.people.operations import contacts
from chengnuo.people.operations.contacts import Person


class OnTheirOwn(Refused):
    code = "on-their-own"
    sentence = N_("A family has itself erased on a telephone of its own, never on an office's machine.")
    remedy = N_("Any telephone will do, with the code on the receipt.")
    http = 403


def correct(
    *,
    case: UUID,
    name: str,
    phone: str = "",
    consents: Sequence[str] = (),
    no_paper: bool = False,
    reaches: bool = True,
    village: UUID | None = None,
    by: Actor,
    at: datetime,
    key: UUID,
) -> Case:
    """Puts right how somebody is called and reached, and where they live, while the case is under way; the office that
    works on it stays the same. A complaint names no village; unless it `reaches` for them, telephone and consents stay. Raises NotInTheCounty.
    """
    person = Person(name=said_by(by, name), phone=phone, consents=tuple(consents), no_paper=no_paper)
    said = {"case": case, "person": person.said(), "village": village, "reaches": reaches}
    with act("case.correct/1", by=by, at=at, key=key, said=said) as a:
        found = a.take(Case, case)
        contact = found.contact
        moved = village if village != contact.village_id else None
        if moved and not Place.objects.filter(pk=moved, level=Level.VILLAGE).exists():
            raise NotInTheCounty
        step(a, found, CASE.correct)
        new = contacts.change(contact, person, village=moved or contact.village_id, reaches=reaches, at=at)
        if Purpose.MESSAGES in new:
            a.tell(contacts.AGREED, kind=Case.kind, id=str(found.pk))
        return found


def erase(*, case: UUID, by: Actor, at: datetime, key: UUID) -> Case:
    """Empties a case that has ended of everybody's words, at the word of the person whose they are. Raises StillKept.

    A helper is refused whatever stands in the way: from the reason they would learn that a complaint is open. Raises OnTheirOwn.
    """
    with act("case.erase/1", by=by, at=at, key=key, said={"case": case}) as a:
        found = a.take(Case, case)
        if by.is_officer:
            raise OnTheirOwn
        if found.forgotten_at is not None:
            raise NotHere
        kept = kept_for(found, now=at)
        if kept is not None:
            raise kept
        told_at(a, found)
        retention.empty(a, [found])
        return found
