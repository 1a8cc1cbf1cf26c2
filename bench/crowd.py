"""Thirty-two people at once for a minute; three in ten of what they send are forms. Nobody may be turned away, nothing may hold
the writer for long.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import count
from pathlib import Path
from random import Random
from uuid import uuid4

from django.conf import settings

from bench import addresses, tell, timing
from bench.rigs import held
from bench.rigs.cell import Cell, cell
from bench.rigs.held import Held
from bench.rigs.people import Family, Officer, Sent, Stage, Wrong, send
from bench.rigs.phone import NoAnswer, Phone
from bench.scale import Scale

CLIENTS, SECONDS, WRITTEN = 32, 60, 0.3
MOST_HELD = 250  # milliseconds
MOST_NAMED = 6
FEW, SHORT = 4, 3  # people and seconds, for what was planted
BEGUN = 5  # forms before a request is sent
PAGES = ("/", "/follow/", "/services/")


@dataclass
class Seen:
    """What one run saw. `read` and `written` are the seconds of each page and each form."""

    read: list[float] = field(default_factory=list)
    written: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    locked: int = 0

    @property
    def longest(self) -> float:
        """How long the writer was held at most, in milliseconds."""
        return max((each.taken for each in self.held), default=0.0) * 1000


@dataclass
class Someone:
    """At a desk, and for one family after another."""

    stage: Stage
    port: int
    chance: Random
    number: Iterator[int]
    pages: tuple[str, ...]
    seen: Seen

    def work(self, until: float) -> None:
        """Nobody looks at a desk before stepping in to it."""
        phone, forms = Phone(self.port), None
        while time.monotonic() < until:
            done = len(self.seen.read) + len(self.seen.written)
            try:
                if forms is None:
                    forms = self._forms(phone)
                    next(forms)
                elif len(self.seen.written) <= WRITTEN * done:
                    next(forms)
                else:
                    self._look(phone, self.chance.choice(self.pages))
            except (NoAnswer, Wrong) as trouble:
                self.seen.errors.append(str(trouble))
                phone.hang_up()
                forms = None

    def _look(self, phone: Phone, page: str) -> None:
        began = time.perf_counter()
        reply = phone.get(page)
        self.seen.read.append(time.perf_counter() - began)
        if reply.status != HTTPStatus.OK:
            self.seen.errors.append(f"{reply.status} {page}")

    def _forms(self, phone: Phone) -> Iterator[None]:
        """Each step sends some."""
        desk = Officer(self.stage, phone)
        began = time.perf_counter()
        desk.step_in()
        self.seen.written.append(time.perf_counter() - began)
        yield
        while True:
            words = f"要一份证明 {next(self.number)}"
            family = Family(self.stage, Phone(self.port))
            began = time.perf_counter()
            family.begin(words)
            self.seen.written += [(time.perf_counter() - began) / BEGUN] * BEGUN
            yield
            asked = self._send(family.form(words, uuid4()))
            family.phone.hang_up()
            yield
            for deed in desk.life(asked.about, self.chance):
                self._send(deed)
                yield

    def _send(self, form: Sent) -> Sent:
        began = time.perf_counter()
        send(form)
        self.seen.written.append(time.perf_counter() - began)
        return form


def measure(scale: Scale) -> None:
    broken = run("answers-500", FEW, SHORT)
    tell.planted(f"an answer that failed ({len(broken.errors)} errors)", found=bool(broken.errors))
    slow = run("holds-the-writer", FEW, SHORT)
    tell.planted(f"a writer that was held ({slow.longest:.0f} ms)", found=slow.longest > MOST_HELD)
    _tell(run("", CLIENTS, max(SHORT, scale.of(SECONDS))))


def run(flaw: str, people: int, seconds: float) -> Seen:
    """So many people over the county of these settings, with server and worker as `./run` starts them."""
    folder = Path(settings.VAR)
    notes, seen = folder / "held", Seen()
    notes.unlink(missing_ok=True)
    with cell(folder, flaw=flaw, BENCH_HELD=str(notes)) as server:
        os.truncate(notes, 0)  # what the rig's own rehearsal held
        server.start()
        _at_once(server, people, seconds, seen)
        seen.locked = server.says.read_text().count("locked")
    seen.held = held.read(notes)
    seen.locked += sum("locked" in error for error in seen.errors)
    return seen


def _at_once(server: Cell, people: int, seconds: float, seen: Seen) -> None:
    stage, numbers = Stage.found(), count()
    pages = (*PAGES, addresses.place().address, *addresses.desk())
    crowd = [Someone(stage, server.port, Random(n), numbers, pages, seen) for n in range(people)]
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(people) as pool:
        for working in [pool.submit(someone.work, until) for someone in crowd]:
            working.result()


def _tell(seen: Seen) -> None:
    every = len(seen.read) + len(seen.written)
    tell.remark(f"{CLIENTS} people at once: {every} requests, {len(seen.written) / max(every, 1):.0%} of them forms")
    tell.figure("pages, median", timing.milliseconds(seen.read or [0.0]), "ms")
    tell.figure("pages, p95", timing.p95(seen.read or [0.0]), "ms")
    tell.figure("forms, median", timing.milliseconds(seen.written or [0.0]), "ms")
    tell.figure("forms, p95", timing.p95(seen.written or [0.0]), "ms")
    tell.figure("errors", len(seen.errors), goal=0, note="; ".join(sorted(set(seen.errors))[:3]))
    tell.figure("times that something was locked", seen.locked, goal=0)
    median = timing.milliseconds([each.taken for each in seen.held] or [0.0])
    used = max((each.used for each in seen.held), default=0.0) * 1000
    note = f"({len(seen.held)} transactions, median {median:.0f} ms; in none did the processor work longer than {used:.0f} ms)"
    tell.figure("the longest transaction", seen.longest, "ms", goal=MOST_HELD, note=note)
    for each in sorted(seen.held, reverse=True)[:MOST_NAMED]:
        if each.taken * 1000 > MOST_HELD:
            tell.remark(f"{each.taken * 1000:.0f} ms, {each.used * 1000:.0f} of the processor: {each.whose}")
