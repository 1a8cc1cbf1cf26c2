"""What everybody may read of public money: promised, come and passed on, by year, level and office, and whether that was in time.

Programmes are summed up, for a fund's own sum would tell how few stand behind it; the sensitive ones apart and by no level.
No viewer is asked: nothing here is about a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, OuterRef, Q, Sum, Value, When
from django.db.models.functions import Coalesce

from chengnuo.benefits.models import Due
from chengnuo.payments.lifecycle import COVER, PASS_ON
from chengnuo.payments.models import Book, Fund, Line
from chengnuo.people.models import Office
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from chengnuo.policies.stages import is_guarded
from chengnuo.promises.models import Duty
from chengnuo.promises.published import CountedTo

MOST_YEARS, MOST_DUTIES = 3, 30
WAYS = {
    "promised": (Book.SOURCE, Book.PROMISED),
    "arrived": (Book.PROMISED, Book.TREASURY),
    "passed_on": (Book.TREASURY, Book.FUND),
}
PASSING = (PASS_ON, COVER)


@dataclass(frozen=True, kw_only=True)
class Passed:
    """One line, sums in fen. `level` is "" of the sensitive programmes together; the sums are None where few people stand behind them."""

    year: int
    level: str
    office: Office
    promised: int | None
    arrived: int | None
    passed_on: int | None

    @property
    def is_withheld(self) -> bool:
        return self.promised is None


@dataclass(frozen=True)
class Passings:
    """`lines`, the newest year first; `duties` of passing on and of answering for what is missing, first what is owed still."""

    lines: tuple[Passed, ...]
    duties: tuple[Duty, ...]
    threshold: int


def passings(today: date) -> Passings:
    """Five queries, however many funds there are."""
    threshold = parameters().whole("limits.small_cell", today)
    funds = _funds(threshold)
    groups: dict[tuple[int, str, Office], list[dict[str, Any]]] = defaultdict(list)
    people: dict[tuple[int, str, Office], int] = {}
    booked = _booked({fund.year for fund in funds})
    for fund in funds:
        for level, sums in booked.get((fund.programme, fund.year), {}).items():
            group = (fund.year, "" if is_sensitive(fund.programme) else level, fund.office)
            groups[group].append(sums)
            # the smallest programme of those with anybody: many in one do not hide the few of another, whose sum its neighbour may know
            if fund.people:
                people[group] = min(people.get(group, fund.people), fund.people)
    lines = [_line(group, sums, is_small=people.get(group, 0) < threshold) for group, sums in groups.items()]
    lines.sort(key=lambda line: (-line.year, not line.level, LEVELS.get(line.level, 0), line.office.key))
    return Passings(tuple(lines), _duties(funds), threshold)


def is_sensitive(programme: str) -> bool:
    """Also what no pack knows any more."""
    known = next((each for each in programmes() if each.words.key == programme), None)
    return known is None or known.words.sensitive or is_guarded(known)


LEVELS = {name: rank for rank, name in enumerate(("national", "province", "city", "county"))}


def _funds(threshold: int) -> list[Any]:
    """Of the newest years, each with how many people it is for, counted no further than it matters."""
    of_it = Due.objects.filter(number=1, year=OuterRef("year"), award__programme=OuterRef("programme"))
    newest = Fund.objects.order_by("-year").values_list("year", flat=True).first() or 0
    found = Fund.objects.filter(year__gt=newest - MOST_YEARS).select_related("office")
    return list(found.annotate(people=CountedTo(of_it.values("award")[:threshold])))


def _booked(years: Iterable[int]) -> Mapping[tuple[str, int], dict[str, dict[str, int]]]:
    """By programme and year, then by level: what went each way, less what was booked back."""
    ways = {name: _net(*books) for name, books in WAYS.items()}
    rows = Line.objects.filter(year__in=list(years), award=None).order_by().values("programme", "year", "level")
    found: dict[tuple[str, int], dict[str, dict[str, int]]] = defaultdict(dict)
    summed: Any = rows.annotate(**ways)
    for row in summed:
        found[row["programme"], row["year"]][row["level"]] = {name: row[name] or 0 for name in WAYS}
    return found


def _net(credit: Book, debit: Book) -> Any:
    there, back = Q(credit=credit, debit=debit), Q(credit=debit, debit=credit)
    signed = Case(When(there, then=F("fen")), When(back, then=-F("fen")), default=Value(0))
    return Sum(signed, filter=there | back)


def _line(group: tuple[int, str, Office], sums: Sequence[Mapping[str, int]], *, is_small: bool) -> Passed:
    year, level, office = group
    told = {name: None if is_small else sum(each[name] for each in sums) for name in WAYS}
    return Passed(year=year, level=level, office=office, **told)


def _duties(funds: Sequence[Fund]) -> tuple[Duty, ...]:
    found = Duty.objects.filter(subject_id__in=[fund.pk for fund in funds], kind__in=PASSING, parent=None)
    found = found.select_related("office")
    owed = found.filter(outcome="").order_by("due_at", "pk")
    ended = found.exclude(outcome="").order_by(Coalesce("ended_at", "discharged_at").desc(), "-pk")
    return (*owed, *ended[:MOST_DUTIES])
