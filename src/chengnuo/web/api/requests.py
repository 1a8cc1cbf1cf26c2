"""Requests that another system hands in for a family who called or came, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid5

from django.http import HttpRequest
from ninja import Header, Router, Schema, Status
from pydantic import Field

from chengnuo.cases import queries as cases
from chengnuo.cases.models import Case
from chengnuo.cases.operations import receive as receiving
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation import clock
from chengnuo.foundation.actor import Actor, resident
from chengnuo.foundation.acts import made_by
from chengnuo.foundation.log import proofs
from chengnuo.foundation.receipts import DIGITS, receipt_code
from chengnuo.foundation.refused import AlreadyReceived, NotHere, Refused
from chengnuo.people.codes import place_of
from chengnuo.people.models import Level, Purpose, Scope
from chengnuo.people.operations.contacts import Person
from chengnuo.promises import queries as promises
from chengnuo.promises.models import PromiseKind, PromiseVersion
from chengnuo.web.api.keys import Bearer, actor_of
from chengnuo.web.api.problems import GUARDED
from chengnuo.web.api.shapes import Cursor
from chengnuo.web.casework.stories import events_of, responsible, status_word
from chengnuo.web.fields import PHONE
from chengnuo.web.public.service import standing

PLAIN_TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"


class UnknownService(Refused):
    code = "unknown-service"
    sentence = N_("There is no such service to ask for.")
    remedy = N_("See /services for what may be asked for; a referral is asked for with its provider.")
    http = 422


class UnknownVillage(Refused):
    code = "unknown-village"
    sentence = N_("There is no such village in this county.")
    remedy = N_("See /places for the codes. A request names the village or community, not the township.")
    http = 422


class PhoneNeedsConsent(Refused):
    code = "phone-needs-consent"
    sentence = N_("A telephone is kept only for somebody who agrees to be called.")
    remedy = N_("Ask the person, and say call_back; or leave the telephone out.")
    law = N_("Personal Information Protection Law, art. 13 and 14")
    http = 422


class Asked(Schema):
    """A request as the family said it. Nothing about pregnancy, births or examinations belongs in it."""

    service: str = Field(pattern=r"^[a-z0-9-]{1,60}$", description="The key of a service, see /services")
    village: str = Field(pattern=r"^\d{12}$", description="The code of the village or community")
    name: str = Field(min_length=1, max_length=60, pattern=PLAIN_TEXT, description="How the person is called")
    phone: str = Field("", pattern=rf"^({PHONE})?$")
    call_back: bool = Field(
        default=False, description="The person agrees to be called; without it no telephone is kept"
    )
    details: str = Field("", max_length=1000, pattern=PLAIN_TEXT)
    language: str = Field("zh-hans", pattern=r"^(zh-hans|zh-hant|en)$")


class Received(Schema):
    """`receipt` opens the request for the family: tell it to them, keep it nowhere. `number` only names it, and opens nothing.

    `leaf` is its place in the public log.
    """

    number: str
    receipt: str
    responsible: str
    due: datetime | None
    leaf: str


class Briefly(Schema):
    """A request without a word of what the family said. `due` is null when nothing is owed any more."""

    number: str
    service: str
    status: str
    words: str
    received: datetime
    due: datetime | None


class Page(Schema):
    items: list[Briefly]
    next: str


class Receipt(Schema):
    receipt: str = Field(pattern=rf"^\d{{{DIGITS}}}$", description="The 16 digits of the receipt")


class Step(Schema):
    when: datetime
    what: str
    who: str


class Story(Briefly):
    """Where a request stands and what happened, as the family reads it, without what they said themselves."""

    responsible: str
    steps: list[Step]


router = Router(tags=["requests"])
Key = Annotated[
    UUID,
    Header(alias="Idempotency-Key", description="A random UUID. The same call with the same key is done once only"),
]


@router.post(
    "/requests",
    auth=Bearer(Scope.ASK),
    response={200: Received, 201: Received, **GUARDED},
    url_name="requests",
    operation_id="hand_in_a_request",
)
def hand_in(request: HttpRequest, asked: Asked, key: Key) -> Status[Received]:
    """Hands a request in. The clock runs from now; a repeated call answers 200 with the same receipt."""
    now = clock.now()
    case, is_new = handed_in(asked, by=actor_of(request), at=now, key=key)
    return Status(201 if is_new else 200, receipt_of(case, now=now))


@router.get(
    "/requests",
    auth=Bearer(Scope.FOLLOW),
    response={200: Page, **GUARDED},
    url_name="requests",
    operation_id="list_requests",
)
def listed(request: HttpRequest, cursor: Cursor = "") -> dict[str, Any]:
    """What this system handed in, the newest first: without names or words."""
    now = clock.now()
    found = cases.handed_in(actor_of(request), cursor=cursor, now=now)
    due = cases.due_of(found.rows)
    return {"items": [briefly(case, due) for case in found.rows], "next": found.older}


@router.post(
    "/requests/follow",
    auth=Bearer(Scope.FOLLOW),
    response={200: Story, **GUARDED},
    url_name="follow",
    operation_id="follow_a_request",
)
def follow(request: HttpRequest, asked: Receipt) -> dict[str, Any]:
    """The story of the request that this receipt opens. Sent as a body, so that no receipt stands in an address.

    A complaint about the office on whose behalf the system calls is not there.
    """
    found = cases.by_receipt(asked.receipt, hidden_from=actor_of(request).offices)
    if found is None:
        raise NotHere
    viewer = resident(found)
    case, now = cases.seen(viewer, found), clock.now()
    steps = events_of(case, promises.duties_of(case.pk), viewer=viewer)
    return briefly(case, cases.due_of([case])) | {
        "responsible": responsible(case, now=now),
        "steps": [{"when": step.when, "what": step.what, "who": step.who} for step in steps],
    }


def was_handed_in(key: UUID, *, by: Actor) -> bool:
    return made_by("case.receive/1", _own(key, by)) is not None


def handed_in(asked: Asked, *, by: Actor, at: datetime, key: UUID) -> tuple[Case, bool]:
    """The case of this request, and whether it is new. A key belongs to the token that sent it."""
    village = place_of(asked.village, on=local_date(at))
    if village is None or village.level != Level.VILLAGE:
        raise UnknownVillage
    if asked.phone and not asked.call_back:
        raise PhoneNeedsConsent
    consents = (Purpose.CALL_BACK.value,) if asked.call_back else ()
    try:
        begun = receiving.receive(
            promise=_version(asked.service, at).pk,
            village=village.pk,
            person=Person(name=asked.name, phone=asked.phone, language=asked.language, consents=consents),
            details=asked.details,
            by=by,
            at=at,
            key=_own(key, by),
        )
    except AlreadyReceived as before:
        return cases.followed(by, UUID(before.row)), False
    return begun.case, True


def _own(key: UUID, by: Actor) -> UUID:
    return uuid5(by.token, str(key)) if by.token else key


def _version(key: str, at: datetime) -> PromiseVersion:
    try:
        version = standing(key, on=local_date(at))
    except NotHere:
        raise UnknownService from None
    if version.promise.kind != PromiseKind.SERVICE:
        raise UnknownService
    return version


def receipt_of(case: Case, *, now: datetime) -> Received:
    return Received(
        number=case.number,
        receipt=receipt_code(case.pk, case.codes),
        responsible=responsible(case, now=now),
        due=cases.due_of([case]).get(case.pk),
        leaf=proofs.of(Case.kind, case.pk)[0]["leaf"],
    )


def briefly(case: Case, due: Mapping[UUID, datetime]) -> dict[str, Any]:
    return {
        "number": case.number,
        "service": "" if case.is_complaint else case.promise.promise.key,
        "status": case.status,
        "words": str(status_word(case).text),
        "received": case.received_at,
        "due": due.get(case.pk),
    }
