"""What may I ask for: the catalogue, searched, by who answers; and apart from it, what others give without a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.core.deadlines.rules import described, parse
from chengnuo.core.instants import local_date
from chengnuo.core.text3 import Text3
from chengnuo.foundation.memo import for_a_minute
from chengnuo.people.models import Level
from chengnuo.promises import queries as promises
from chengnuo.promises.models import PromiseKind, PromiseVersion
from chengnuo.web.pages import Page, render
from chengnuo.web.public.finding import Findable, found
from chengnuo.web.requests import Request
from chengnuo.web.shell import shell_of
from chengnuo.web.words import said

LONGEST_QUERY = 60

ANSWERS = {
    Level.VILLAGE: gettext_lazy("Your village or residents' committee"),
    Level.TOWNSHIP: gettext_lazy("The service office of your township"),
    Level.COUNTY: gettext_lazy("Offices of the county"),
}


@dataclass(frozen=True)
class Item:
    """One service of the catalogue, ready to be found; in every language."""

    version: PromiseVersion
    findable: Findable


@dataclass(frozen=True, kw_only=True)
class Row:
    title: str
    summary: str
    href: str
    limit: str
    office: str


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """A service of somebody else: who gives it, where, and under which number. There is nothing to send here."""

    title: str
    summary: str
    provider: str
    place: str
    telephone: str
    href: str


@dataclass(frozen=True, kw_only=True)
class Group:
    anchor: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class ServicesPage(Page):
    """`elsewhere_first`: what fits best is given by somebody else."""

    query: str
    groups: tuple[Group, ...]
    elsewhere: tuple[Elsewhere, ...]
    elsewhere_first: bool
    contact: str


@for_a_minute
def shelf(on: date) -> tuple[Item, ...]:
    """The catalogue of a day, in the order of its titles."""
    versions = sorted(promises.catalogue(on=on), key=lambda version: version.promise.key)
    return tuple(Item(version, _findable(version)) for version in versions)


def services(request: Request) -> HttpResponse:
    """Without a question: everything, by who answers. With one: what fits, the closest first."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    items = shelf(local_date(request.at))
    if query:
        items = tuple(found(query, items, lambda item: item.findable))
    ours = [item.version for item in items if item.version.promise.kind == PromiseKind.SERVICE]
    theirs = [item.version for item in items if item.version.promise.kind == PromiseKind.REFERRAL]
    page = ServicesPage(
        shell=shell_of(request),
        title=_("What may I ask for?"),
        query=query,
        groups=_in_one_group(ours) if query else _by_who_answers(ours),
        elsewhere=tuple(elsewhere_of(version) for version in theirs),
        elsewhere_first=bool(query and theirs) and items[0].version == theirs[0],
        contact=reverse("public:contact"),
    )
    return render(request, "public/services.html", page)


def elsewhere_of(version: PromiseVersion) -> Elsewhere:
    provider = version.provider or {}
    return Elsewhere(
        title=str(version.title),
        summary=str(version.summary),
        provider=said(provider["provider"]),
        place=said(provider["place"]),
        telephone=provider["telephone"],
        href=reverse("public:service", args=[version.promise.key]),
    )


def limit_words(version: PromiseVersion) -> str:
    """The time limit as a sentence: "5 working days"."""
    sentence, numbers = described(parse(version.deadline))
    return _(sentence) % numbers


def row_of(version: PromiseVersion) -> Row:
    return Row(
        title=str(version.title),
        summary=str(version.summary),
        href=reverse("public:service", args=[version.promise.key]),
        limit=limit_words(version),
        office=who_answers(version),
    )


def who_answers(version: PromiseVersion) -> str:
    """The county office by its name; of the others, each family has its own."""
    return str(version.promise.office or ANSWERS[Level(version.promise.level)])


def _in_one_group(versions: list[PromiseVersion]) -> tuple[Group, ...]:
    rows = tuple(row_of(version) for version in versions)
    return (Group(anchor="found", label=_("What fits your words"), rows=rows),) if rows else ()


def _by_who_answers(versions: list[PromiseVersion]) -> tuple[Group, ...]:
    return tuple(
        Group(
            anchor=level.value,
            label=str(label),
            rows=tuple(row_of(version) for version in versions if version.promise.level == level),
        )
        for level, label in ANSWERS.items()
    )


def _findable(version: PromiseVersion) -> Findable:
    texts = (version.summary, version.who, version.result)
    needs = [Text3.from_dict(need["name"]) for need in version.needs]
    return Findable.of(
        _scripts(version.title), version.words, [said for text in (*texts, *needs) for said in _scripts(text)]
    )


def _scripts(text: Text3) -> tuple[str, str, str]:
    return text.hans, text.hant, text.en
