"""Where a programme is claimed in this county, and what to bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from chengnuo.core.rules import Programme
from chengnuo.policies.claims import claims
from chengnuo.policies.programmes import programmes
from chengnuo.policies.stages import way_of
from chengnuo.promises.models import PromiseVersion
from chengnuo.web.entitlements.answers import PLACE, Answers
from chengnuo.web.entitlements.home import home_on
from chengnuo.web.named import Named
from chengnuo.web.public.catalogue import shelf, who_answers
from chengnuo.web.public.service import INSTEAD
from chengnuo.web.words import said


@dataclass(frozen=True, kw_only=True)
class Paper(Named):
    """What is needed, and whether something else does instead of bringing it."""

    name: str
    instead: str


@dataclass(frozen=True, kw_only=True)
class Claim(Named):
    """`key`: by which it is claimed on the next page; "" where it is asked for at the office like any other service."""

    key: str
    title: str
    href: str
    office: str
    bring: tuple[Paper, ...]


Claims = dict[str, Claim]


def claims_for(answers: Answers) -> Claims:
    """By key of the programme; none for whoever is registered in another county: their own office takes it."""
    if answers.said.get(PLACE) != home_on(answers.today).code:
        return {}
    now = claimable_on(answers.today)
    return {
        programme: _claim(version, programme if programme in now else "")
        for programme, version in offered_on(answers.today).items()
    }


def offered_on(day: date) -> dict[str, PromiseVersion]:
    """The services of this county by the programmes that are claimed there."""
    versions = {item.version.promise.key: item.version for item in shelf(day)}
    return {programme: versions[key] for programme, key in claims().items() if key in versions}


def claimable_on(day: date) -> dict[str, type[Programme]]:
    """The programmes that are claimed here with a statement, stage by stage, by their keys."""
    offered, place = offered_on(day), home_on(day).code
    known = {each.words.key: each for each in programmes() if each.words.key in offered}
    return {key: each for key, each in known.items() if way_of(each, day, place) is not None}


def claim_of(programme: type[Programme], found: Claims) -> Claim | None:
    return found.get(programme.words.key)


def address_of(version: PromiseVersion) -> str:
    return reverse("public:service", args=[version.promise.key])


def _claim(version: PromiseVersion, key: str) -> Claim:
    bring = [Paper(name=said(need["name"]), instead=str(INSTEAD[str(need["instead"])])) for need in version.needs]
    return Claim(
        key=key,
        title=str(version.title),
        href=address_of(version),
        office=who_answers(version),
        bring=tuple(bring),
    )
