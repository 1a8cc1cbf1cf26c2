"""The county that is measured: some cases lived through the real operations, the rest their copies, written in bulk.

A copy is a case with its contact, its chapters and its duties, sealed anew, some days earlier or later. It has no log entries:
the log is measured by itself.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from itertools import cycle
from random import Random
from typing import TypeVar

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model

from bench import tell
from bench.scale import Scale
from chengnuo.cases.lifecycle import CaseStatus
from chengnuo.cases.models import Case, Chapter
from chengnuo.demo.cast import Cast
from chengnuo.demo.year import NOW, YEAR_BEGINS
from chengnuo.foundation.grams import grams
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.receipts import index_of, new_number, receipt_code
from chengnuo.foundation.sealed import SealedField
from chengnuo.people.models import Cell, Contact, ContactGram
from chengnuo.promises.models import Duty

M = TypeVar("M", bound=Model)
CHUNK = 200
DAYS = 40  # a copy lies so many days from the case that it copies, at most


def measure(scale: Scale) -> None:
    """Builds it where it is missing, and says how long that took."""
    began = time.monotonic()
    call_command("prepare")
    if scale.lived and Cell.objects.filter(demo_year_at=None).exists():
        call_command("build_demo", "--year", "--cases", str(scale.lived))
    Cell.objects.filter(demo_year_at=None).update(demo_year_at=NOW)
    missing = scale.cases - Case.objects.count()
    if missing > 0:
        _copies(missing)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        tell.remark(f"the county was built in {time.monotonic() - began:.0f} s: {missing} of its cases are copies")


def _copies(missing: int) -> None:
    chance = Random(10_000)
    cast = Cast(chance)
    told, owed = (
        _by_case(Chapter.objects.all(), "case_id"),
        _by_case(Duty.objects.filter(parent=None), "subject_id"),
    )
    lived = cycle(Case.objects.filter(sort="request", reopened=0).select_related("contact").order_by("received_at"))
    for begins in range(0, missing, CHUNK):
        cases: list[Case] = []
        others: list[Model] = []
        for _ in range(min(CHUNK, missing - begins)):
            model = next(lived)
            moved = timedelta(days=chance.randrange(-DAYS, 1), minutes=chance.randrange(60))
            moved = max(moved, YEAR_BEGINS - model.received_at)  # not before it could be asked for
            case = _case(model, cast, moved, others)
            cases.append(case)
            others += [_moved(chapter, moved, case=case) for chapter in told[model.pk]]
            others += [_moved(duty, moved, subject_id=case.pk) for duty in owed[model.pk]]
        _write(cases, others)


def _case(model: Case, cast: Cast, moved: timedelta, others: list[Model]) -> Case:
    person, key = cast.person(), new_id()
    said = {"name": person.name, "phone": person.phone, "language": person.language}
    contact = Contact(owner=key, village_id=model.contact.village_id, **said)
    others.append(contact)
    others += [ContactGram(owner=contact.pk, gram=gram) for gram in grams(person.name)]
    details = cast.words(model.promise.promise.key, person.language)
    made = {"contact": contact, "number": new_number(), "receipt_index": index_of(receipt_code(key))}
    made["refusal_law"] = law_of(model.status)
    return _moved(model, moved, pk=key, details=details, **made)


def law_of(status: str) -> str | None:
    """What a copy names as the law of a refusal: sealed words are not copied, and a refusal without a law there is not."""
    return "…" if status == CaseStatus.REFUSED else None


def _moved(row: M, by: timedelta, **changed: object) -> M:
    """A new row like this one, with every instant and day shifted."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and not isinstance(field, SealedField)
    }
    shifted = {
        name: value + by if name.endswith(("_at", "_at_latest", "complete_by", "answer_by", "_on")) and value else value
        for name, value in kept.items()
    }
    if "at" in shifted:
        shifted["at"] += by
    for name in changed:
        shifted.pop(f"{name}_id", None)
    made = type(row)(**(shifted | changed))
    if made.pk is None:
        made.pk = new_id()
    return made


def _write(cases: list[Case], others: list[Model]) -> None:
    rows: dict[type[Model], list[Model]] = defaultdict(list)
    for row in [*others, *cases]:
        rows[type(row)].append(row)
    with transaction.atomic():
        for model in (Contact, ContactGram, Case, Chapter, Duty):
            model._default_manager.bulk_create(rows[model])


def _by_case(rows: Iterable[M], name: str) -> dict[object, list[M]]:
    found: dict[object, list[M]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
