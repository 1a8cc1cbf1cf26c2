"""A made-up register as a target of the import, in memory: rows are added, changed, hidden until their batch is in, and taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest

from chengnuo.core.identity import check_digit
from chengnuo.core.text3 import Text3
from chengnuo.foundation.acts import CHUNK, Act
from chengnuo.foundation.pace import Pace
from chengnuo.imports.days import day
from chengnuo.imports.kinds import fen, identity, text
from chengnuo.imports.layout import Column, Layout, Values
from chengnuo.imports.lifecycle import SEEN
from chengnuo.imports.models import ImportBatch
from chengnuo.imports.operations import applying, onward, undoing
from chengnuo.imports.operations.stage import stage
from chengnuo.imports.reading.limits import Row
from chengnuo.imports.targets import Held, OfAnyOffice
from chengnuo.people.roles import Role
from tests.factories import county, tables

NAME = "register"
ADMIN = "health-bureau.account-admin"
HEAD = ["公民身份号码", "姓名", "出生日期", "金额"]
LAYOUT = Layout(
    columns=(
        Column(
            "id",
            Text3("身份证号", "身份證號", "Identity number"),
            identity,
            ("公民身份号码", "证件号码"),
            required=True,
            unique=True,
            secret=True,
        ),
        Column("name", Text3("姓名", "姓名", "Name"), text(40), ("户主姓名",), required=True),
        Column("born", Text3("出生日期", "出生日期", "Born on"), day),
        Column("money", Text3("金额", "金額", "Amount"), fen, ("补贴金额",)),
    ),
    most=100_000,
)


@pytest.fixture(autouse=True)
def steady(monkeypatch):
    """An act takes five hundred rows, however fast this machine is."""
    pace = Pace(CHUNK, least=CHUNK)
    for module in (applying, undoing):
        monkeypatch.setattr(module, "PACE", pace)


@dataclass
class Entry:
    key: str
    values: Values
    batch: UUID | None
    version: str = field(default_factory=lambda: uuid4().hex)


@dataclass
class Register(OfAnyOffice):
    """Answers to `imports.targets.Target`. Of several entries under a key the last one that can be seen counts."""

    name: str = NAME
    title: str = "Tables"
    hint: str = ""
    roles: frozenset[str] = frozenset({Role.ACCOUNT_ADMIN.value})
    layout: Layout = LAYOUT
    unknown: str = ""
    is_hidden: bool = True
    entries: list[Entry] = field(default_factory=list)

    def key(self, values: Values) -> str:
        return str(values["id"])

    def current(self, keys: Collection[str], batch: UUID) -> Mapping[str, Held]:
        return {e.key: Held(e.values, e.version) for e in self._seen(batch) if e.key in keys}

    def seen(self) -> dict[str, Values]:
        """What everybody sees."""
        return {entry.key: entry.values for entry in self._seen(None)}

    def add(self, rows: Mapping[str, Values], _a: Act | None, batch: UUID | None) -> Mapping[str, Held]:
        return self._written({key: Entry(key, values, batch) for key, values in rows.items()})

    def change(self, rows: Mapping[str, Values], _a: Act | None, batch: UUID | None) -> Mapping[str, Held]:
        now = {entry.key: entry.values for entry in self._seen(batch)}
        return self._written({key: Entry(key, {**now[key], **values}, batch) for key, values in rows.items()})

    def remove(self, keys: Collection[str], _a: Act, batch: UUID) -> None:
        self.entries = [entry for entry in self.entries if not (entry.key in keys and entry.batch == batch)]

    def template(self) -> Iterable[Row]:
        yield list(HEAD)

    def _written(self, new: Mapping[str, Entry]) -> Mapping[str, Held]:
        self.entries += new.values()
        return {key: Held(entry.values, entry.version) for key, entry in new.items()}

    def _seen(self, batch: UUID | None) -> list[Entry]:
        shown = set(ImportBatch.objects.filter(status__in=SEEN).values_list("pk", flat=True)) | {None, batch}
        return [entry for entry in self.entries if entry.batch in shown]


def number(chance: Random) -> str:
    body = f"420526{chance.randint(1940, 2005)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}{chance.randrange(1000):03}"
    return body + check_digit(body)


def people(count: int, seed: str = "people") -> list[list[Any]]:
    """Rows of so many different made-up people."""
    chance, rows = Random(seed), dict[str, list[Any]]()
    while len(rows) < count:
        who = number(chance)
        rows[who] = [who, f"虚构{len(rows)}", f"{who[6:10]}-{who[10:12]}-{who[12:14]}", 960]
    return list(rows.values())


def admin():
    return county.officer(ADMIN, at=county.MONDAY)


def sent(rows: Iterable[Row], *, target: str = NAME, at=county.MONDAY, head: Row = HEAD) -> ImportBatch:
    """A batch of these rows, staged and not yet rehearsed."""
    return stage(target=target, content=tables.text([head, *rows]), by=admin(), at=at, key=uuid4())


def rehearsed(rows: Iterable[Row], **told: Any) -> ImportBatch:
    batch = sent(rows, **told)
    onward.go_on(at=county.MONDAY, limit=1)
    return ImportBatch.objects.get(pk=batch.pk)


def ordered(rows: Iterable[Row], **told: Any) -> ImportBatch:
    batch = rehearsed(rows, **told)
    return applying.apply(batch=batch.pk, by=admin(), at=county.MONDAY, key=uuid4())


def applied(rows: Iterable[Row], **told: Any) -> ImportBatch:
    batch = ordered(rows, **told)
    onward.go_on(at=county.MONDAY, limit=1000)
    return ImportBatch.objects.get(pk=batch.pk)


def undone(batch: ImportBatch) -> ImportBatch:
    undoing.undo(batch=batch.pk, by=admin(), at=county.MONDAY, key=uuid4())
    onward.go_on(at=county.MONDAY, limit=1000)
    return ImportBatch.objects.get(pk=batch.pk)
