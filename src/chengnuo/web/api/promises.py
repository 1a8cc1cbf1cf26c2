"""What offices have promised: the versions that stand today, and every version of one promise."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from chengnuo.core.instants import local_date
from chengnuo.foundation import clock
from chengnuo.foundation.refused import NotHere
from chengnuo.promises import published
from chengnuo.promises import queries as promises
from chengnuo.promises.models import PromiseKind, PromiseVersion
from chengnuo.web.api.catalogue import Basis, Key, limit_of, said_of
from chengnuo.web.api.problems import PROBLEMS
from chengnuo.web.api.shapes import Limit, Text


class Version(Schema):
    """A version begins on a day; the next one ends it, or `ends`."""

    begins: date
    ends: date | None
    limit: Limit
    bases: list[Basis]


class PromiseSaid(Schema):
    """`kind`: service, or procedure: what every office owes in every case. `office` is null where each level has its own."""

    key: str
    kind: str
    title: Text
    summary: Text
    level: str
    office: str | None
    sensitive: bool


class PromiseStanding(PromiseSaid):
    limit: Limit
    begins: date


class PromiseWhole(PromiseSaid):
    versions: list[Version]


router = Router(tags=["promises"])


@router.get("/promises", response={200: list[PromiseStanding], **PROBLEMS}, url_name="promises")
def standing(request: HttpRequest) -> list[dict[str, Any]]:
    """What is promised today, by key."""
    found = promises.catalogue(on=local_date(clock.now()), kinds=(PromiseKind.SERVICE, PromiseKind.PROCEDURE))
    return [
        _said(version) | {"limit": limit_of(version), "begins": version.begins}
        for version in sorted(found, key=lambda version: version.promise.key)
    ]


@router.get("/promises/{key}", response={200: PromiseWhole, **PROBLEMS}, url_name="promise")
def promise(request: HttpRequest, key: Key) -> dict[str, Any]:
    """One promise and every version of it that was ever published, the newest first."""
    versions = published.versions(key)
    if not versions:
        raise NotHere
    return _said(versions[0]) | {"versions": [_version(version) for version in versions]}


def _said(version: PromiseVersion) -> dict[str, Any]:
    return said_of(version) | {"sensitive": version.promise.sensitive}


def _version(version: PromiseVersion) -> dict[str, Any]:
    return {"begins": version.begins, "ends": version.ends, "limit": limit_of(version), "bases": version.basis}
