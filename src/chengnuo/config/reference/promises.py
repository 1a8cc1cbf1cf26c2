"""docs/reference/promises.md: the catalogue as it is shipped, before a county publishes its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chengnuo.config.reference import markdown
from chengnuo.core.deadlines import described, parse
from chengnuo.policies import catalogue, county
from chengnuo.policies.catalogue import PROCEDURE, REFERRAL, REQUEST, Basis, Cost, Service

INTRODUCTION = (
    "The catalogue of the pack that is shipped (Xingshan), as its files say it. In a running county the versions that "
    "its offices published count: the public pages show them. Certainty: A text read in full, B official, C secondary, "
    "D to be checked by the county's lawyer. Figures of a service marked ◆ are published for the county only."
)
KINDS = {
    REQUEST: (
        "Services that open a case",
        "Cost: staff minutes a request; the county's money a year for paper, post and visits; the family's minutes and trips.",
    ),
    REFERRAL: (
        "Referrals",
        "Provider, place and telephone only: the person goes there directly, and no case can be opened.",
    ),
    PROCEDURE: ("Procedures", "What offices promise about the way in which they work."),
}
LEVELS = {"village": "the village's own committee", "township": "the township's own office"}


@dataclass(frozen=True)
class Offices:
    """Names of the county's offices, and which stands above which."""

    names: Mapping[str, str]
    above: Mapping[str, str]

    def responsible(self, service: Service) -> str:
        """The office that answers, and the one above it."""
        if service.kind == PROCEDURE and service.level == "county":
            return "every office"
        if service.office:
            above = self.above.get(service.office, "")
            return f"{self.names[service.office]}; above it: {self.names.get(above, 'the outside body')}"
        return LEVELS[service.level]


def page() -> str:
    folder = county.XINGSHAN
    rows = county.offices(folder, county.places(folder))
    offices = Offices({row.key: row.name.en for row in rows}, {row.key: row.above for row in rows})
    found = [*catalogue.load(folder / "services"), *catalogue.load(folder / "procedures")]
    return markdown.page(
        "Promises",
        INTRODUCTION,
        *(_section(kind, [each for each in found if each.kind == kind], offices) for kind in KINDS),
    )


def _section(kind: str, services: Iterable[Service], offices: Offices) -> str:
    title, words = KINDS[kind]
    if kind == REFERRAL:
        heads: tuple[str, ...] = ("promise", "who", "provider", "place", "telephone", "basis")
        rows = [_referral(service) for service in services]
    else:
        heads = ("promise", "who", "time limit", "office", "cost", "basis")
        rows = [_promise(service, offices) for service in services]
    return markdown.section(title, words, markdown.table(heads, rows))


def _promise(service: Service, offices: Offices) -> tuple[str, ...]:
    sentence, numbers = described(parse(service.deadline))
    return (
        _title(service),
        service.who.en,
        sentence % numbers,
        offices.responsible(service),
        _cost(service.cost),
        _basis(service.basis),
    )


def _referral(service: Service) -> tuple[str, ...]:
    where = service.provider
    if where is None:
        raise ValueError(f"the referral {service.key} names no provider")
    shown = (where.provider.en, where.place.en, where.telephone)
    return (_title(service), service.who.en, *shown, _basis(service.basis))


def _title(service: Service) -> str:
    return f"{service.title.en} {service.title.hans}{' ◆' if service.sensitive else ''} ({markdown.code(service.key)})"


def _cost(cost: Cost | None) -> str:
    if cost is None:
        return ""
    staff, family = f"{cost.staff_minutes} min", f"{cost.family_minutes} min and {cost.family_trips} trips"
    return f"staff {staff}; {cost.county_fen_a_year / 100:,.0f} yuan a year; family {family} ({cost.certainty})"


def _basis(texts: Iterable[Basis]) -> str:
    return "; ".join(
        f"{text.name.en}{', art. ' + text.article if text.article else ''} ({text.certainty})" for text in texts
    )
