"""What Open311 GeoReport v2 says of services and requests."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from chengnuo.web.api.requests import PLAIN_TEXT


class Error(Schema):
    code: int
    description: str


class Service(Schema):
    service_code: str
    service_name: str
    description: str
    metadata: bool
    type: str
    keywords: str
    group: str


class Definition(Schema):
    """A service here asks for nothing beyond the fields of every request."""

    service_code: str
    attributes: list[str]


class Created(Schema):
    """`service_request_id` names the request; `receipt` opens it for the family, and is told to nobody else."""

    service_request_id: str
    service_notice: str
    account_id: str | None
    receipt: str


class ServiceRequest(Schema):
    service_request_id: str
    status: Literal["open", "closed"]
    status_notes: str
    service_name: str
    service_code: str
    agency_responsible: str
    requested_datetime: datetime
    expected_datetime: datetime | None
    address_id: str | None


class NewRequest(Schema):
    """`lat`, `long` and addresses in words are not kept: offices are found by the code of the village."""

    service_code: str = Field(max_length=60)
    address_id: str = Field(max_length=12, description="The 12-digit code of the village or community")
    description: str = Field("", max_length=1000, pattern=PLAIN_TEXT)
    first_name: str = Field("", max_length=30, pattern=PLAIN_TEXT)
    last_name: str = Field("", max_length=30, pattern=PLAIN_TEXT)
    phone: str = Field("", max_length=16, description="Only of somebody who agrees to be called: to give it says so")
    jurisdiction_id: str = Field("", max_length=60)


class Discovery(Schema):
    changeset: str
    contact: str
    key_service: str
    endpoints: list[dict[str, Any]]
