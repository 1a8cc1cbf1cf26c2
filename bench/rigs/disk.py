"""The disk is full, at each step of an act: nothing is half written, pages are still shown, and when there is room again the same form
is taken, without a restart. The recorder refuses the writes, at the n-th and from there on; SQLite only.
"""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import uuid4

from django.db import connection, connections

from bench import tell
from bench.rigs import books
from bench.rigs.books import Books
from bench.rigs.cell import Cell
from bench.rigs.people import Family, Officer, Sent, Stage, Wrong, send
from bench.rigs.phone import NoAnswer, Phone
from bench.rigs.recorder import Recorder, has_compiler, recorded_cell
from bench.scale import Scale

STEPS, LEAST_STEPS = 120, 4  # an act makes about so many writes
READ = ("/", "/follow/", "/services/", "/log/", "/desk/inbox/")


@dataclass
class Tried:
    """What came of filling the disk after each number of writes."""

    refused: int = 0
    went_through: int = 0
    wrong: list[str] = field(default_factory=list)


def measure(scale: Scale) -> None:
    """Exit 1 when something was half written, a page was not shown, or a form was not taken afterwards."""
    if not has_compiler() or connection.vendor != "sqlite":
        tell.verdict(["nothing was tried: this rig needs a C compiler (cc) and SQLite"], "")
        sys.exit(1)
    seen = bool(_filled("commits-halves", range(0, STEPS, STEPS // 4)).wrong)
    tell.remark(f"planted 'commits-halves': {'found' if seen else 'NOT FOUND'}")
    tried = _filled("", range(0, STEPS, max(1, STEPS // max(LEAST_STEPS, scale.of(STEPS)))))
    tell.figure("acts on a full disk, refused", tried.refused, note=f"({tried.went_through} needed no more room)")
    tell.figure("half written, not shown, or not taken afterwards", len(tried.wrong), goal=0)
    books.settle()
    found = [*tried.wrong, *books.errands_wrong(), *books.log_wrong()] + ([] if seen else ["a half act was not seen"])
    tell.verdict(found, "whole acts only, pages were shown, and the same processes went on")
    sys.exit(bool(found))


def _filled(flaw: str, steps: range) -> Tried:
    connections.close_all()
    tried = Tried()
    with recorded_cell(flaw) as (server, notes):
        server.start()
        desk = Officer(Stage.found(), Phone(server.port))
        desk.step_in()
        for step in steps:
            for only_growth in (True, False):
                _one(server, notes, desk, tried, step, only_growth=only_growth)
        if not server.alive():
            tried.wrong.append("a process ended")
    return tried


def _one(server: Cell, notes: Recorder, desk: Officer, tried: Tried, step: int, *, only_growth: bool) -> None:
    """A family's request and an officer's act, each with a disk that is full after `step` writes."""
    family = Family(desk.where, Phone(server.port))
    family.begin(f"要一份证明 {step}")
    asked = family.form(f"要一份证明 {step}", uuid4())
    forms = [asked]
    for _ in range(2):
        form = forms[-1]
        before = Books.opened()
        _empty_log_of_writes()
        notes.fill_disk(after=step, only_growth=only_growth)
        with suppress(NoAnswer):
            send(form)
        tried.wrong += [f"on a full disk, {page} was not shown" for page in READ if not _shows(desk.phone, page)]
        notes.free_disk()
        tried.refused += not form.acked
        tried.went_through += form.acked
        tried.wrong += _halves(before, form, step)
        _taken(form, tried)
        before.check([form])
        tried.wrong += before.lost + before.doubled
        if form is asked and form.case:
            forms.append(desk.deed(form.case, "finish", result="办好了"))


def _taken(form: Sent, tried: Tried) -> None:
    """Now that there is room: the same form, sent again."""
    try:
        send(form)
    except (NoAnswer, Wrong) as trouble:
        tried.wrong.append(f"with room again, {form.operation}: {trouble}")


def _halves(before: Books, form: Sent, step: int) -> list[str]:
    """What follows from the act stands there exactly as often as its key."""
    now = Books.opened().before
    grown = Counter({name: now[name] - before.before[name] for name in now})
    key, entry = grown[f"key {form.operation}"], grown[f"entry {form.operation}"]
    parts = {key, entry, grown["case"]} if form.operation.startswith("case.receive") else {key, entry}
    return [] if parts == {key} else [f"half of {form.operation} at write {step}: {dict(grown)}"]


def _shows(phone: Phone, page: str) -> bool:
    try:
        return phone.get(page).status == HTTPStatus.OK
    except NoAnswer:
        return False


def _empty_log_of_writes() -> None:
    """So that the next act makes a file grow."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
