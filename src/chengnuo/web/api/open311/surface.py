"""Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2): services and requests, over the operations of the interface.

Three things follow from the charter: a request is placed by the code of its village (`address_id`), never by coordinates; a list
has only what the calling system handed in itself; no answer repeats a name or a word of the family. `expected_datetime` is when
the request is due.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Form, NinjaAPI, Path, Query, Status
from ninja.errors import AuthenticationError, HttpError, Throttled
from ninja.errors import ValidationError as Malformed
from pydantic import ValidationError

from chengnuo.cases import queries as cases
from chengnuo.cases.lifecycle import CASE
from chengnuo.cases.models import Case
from chengnuo.core.instants import local_date
from chengnuo.foundation import clock
from chengnuo.foundation.receipts import NUMBER_DIGITS
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.people.codes import codes_of
from chengnuo.people.models import Scope
from chengnuo.promises.models import PromiseKind, PromiseVersion
from chengnuo.web.api.keys import RATE, ApiKey, Bearer, actor_of
from chengnuo.web.api.open311.forms import ByAddress
from chengnuo.web.api.open311.shapes import Created, Definition, Discovery, Error, NewRequest, Service, ServiceRequest
from chengnuo.web.api.problems import MALFORMED, NO_TOKEN, TOO_OFTEN, contents
from chengnuo.web.api.requests import Asked, handed_in, receipt_of, was_handed_in
from chengnuo.web.casework.stories import status_word
from chengnuo.web.public.catalogue import shelf, who_answers
from chengnuo.web.public.service import standing
from chengnuo.web.throttle import Throttle

A_REPEAT = 120  # seconds; a namesake of the same village comes later
CHANGESET = (
    "2026-11-26T00:00:00+08:00"  # changes with what a service or the interface is, not with the catalogue's words
)
# what is not the caller's mistake must not look like one
OWN_STATUS = (HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE)
XML = "text/xml"


class Surface(NinjaAPI):
    """Answers in the form that the address names."""

    def create_response(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().create_response(request, *args, **kwargs)
        if request.path.endswith(".xml"):
            response["Content-Type"] = f"{XML}; charset=utf-8"
        return response

    def get_openapi_schema(self, **how: Any) -> Any:
        """The library describes one form only."""
        described = super().get_openapi_schema(**how)
        for content in contents(described):
            content[XML] = content["application/json"]
        return described


surface = Surface(
    title="Chengnuo, Open311 GeoReport v2",
    version="2",
    description=__doc__,
    docs_url=None,
    urls_namespace="open311",
    renderer=ByAddress(),
    throttle=[Throttle(RATE)],
)
ERRORS: dict[Any, Any] = {frozenset({400, 401, 404, 429, 503}): list[Error]}
ASK, FOLLOW = ([Bearer(scope), ApiKey(scope)] for scope in (Scope.ASK, Scope.FOLLOW))
In = Annotated[Literal["json", "xml"], Path(description="The form of the answer")]
Code = Annotated[str, Path(max_length=60)]
Number = Annotated[str, Path(pattern=rf"^\d{{{NUMBER_DIGITS}}}$")]


def _on(kind: type[Exception], tell: Any) -> None:
    def answer(request: HttpRequest, trouble: Any) -> HttpResponse:
        status, sentence = tell(trouble)
        return surface.create_response(request, [{"code": int(status), "description": sentence}], status=status)

    surface.add_exception_handler(kind, answer)


_on(Refused, lambda trouble: (trouble.http if trouble.http in OWN_STATUS else 400, _(trouble.said)))
_on(HttpError, lambda trouble: (trouble.status_code, trouble.message))
_on(Malformed, lambda _trouble: (400, _(MALFORMED)))
_on(ValidationError, lambda _trouble: (400, _(MALFORMED)))
_on(AuthenticationError, lambda _trouble: (401, _(NO_TOKEN)))
_on(Throttled, lambda _trouble: (429, _(TOO_OFTEN)))


@surface.get("/discovery.{form}", response={200: Discovery, **ERRORS}, url_name="discovery")
def discovery(request: HttpRequest, form: In) -> dict[str, Any]:
    """Where this interface is, and who gives keys for it."""
    root = request.build_absolute_uri(reverse("open311:api-root").rstrip("/"))
    return {
        "changeset": CHANGESET,
        "contact": request.build_absolute_uri(reverse("public:contact")),
        "key_service": _("The county's administrator of accounts issues tokens."),
        "endpoints": [
            {
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": root,
                "changeset": CHANGESET,
                "type": "production",
                "formats": ["application/json", "text/xml"],
            }
        ],
    }


@surface.get("/services.{form}", response={200: list[Service], **ERRORS}, url_name="services")
def services(request: HttpRequest, form: In) -> list[dict[str, Any]]:
    """What may be asked for."""
    asked = (
        item.version for item in shelf(local_date(clock.now())) if item.version.promise.kind == PromiseKind.SERVICE
    )
    return [_service(version) for version in asked]


@surface.get("/services/{code}.{form}", response={200: Definition, **ERRORS}, url_name="service")
def definition(request: HttpRequest, code: Code, form: In) -> dict[str, Any]:
    """One service: there are no attributes of its own to fill in."""
    return {"service_code": standing(code, on=local_date(clock.now())).promise.key, "attributes": []}


@surface.post("/requests.{form}", auth=ASK, response={201: list[Created], **ERRORS}, url_name="requests")
def create(request: HttpRequest, form: In, wanted: Form[NewRequest]) -> Status[Any]:
    """Hands a request in. The specification has no keys for repeats: the same words within two to four minutes are one."""
    now = clock.now()
    asked = Asked(
        service=wanted.service_code,
        village=wanted.address_id,
        name=wanted.last_name + wanted.first_name,
        phone=wanted.phone,
        call_back=bool(wanted.phone),
        details=wanted.description,
        language="zh-hans",
    )
    window, by = int(now.timestamp()) // A_REPEAT, actor_of(request)
    before, key = (uuid5(NAMESPACE_URL, f"{each} {asked.model_dump_json()}") for each in (window - 1, window))
    case, _is_new = handed_in(asked, by=by, at=now, key=before if was_handed_in(before, by=by) else key)
    said = receipt_of(case, now=now)
    notice = _("%(office)s answers for it.") % {"office": said.responsible}
    created = {"service_request_id": said.number, "service_notice": notice, "account_id": None, "receipt": said.receipt}
    return Status(201, [created])


@surface.get(
    "/requests.{form}",
    auth=FOLLOW,
    response={200: list[ServiceRequest], **ERRORS},
    url_name="requests",
    operation_id="read_requests",
)
def listed(
    request: HttpRequest, form: In, service_request_id: Annotated[str, Query(max_length=600)] = ""
) -> list[dict[str, Any]]:
    """The newest that this system handed in; of these, those named, apart by commas."""
    now = clock.now()
    named = frozenset(filter(None, service_request_id.split(",")))
    return _said(cases.handed_in(actor_of(request), cursor="", now=now, numbers=named).rows, now)


@surface.get(
    "/requests/{number}.{form}", auth=FOLLOW, response={200: list[ServiceRequest], **ERRORS}, url_name="request"
)
def one(request: HttpRequest, number: Number, form: In) -> list[dict[str, Any]]:
    """One request that this system handed in."""
    now = clock.now()
    found = cases.handed_in(actor_of(request), cursor="", now=now, numbers=frozenset({number})).rows
    if not found:
        raise NotHere
    return _said(found, now)


def _service(version: PromiseVersion) -> dict[str, Any]:
    return {
        "service_code": version.promise.key,
        "service_name": str(version.title),
        "description": str(version.summary),
        "metadata": False,
        "type": "realtime",
        "keywords": ",".join(version.words),
        "group": who_answers(version),
    }


def _said(found: list[Case], now: datetime) -> list[dict[str, Any]]:
    due = cases.due_of(found)
    codes = codes_of({case.village_id for case in found if case.village_id}, on=local_date(now))
    return [_request(case, due, codes) for case in found]


def _request(case: Case, due: Mapping[UUID, datetime], codes: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "service_request_id": case.number,
        "status": "closed" if case.status in CASE.ends else "open",
        "status_notes": str(status_word(case)),
        "service_name": str(case.promise.title),
        "service_code": case.promise.promise.key,
        "agency_responsible": str(case.office),
        "requested_datetime": case.received_at,
        "expected_datetime": due.get(case.pk),
        "address_id": codes.get(case.village_id) if case.village_id else None,
    }
