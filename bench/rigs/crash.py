"""kill -9 of every process of the county, again and again, while families and officers send forms: nothing acknowledged is lost,
nothing counts twice. On PostgreSQL half of the kills take every process of the database too.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from random import Random
from uuid import uuid4

from django.conf import settings
from django.db import connection, connections

from bench import tell
from bench.rigs import books
from bench.rigs.books import Books
from bench.rigs.cell import Cell, cell
from bench.rigs.lasting import Lasting
from bench.rigs.people import Family, Officer, Sent, Stage, Wrong, send
from bench.rigs.phone import NoAnswer, Phone
from bench.scale import Scale

KILLS = {"sqlite": 500, "postgresql": 200}
CLIENTS = 3
MOST_FORMS = 12  # a life ends after so many were acknowledged at most, and then at any instant of a form
LONGEST_FORM, LONGEST_LIFE = 0.03, 5.0  # seconds
TRIES = 40  # kills within which a planted flaw must be found
SECONDS_A_KILL = 0.7


@dataclass
class Client:
    """One family's telephone after another, and an officer's desk. `doubt` is the form that got no answer."""

    stage: Stage
    port: int
    chance: Random
    number: Iterator[int]
    desk: Officer | None = None
    doubt: Sent | None = None
    sent: list[Sent] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    told: Callable[[Sent], None] = lambda _form: None

    def again(self) -> None:
        """After the kill: the same form with the same key, on a new line."""
        if self.desk is not None:
            self.desk.phone.hang_up()
        if self.doubt is None:
            return
        self.doubt.phone.hang_up()
        try:
            self._send(self.doubt)
        except (Wrong, NoAnswer) as trouble:
            self.wrong.append(f"after the kill: {trouble}")
            self.doubt = None

    def work(self) -> None:
        """Until nobody answers any more."""
        try:
            while True:
                self._story()
        except NoAnswer:
            return
        except Wrong as wrong:
            self.wrong.append(str(wrong))

    def _story(self) -> None:
        if self.desk is None:
            desk = Officer(self.stage, Phone(self.port))
            desk.step_in()
            self.desk = desk
        words = f"要一份证明 {next(self.number)}"
        family = Family(self.stage, Phone(self.port))
        family.begin(words)
        asked = self._send(family.form(words, uuid4()))
        family.phone.hang_up()
        for deed in self.desk.life(asked.about, self.chance):
            self._send(deed)

    def _send(self, form: Sent) -> Sent:
        self.doubt = form
        send(form)
        self.told(form)
        self.doubt = None
        self.sent.append(form)
        return form


@dataclass
class Campaign:
    """Some kills in a row over one county, and what they found."""

    server: Cell
    clients: list[Client]
    chance: Random
    database: Lasting | None
    books: Books
    killed: int = 0
    databases_killed: int = 0
    acked: int = 0
    repeated: int = 0
    slowest: float = 0.0

    @classmethod
    def begun(cls, server: Cell, seed: int) -> Campaign:
        stage, numbers = Stage.found(), count()
        clients = [Client(stage, server.port, Random(f"{seed} {n}"), numbers) for n in range(CLIENTS)]
        return cls(server, clients, Random(seed), Lasting.here(), Books.opened())

    @property
    def findings(self) -> list[str]:
        wrong = [words for client in self.clients for words in client.wrong]
        return [*(f"LOST {x}" for x in self.books.lost), *(f"TWICE {x}" for x in self.books.doubled), *wrong]

    def kill(self) -> None:
        """One life: start, send again what is in doubt, look at the books of the life before, work, kill."""
        began = time.monotonic()
        self.server.start()
        self.check()
        with ThreadPoolExecutor(CLIENTS) as pool:
            at_work = [pool.submit(client.work) for client in self.clients]
            self._live(at_work)
            connections.close_all()
            if self.database is not None and self.killed % 2:
                self.database.kill()
                self.databases_killed += 1
            self.server.kill()
            for working in at_work:
                working.result()
        if self.database is not None and self.killed % 2:
            self.database.start()
        self.killed += 1
        self.slowest = max(self.slowest, time.monotonic() - began)

    def _live(self, at_work: list[Future[None]]) -> None:
        """However fast the machine is: until some forms were acknowledged, and a moment more."""
        forms, ends = self.chance.randint(1, MOST_FORMS), time.monotonic() + LONGEST_LIFE
        while sum(len(client.sent) for client in self.clients) < forms and time.monotonic() < ends:
            if all(working.done() for working in at_work):
                return
            time.sleep(0.001)
        time.sleep(self.chance.uniform(0, LONGEST_FORM))

    def end(self) -> None:
        """The last books: everything that was in doubt is sent again, then what the worker owed is done."""
        self.server.start()
        self.check()
        connections.close_all()
        self.server.kill()

    def check(self) -> None:
        self.repeated += sum(client.doubt is not None for client in self.clients)
        for client in self.clients:
            client.again()
        sent = [form for client in self.clients for form in client.sent]
        self.acked += len(sent)
        self.books.check(sent)
        for client in self.clients:
            client.sent = []


def measure(scale: Scale) -> None:
    """Exit 1 when something acknowledged was lost or counted twice, or when a planted flaw was not found."""
    blind = [flaw for flaw, sees in SEES.items() if not _finds(flaw, sees)]
    began = time.monotonic()
    with cell(settings.VAR) as server:
        campaign = Campaign.begun(server, 1)
        for _ in range(scale.of(KILLS[connection.vendor])):
            campaign.kill()
        seconds = (time.monotonic() - began) / campaign.killed
        campaign.end()
    _tell(campaign, seconds)
    books.settle()
    ends = [*campaign.books.told_twice(), *books.errands_wrong(), *books.log_wrong()]
    found = [*campaign.findings, *ends, *(f"the planted flaw {flaw!r} was not seen" for flaw in blind)]
    tell.verdict(found, "every errand was done once, and the verifier found the log whole")
    sys.exit(bool(found))


def _answered_too_early(campaign: Campaign) -> bool:
    """On PostgreSQL the next act may not even find what the one before had promised."""
    return bool(campaign.findings)


def _received_twice(campaign: Campaign) -> bool:
    return bool(campaign.books.told_twice())


SEES: dict[str, Callable[[Campaign], bool]] = {"answers-first": _answered_too_early, "forgets-keys": _received_twice}


def _finds(flaw: str, sees: Callable[[Campaign], bool]) -> bool:
    with cell(settings.VAR, flaw=flaw) as server:
        campaign = Campaign.begun(server, 7)
        for _ in range(TRIES):
            campaign.kill()
            campaign.server.start()
            campaign.check()
            found = sees(campaign)
            campaign.server.kill()
            if found:
                break
    tell.remark(f"planted {flaw!r}: {'found' if found else 'NOT FOUND'} after {campaign.killed} kills")
    return found


def _tell(campaign: Campaign, seconds: float) -> None:
    tell.figure(
        "kills of server and worker", campaign.killed, note=f"({campaign.databases_killed} of the database too)"
    )
    tell.figure(
        "acknowledged forms", campaign.acked, note=f"({campaign.repeated} in doubt, sent again with the same key)"
    )
    tell.figure("lost", len(campaign.books.lost), goal=0)
    tell.figure("counted twice", len(campaign.books.doubled), goal=0)
    tell.figure("seconds a kill", seconds, "s", goal=SECONDS_A_KILL, note=f"(the slowest {campaign.slowest:.2f} s)")
