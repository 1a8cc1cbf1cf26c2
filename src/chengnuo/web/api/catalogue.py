"""What may be asked for, and what it takes: the catalogue."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Router, Schema

from chengnuo.core.instants import local_date
from chengnuo.foundation import clock
from chengnuo.promises.models import PromiseKind, PromiseVersion
from chengnuo.web.api.problems import PROBLEMS
from chengnuo.web.api.shapes import Limit, Text, text
from chengnuo.web.public.catalogue import limit_words, shelf
from chengnuo.web.public.service import standing

Key = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,60}$", description="The key of a service or promise")]


class ServiceSaid(Schema):
    """`kind`: a `service` is asked for here; a `referral` is somebody else's, named in `provider`, and no request can be made.

    `level`: the office of which level answers; `office`: which one, where it is the county's.
    """

    key: str
    kind: str
    title: Text
    summary: Text
    level: str
    office: str | None
    limit: Limit | None


class Need(Schema):
    """`instead`: none (bring it), declaration (a signed statement does instead), held (the office looks it up)."""

    name: Text
    why: Text
    instead: str


class Basis(Schema):
    """`certainty`: A read in the text itself, B from an official source, C from a secondary source, D still to be checked."""

    name: Text
    article: str
    certainty: str


class Provider(Schema):
    provider: Text
    place: Text
    telephone: str


class ServiceWhole(ServiceSaid):
    who: Text
    result: Text
    needs: list[Need]
    bases: list[Basis]
    fee_fen: int
    channels: list[str]
    provider: Provider | None


router = Router(tags=["services"])


@router.get("/services", response={200: list[ServiceSaid], **PROBLEMS}, url_name="services")
def services(request: HttpRequest) -> list[dict[str, Any]]:
    """Everything in the catalogue of today."""
    return [briefly(item.version) for item in shelf(local_date(clock.now()))]


@router.get("/services/{key}", response={200: ServiceWhole, **PROBLEMS}, url_name="service")
def service(request: HttpRequest, key: Key) -> dict[str, Any]:
    """One service or referral with what is needed and why, its legal basis and its fee."""
    version = standing(key, on=local_date(clock.now()))
    return briefly(version) | {
        "who": text(version.who),
        "result": text(version.result),
        "needs": version.needs,
        "bases": version.basis,
        "fee_fen": version.fee_fen,
        "channels": version.channels,
        "provider": version.provider,
    }


def briefly(version: PromiseVersion) -> dict[str, Any]:
    """A ServiceSaid."""
    is_asked = version.promise.kind != PromiseKind.REFERRAL
    return said_of(version) | {"limit": limit_of(version) if is_asked else None}


def said_of(version: PromiseVersion) -> dict[str, Any]:
    """What services and promises say alike."""
    promise = version.promise
    return {
        "key": promise.key,
        "kind": promise.kind,
        "title": text(version.title),
        "summary": text(version.summary),
        "level": promise.level,
        "office": promise.office.key if promise.office else None,
    }


def limit_of(version: PromiseVersion) -> Limit:
    return Limit(rule=version.deadline, words=limit_words(version))
