"""The catalogue of a county: what its offices promise, from small YAML files, as frozen values.

A `request` opens a case. A `referral` shows provider, place and telephone and opens none. A `procedure` is promised about
the way of working: by every office, or by those of its level where that is the village or the township. A file that breaks a rule of the charter is refused with a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from chengnuo.core.deadlines.rules import RuleError, parse
from chengnuo.core.text3 import Text3
from chengnuo.policies.charter_words import names_a_birth
from chengnuo.policies.sheet import Sheet

REQUEST, REFERRAL, PROCEDURE = KINDS = ("request", "referral", "procedure")
LEVELS = ("village", "township", "county")
CHANNELS = ("web", "counter", "phone")
CERTAINTY = ("A", "B", "C", "D")
# none: the family brings it; declaration: a signed statement does instead; held: the office looks it up itself
INSTEAD = ("none", "declaration", "held")


@dataclass(frozen=True)
class Need:
    """A paper or fact that a service needs, why, and what does instead of bringing it."""

    key: str
    name: Text3
    why: Text3
    instead: str


@dataclass(frozen=True)
class Cost:
    """What keeping the promise takes; the benefit itself is not in it.

    `staff_minutes`, `family_minutes`, `family_trips`: for one request; `county_fen_a_year`: paper, post, visits of a year.
    """

    staff_minutes: int
    county_fen_a_year: int
    family_minutes: int
    family_trips: int
    certainty: str


@dataclass(frozen=True)
class Basis:
    """A text that the promise rests on. `article` may be empty; certainty as in the design's domain page: A read … D unverified."""

    name: Text3
    article: str
    certainty: str


@dataclass(frozen=True)
class Provider:
    """Where somebody goes directly, without a case."""

    provider: Text3
    place: Text3
    telephone: str


@dataclass(frozen=True)
class Service:
    """One promise of the catalogue from the day `begins`. `office` is named at county level; `deadline` is empty for referrals."""

    key: str
    kind: str
    level: str
    office: str
    sensitive: bool
    title: Text3
    summary: Text3
    who: Text3
    result: Text3
    begins: date
    words: tuple[str, ...]
    basis: tuple[Basis, ...]
    needs: tuple[Need, ...] = ()
    channels: tuple[str, ...] = ()
    fee_fen: int = 0
    deadline: str = ""
    cost: Cost | None = None
    provider: Provider | None = None


def load(folder: Path) -> tuple[Service, ...]:
    """Every service of a folder, by key. Raises Unfit for the first line that cannot stand."""
    return tuple(read(path) for path in sorted(folder.glob("*.yaml")))


def read(path: Path) -> Service:
    """One file. Its name is its key."""
    sheet = Sheet.of(path)
    service = _service(sheet)
    sheet.close()
    if service.key != path.stem:
        raise sheet.unfit("key", f"is {service.key!r}.", "A file is found by its key.", path.stem)
    _rightful(sheet, service)
    return service


def _service(sheet: Sheet) -> Service:
    kind, level = sheet.choice("kind", KINDS), sheet.choice("level", LEVELS)
    common = Service(
        key=sheet.slug(),
        kind=kind,
        level=level,
        office=_office(sheet, kind, level),
        sensitive=_sensitive(sheet, level),
        title=sheet.text3("title"),
        summary=sheet.text3("summary"),
        who=sheet.text3("who"),
        result=sheet.text3("result"),
        begins=sheet.day("from"),
        words=sheet.strings("words"),
        basis=tuple(_basis(line) for line in sheet.sheets("basis")),
    )
    if kind == REFERRAL:
        return replace(common, provider=_provider(sheet.sheet("provider")))
    return replace(
        common,
        needs=tuple(_need(line) for line in sheet.sheets("needs")),
        channels=sheet.strings("channels", CHANNELS),
        fee_fen=sheet.count("fee_fen"),
        deadline=_deadline(sheet),
        cost=_cost(sheet.sheet("cost")),
    )


def _office(sheet: Sheet, kind: str, level: str) -> str:
    """A village or township answers by itself; at the county one of several offices does. A procedure of the county is every office's,
    unless it names the one that keeps it.
    """
    if level == "county" and (kind != PROCEDURE or "office" in sheet):
        return sheet.slug("office")
    if "office" in sheet:
        raise sheet.unfit(
            "office", "is named.", f"A {kind} of the {level} is kept by each one's own office.", "nothing"
        )
    return ""


def _sensitive(sheet: Sheet, level: str) -> bool:
    sensitive = sheet.flag("sensitive")
    if sensitive and level != "county":
        raise sheet.unfit(
            "sensitive",
            f"is true at the {level}.",
            "In a village everybody would know who asked; two officers at the county look at the documents alone.",
            "level: county, with its office",
        )
    return sensitive


def _deadline(sheet: Sheet) -> str:
    rule = str(sheet.take("deadline", str, "working_days(5)"))
    try:
        return str(parse(rule))
    except RuleError as error:
        raise sheet.unfit("deadline", f"is {rule!r}.", str(error), "working_days(5)") from error


def _basis(sheet: Sheet) -> Basis:
    basis = Basis(sheet.text3("name"), str(sheet.take("article", str, '"33"')), sheet.choice("certainty", CERTAINTY))
    sheet.close()
    return basis


def _need(sheet: Sheet) -> Need:
    need = Need(sheet.slug(), sheet.text3("name"), sheet.text3("why"), sheet.choice("instead", INSTEAD))
    sheet.close()
    return need


def _cost(sheet: Sheet) -> Cost:
    figures = ("staff_minutes", "county_fen_a_year", "family_minutes", "family_trips")
    cost = Cost(**{figure: sheet.count(figure) for figure in figures}, certainty=sheet.choice("certainty", CERTAINTY))
    sheet.close()
    return cost


def _provider(sheet: Sheet) -> Provider:
    provider = Provider(sheet.text3("name"), sheet.text3("place"), str(sheet.take("telephone", str, '"100 0000 0000"')))
    sheet.close()
    return provider


def _rightful(sheet: Sheet, service: Service) -> None:
    """The charter's part: no case tells of what is never recorded, every promise has a basis, no paper is asked for twice."""
    found = told_on_the_door(service.title, service.summary, service.words)
    if service.kind == REQUEST and found:
        raise sheet.unfit(
            "title, summary, words",
            f"tell of {', '.join(found)}.",
            "No case may be opened whose subject tells of pregnancy, birth, a method, an examination or an operation "
            "(charter, right 1).",
            "kind: referral, with provider, place and telephone, so that the person goes there directly",
        )
    if service.kind != REFERRAL and not service.basis:
        raise sheet.unfit("basis", "is empty.", "Nobody is bound by a promise out of nowhere.", "at least one text")
    if len({need.key for need in service.needs}) < len(service.needs):
        raise sheet.unfit("needs", "name one key twice.", "A family brings a paper once.", "each key once")


def told_on_the_door(title: Text3, summary: Text3, words: Iterable[str]) -> list[str]:
    """What the subject of a service tells of that no case may tell of; empty: a case may be opened (charter, right 1)."""
    said = [text for each in (title, summary) for text in (each.hans, each.hant, each.en)]
    return names_a_birth("\n".join([*said, *words]))
