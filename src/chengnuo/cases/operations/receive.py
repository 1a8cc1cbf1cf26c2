"""How a case begins: a request on the web or at a counter, and a complaint."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from chengnuo.cases.lifecycle import CASE
from chengnuo.cases.models import Case, CaseKind, Channel
from chengnuo.cases.operations.judging import desk_above
from chengnuo.cases.operations.story import tell
from chengnuo.core.instants import day_begins, local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.ids import new_id, random_id
from chengnuo.foundation.plain import said_by
from chengnuo.foundation.receipts import dear_digest, dear_index, index_of, new_code, new_number, receipt_code
from chengnuo.foundation.refused import Refused
from chengnuo.people import queries as people
from chengnuo.people.models import Office, Purpose
from chengnuo.people.operations import contacts
from chengnuo.people.operations.contacts import Person
from chengnuo.policies.procedures import Procedure
from chengnuo.promises import queries as promises
from chengnuo.promises.models import PromiseKind, PromiseVersion


class NotAService(Refused):
    code = "not-a-service"
    sentence = N_("This is not asked for here.")
    remedy = N_("The page of the service says who provides it, where, and by which telephone; go there directly.")


class NotInTheCounty(Refused):
    code = "not-in-the-county"
    sentence = N_("There is no such village here, or no open office that serves it.")
    remedy = N_("Choose the village again. Any counter in the county can take the request in too.")


class NobodyAbove(Refused):
    code = "nobody-above"
    sentence = N_("There is no office above this one in the system.")
    remedy = N_("Write to the people's congress of the county, or call 12345.")


class AboutOwnOffice(Refused):
    code = "about-own-office"
    sentence = N_("Nobody takes in a complaint about their own office.")
    remedy = N_("It is taken in at any other counter, or on any telephone without signing in.")


@dataclass(frozen=True)
class Begun:
    """A case that has just begun, and the code that the resident takes along."""

    case: Case
    code: str


def receive(
    *,
    promise: UUID,
    village: UUID,
    person: Person,
    details: str,
    by_phone: bool = False,
    by: Actor,
    at: datetime,
    key: UUID,
) -> Begun:
    """Takes a request in. By web the reception of the responsible office holds it; at a counter, also `by_phone` there, the
    officer who was asked does (first-contact responsibility), until the responsible office has accepted it.
    """
    said = {"promise": promise, "village": village, "person": person.said(), "details": details}
    said |= {"by_phone": True} if by_phone else {}
    with act("case.receive/1", by=by, at=at, key=key, said=said) as a:
        return begin(a, promises.published(promise, on=local_date(at)), village, person, details, by_phone=by_phone)


def begin(
    a: Act,
    version: PromiseVersion | None,
    village: UUID,
    person: Person,
    details: str = "",
    *,
    by_phone: bool = False,
    beside: bool = False,
    straight: bool = False,
) -> Begun:
    """The same inside an act of the application above. `beside`: the case waits for what stands beside it, and ends with
    `handle.conclude`; `straight`: at no counter does anybody hold it first. Raises NotAService, NotInTheCounty.
    """
    if version is None or version.promise.kind != PromiseKind.SERVICE:
        raise NotAService
    asked = version.promise
    desk = people.reception_for(level=asked.level, office=asked.office_id, village=village)
    if desk is None:
        raise NotInTheCounty
    counter = people.desk_of(a.by)
    return _begin(
        a,
        version,
        desk.office,
        person=person,
        village=village,
        sort=CaseKind.REQUEST,
        details=said_by(a.by, details),
        channel=Channel.PHONE if by_phone and counter else _channel(a.by, counter),
        helper_id=counter,
        via_id=a.by.token,
        holder_id=desk.pk if straight else counter or desk.pk,
        offered_to_id=desk.pk if counter and counter != desk.pk and not straight else None,
        open_steps=int(beside),
    )


def complain(
    *, about: UUID, case: UUID | None, person: Person, details: str, by: Actor, at: datetime, key: UUID
) -> Begun:
    """Opens a complaint with the office above the one complained about, which never sees it (charter, right 4).

    At a counter the officer is named as the helper. Whoever gives neither name nor telephone leaves no hour behind. Raises AboutOwnOffice, NobodyAbove.
    """
    said = {"about": about, "case": case, "person": person.said(), "details": details}
    with act("case.complain/1", by=by, at=at, key=key, said=said) as a:
        return against(a, about, _case_of(about, case, by), person, details)


def against(a: Act, about: UUID, told: Case | None, person: Person, details: str, *, objection: bool = False) -> Begun:
    """The same inside an act; an `objection` waits for what the application above keeps of it, and ends with `handle.conclude`."""
    if person.is_nobody:
        a.hide(day_begins(a.at))
    if about in a.by.offices:
        raise AboutOwnOffice
    desk = desk_above(about, told)
    if desk is None:
        raise NobodyAbove
    procedure = Procedure.ANSWER_TO_OBJECTION if objection else Procedure.REPLY_TO_COMPLAINT
    counter = people.desk_of(a.by)
    return _begin(
        a,
        promises.current(procedure, on=local_date(a.at)),
        desk.office,
        person=person,
        village=None,
        sort=CaseKind.OBJECTION if objection else CaseKind.COMPLAINT,
        details=said_by(a.by, details),
        channel=_channel(a.by, counter),
        helper_id=counter,
        holder_id=desk.pk,
        about_office_id=about,
        # whoever gives no name cannot be found by the name in another case
        about_case=told if person.name else None,
        open_steps=int(objection),
    )


def _channel(by: Actor, counter: UUID | None) -> Channel:
    if counter:
        return Channel.COUNTER
    return Channel.SYSTEM if by.token else Channel.WEB


def _case_of(office: UUID, case: UUID | None, by: Actor) -> Case | None:
    """The case that a complaint names: only one whose receipt was shown, and only a case of that office."""
    if case not in by.holds:
        return None
    return Case.objects.filter(pk=case, office=office).select_related("holder").first()


def _begin(
    a: Act, version: PromiseVersion, office: Office, *, person: Person, village: UUID | None, **fields: Any
) -> Begun:
    pk = random_id() if a.is_hidden else new_id()
    person = replace(person, name=said_by(a.by, person.name))
    case = Case(
        pk=pk,
        promise=version,
        number=new_number(),
        contact=contacts.add(person, owner=pk, village=village, at=a.at),
        is_anonymous=a.is_hidden,
        is_guarded=fields["sort"] != CaseKind.REQUEST or version.promise.sensitive,
        received_at=a.at,
        received_on=local_date(a.at),
        complete_by=promises.limit("limits.missing_list", at=a.at),
        **people.seat(office).columns,
        **fields,
    )
    code = new_code() if a.is_hidden else receipt_code(pk)
    case.receipt_index = dear_index(dear_digest(code), pk) if a.is_hidden else index_of(code)
    a.make(case, CASE.receive)
    if Purpose.MESSAGES in person.consents:
        a.tell(contacts.AGREED, kind=Case.kind, id=str(pk))
    tell(a, case, CASE.receive)
    return Begun(case=case, code=code)
