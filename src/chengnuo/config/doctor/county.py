"""Whether the county stands as it should: its mark, its outside body, its posts, and what points to nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from chengnuo.cases.lifecycle import CASE
from chengnuo.cases.models import Case
from chengnuo.config.doctor.finding import Finding
from chengnuo.core.instants import local_date
from chengnuo.foundation import files, refs
from chengnuo.foundation.keys import KeyRingUnusable
from chengnuo.people.models import Cell, Holding, Level, Office, Post
from chengnuo.people.queries import held_on

SHOWN = 5


def not_set_up(_at: datetime) -> Iterator[Finding]:
    if not Cell.objects.exists():
        yield Finding(
            "This database serves no county yet.",
            "For the demo start ./run; for a county of your own follow docs/how-to/set-up-a-county.md.",
        )


def demo_mark(_at: datetime) -> Iterator[Finding]:
    cell = Cell.objects.first()
    if cell and settings.DEMO and not cell.demo:
        yield Finding(
            "This is a real county's database, opened in demo mode: anybody at this machine may step into any role.",
            "Start with CHENGNUO_DEMO=0; as a demo it is not served, and must never be.",
        )
    if cell and cell.demo and not settings.DEMO:
        yield Finding(
            "This is the demo's database, opened outside demo mode: its people and its figures are invented.",
            "Use an empty database for a real county, or start with CHENGNUO_DEMO=1; otherwise it is not served.",
        )


def another_county(_at: datetime) -> Iterator[Finding]:
    cell = Cell.objects.first()
    if cell and cell.code != settings.COUNTY:
        yield Finding(
            f"CHENGNUO_COUNTY is {settings.COUNTY}, and this database serves {cell.code}: the log's heads name the former.",
            f"Start with CHENGNUO_COUNTY={cell.code}, as it was when the log began.",
        )


def outside_body(_at: datetime) -> Iterator[Finding]:
    """What the county's offices break goes to the office that the setting names, and nowhere past it."""
    if not Cell.objects.exists():
        return
    key = settings.OUTSIDE_BODY
    if not Office.objects.filter(key=key, level=Level.CITY, above=None, closed_on=None).exists():
        yield Finding(
            f"CHENGNUO_OUTSIDE_BODY names {key!r}, and no open office above the county has this key.",
            "Name the key of the body that supervises the county, as it stands in its offices.yaml.",
        )
    elsewhere = Office.objects.filter(level=Level.COUNTY, closed_on=None).exclude(above__key=key)
    if named := list(elsewhere.order_by("key").values_list("key", flat=True)):
        yield Finding(
            f"{_few(named)}: what these offices break does not go to {key!r}.",
            "Put them below the outside body, or name the body that they stand under in CHENGNUO_OUTSIDE_BODY.",
        )


def offices_without_reception(_at: datetime) -> Iterator[Finding]:
    """Every open office has a first holder of what comes in, and somebody who answers."""
    posts = Post.objects.filter(office=OuterRef("pk"), closed_on=None)
    lacking = Office.objects.filter(closed_on=None).exclude(
        Exists(posts.filter(is_reception=True)), Exists(posts.filter(is_head=True))
    )
    if named := list(lacking.order_by("key").values_list("key", flat=True)):
        yield Finding(
            f"{_few(named)}: no reception or no head, so nobody takes what comes in or answers for what is late.",
            "Give each a reception and a head among its posts.",
        )


def cases_without_holder(at: datetime) -> Iterator[Finding]:
    held = Holding.objects.filter(
        held_on(local_date(at)), post=OuterRef("holder"), post__closed_on=None, account__is_active=True
    )
    left = Case.objects.filter(~Q(Exists(held)), status__in=CASE.open)
    posts = Counter(left.values_list("holder__key", flat=True))
    if posts:
        yield Finding(
            f"{posts.total()} open cases are held by posts that nobody fills: {_few([key for key, _ in posts.most_common()])}.",
            "Let the administrator of accounts fill these posts, or the heads of the offices take the cases over.",
        )


def orphans(_at: datetime) -> Iterator[Finding]:
    found = Counter((orphan.model._meta.label, orphan.ref.kind) for orphan in refs.orphans())
    for (model, kind), count in sorted(found.items()):
        yield Finding(
            f"{count} rows of {model} point to a {kind or 'thing'} that is not there.",
            "Something was deleted past the operations: bring it back from a copy, and find out who writes to the database.",
        )


def broken_files(_at: datetime) -> Iterator[Finding]:
    try:
        found = list(files.broken())
    except KeyRingUnusable:  # a finding of its own
        return
    if found:
        yield Finding(
            f"{len(found)} stored files are missing or were altered, and open for nobody: {_few([str(f.pk) for f in found])}.",
            f"Bring these back into {files.folder()} from a backup, and find out who reaches that folder.",
        )


def _few(names: list[str]) -> str:
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if names[SHOWN:] else "")
