"""A county after some years: the lived cases once more, again and again, until there are hundreds of thousands of them.

As `bench.county`, but past Django's models: rows are made as the tables hold them and handed to the database in bulk. One copy
in fifty is of an open case, moved by some days; the others ended, up to five years ago. Whatever is sealed is sealed anew.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

from bench import bulk, county, tell
from bench.bulk import Template
from bench.scale import Scale
from chengnuo.cases.models import Case, Chapter
from chengnuo.demo.cast import Cast
from chengnuo.foundation.grams import grams
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.receipts import index_of, new_number, receipt_code
from chengnuo.foundation.seals import seal
from chengnuo.people.models import Contact, ContactGram
from chengnuo.promises.models import Duty

CHUNK = 1000
ONE_IS_OPEN = 50  # a county with two hundred thousand cases of five years has some thousand in hand
SILENT = "…"
YEARS, DAYS = 5 * 365, 40
A_CASE = 2.5  # duties
MOLDS = 560


@dataclass(frozen=True)
class Mold:
    """A lived case with what belongs to it; `ended` are those of its duties that ended."""

    service: str
    is_open: bool
    contact: Template
    case: Template
    chapters: tuple[Template, ...]
    duties: tuple[Template, ...]
    ended: tuple[Template, ...]


def measure(scale: Scale) -> None:
    """Builds it where it is missing, and says how long that took and how much room it needs."""
    began = time.monotonic()
    county.measure(scale.before_copies())
    missing = scale.cases - Case.objects.count()
    if missing > 0:
        with bulk.quickly():
            _copies(missing)
        tell.remark(f"{missing} copies more, in {time.monotonic() - began:.0f} s; {_room() / 2**20:.0f} MB on the disk")


def _copies(missing: int) -> None:
    chance = Random(200_000)
    maker = Maker(Cast(chance), chance)
    open_ones, ended = ([mold for mold in _molds() if mold.is_open is wanted] for wanted in (True, False))
    is_open, has_ended = cycle(open_ones or ended), cycle(ended or open_ones)
    for begins in range(0, missing, CHUNK):
        for number in range(begins, min(begins + CHUNK, missing)):
            maker.copy(next(is_open if number % ONE_IS_OPEN == 0 else has_ended))
        with transaction.atomic():
            bulk.write(maker.taken())


@dataclass
class Maker:
    """Makes the rows of copies and keeps them until they are taken. `behind`: how many duties are still missing."""

    cast: Cast
    chance: Random
    behind: float = 0

    def __post_init__(self) -> None:
        self.rows: dict[type[Model], list[dict[str, Any]]] = {}
        self.known: dict[str, set[bytes]] = {}
        self.numbers = set(Case.objects.values_list("number", flat=True))

    def taken(self) -> dict[type[Model], list[dict[str, Any]]]:
        rows, self.rows = self.rows, {}
        return rows

    def copy(self, mold: Mold) -> None:
        moved = timedelta(
            days=-self.chance.randrange(DAYS if mold.is_open else YEARS), minutes=self.chance.randrange(60)
        )
        case, person = new_id(), self.cast.person()
        contact = self._add(
            mold.contact, timedelta(), owner=case, language=person.language, name=person.name, phone=person.phone
        )
        if person.name not in self.known:
            self.known[person.name] = grams(person.name)
        self.rows.setdefault(ContactGram, []).extend(
            {"owner": bulk.plain(contact), "gram": gram} for gram in self.known[person.name]
        )
        self._add(
            mold.case, moved, pk=case, contact_id=contact, number=self._number(), about_case_id=None, missing=None,
            receipt_index=index_of(receipt_code(case)), codes=0, details=self.cast.words(mold.service, person.language),
            refusal_law=county.law_of(mold.case.rest["status"]),
        )  # fmt: skip
        for chapter in mold.chapters:
            self._add(chapter, moved, case_id=case, words=SILENT)
        for duty in self._duties(mold):
            self._add(duty, moved, subject_id=case, discharge_reason=None)

    def _number(self) -> str:
        """Among so many, two would get the same one by chance."""
        while (number := new_number()) in self.numbers:
            pass
        self.numbers.add(number)
        return number

    def _duties(self, mold: Mold) -> Iterator[Template]:
        """Its own, and its ended ones again where the county has fewer than it should."""
        yield from mold.duties
        self.behind += A_CASE - len(mold.duties)
        for duty in cycle(mold.ended) if mold.ended else ():
            if self.behind < 1:
                return
            self.behind -= 1
            yield duty

    def _add(self, of: Template, moved: timedelta, *, pk: UUID | None = None, **changed: Any) -> UUID:
        """A new row like this one, with every instant and day shifted; returns its id."""
        key = pk or new_id()
        owner = changed.get({Contact: "owner", Chapter: "case_id"}.get(of.model, ""))
        bound = f"{key}/{owner}" if owner else str(key)
        labels = dict(bulk.sealed(of.model))
        shut = {
            name: value and seal(value, label=labels[name], row=bound)
            for name, value in changed.items()
            if name in labels
        }
        self.rows.setdefault(of.model, []).append(of.row(moved, changed | shut | {"id": key}))
        return key


def _molds() -> list[Mold]:
    lived = Case.objects.filter(sort="request", reopened=0).select_related("contact", "promise__promise")
    cases = list(lived.order_by("pk")[:MOLDS])
    told = _templates(Chapter.objects.filter(case__in=cases).order_by("at", "pk"), "case_id")
    owing = Duty.objects.filter(parent=None, subject_id__in=[case.pk for case in cases])
    owed, ended = _templates(owing, "subject_id"), _templates(owing.exclude(outcome=""), "subject_id")
    return [
        Mold(
            case.promise.promise.key,
            len(owed[case.pk]) > len(ended[case.pk]),
            Template(case.contact),
            Template(case),
            *(tuple(of[case.pk]) for of in (told, owed, ended)),
        )
        for case in cases
    ]


def _templates(rows: Iterable[Model], name: str) -> dict[UUID, list[Template]]:
    found: dict[UUID, list[Template]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(Template(row))
    return found


def _room() -> int:
    """What the database takes on the disk, in bytes."""
    if connection.vendor == "sqlite":
        return Path(settings.DATABASES["default"]["NAME"]).stat().st_size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
