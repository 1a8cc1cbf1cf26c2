"""What must stand in the database after everything that was acknowledged: nothing lost, nothing twice, the log whole."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db.models import Max

from bench.rigs.cell import ROOT
from bench.rigs.listener import HEARD
from bench.rigs.people import RECEIVE, Sent
from chengnuo.cases.models import Case
from chengnuo.config import worker
from chengnuo.foundation import clock
from chengnuo.foundation.actor import system
from chengnuo.foundation.models import ActKey, Errand, LogEntry
from chengnuo.foundation.outbox import LEASE

THEN = {
    "case.receive/1": "received",
    "case.ask_once/1": "waiting",
    "case.supply/1": "received",
    "case.finish/1": "done",
}


@dataclass
class Books:
    """`before` is what stood there when the books were opened; `lost` and `doubled` are what was found."""

    before: Counter[str] = field(default_factory=Counter)
    cases_before: frozenset[UUID] = frozenset()
    acked: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    @classmethod
    def opened(cls) -> Books:
        return cls(_standing(), frozenset(Case.objects.values_list("pk", flat=True)))

    def check(self, sent: Iterable[Sent]) -> None:
        """After one kill: every form of this life that was acknowledged stands there once, with what follows from it."""
        acked = [form for form in sent if form.acked]
        self.acked.update(form.operation for form in acked)
        found = set(ActKey.objects.filter(key__in=[form.key for form in acked]).values_list("operation", "key"))
        self.lost += [f"{form.operation} {form.key}" for form in acked if (form.operation, form.key) not in found]
        now = _standing()
        for name in THEN:
            for kind in ("key", "entry"):
                more = now[f"{kind} {name}"] - self.before[f"{kind} {name}"] - self.acked[name]
                self._note(more, f"{kind} {name}")
        self._note(now["case"] - self.before["case"] - self.acked[RECEIVE], "case")
        status = dict(Case.objects.filter(pk__in={form.case for form in acked}).values_list("pk", "status"))
        expected = {form.case: THEN[form.operation] for form in acked}
        self.lost += [f"case {pk} is not {want}" for pk, want in expected.items() if status.get(pk) != want]

    def _note(self, more: int, what: str) -> None:
        """A difference is told once: the books go on from it."""
        if more:
            (self.doubled if more > 0 else self.lost).append(f"{abs(more)} × {what}")
            self.before[what] += more

    def told_twice(self) -> list[str]:
        """The words of cases that were received more than once; the words are sealed, and are opened one by one."""
        said = Counter(_opened(case) for case in Case.objects.exclude(pk__in=self.cases_before))
        return [words for words, times in said.items() if times > 1]


def _opened(case: Case) -> str:
    return case.details.reveal(by=system(), reason="a rig looks for what was received twice")


def _standing() -> Counter[str]:
    found = Counter({"case": Case.objects.count()})
    for name in THEN:
        found[f"key {name}"] = ActKey.objects.filter(operation=name).count()
        found[f"entry {name}"] = LogEntry.objects.filter(schema=name).count()
    return found


def settle() -> None:
    """Lets the worker finish what the killed ones had begun: their leases end after five minutes."""
    now = clock.now() + LEASE + timedelta(minutes=1)
    while worker.drain(now):
        pass
    worker.number_the_log(now + timedelta(days=1))
    _head_of(now + timedelta(days=1))


def _head_of(now: datetime) -> None:
    worker.sign_heads(now)


def errands_wrong() -> list[str]:
    """Errands that were not done, were given up, or were done more than once."""
    unfinished = Errand.objects.filter(done_at=None).count()
    heard = Counter(ActKey.objects.filter(operation=HEARD).values_list("ref_id", flat=True))
    ours = {str(pk) for pk in Errand.objects.filter(handler=HEARD).values_list("pk", flat=True)}
    wrong = [f"errand {pk}: done {heard[pk]} times" for pk in ours if heard[pk] != 1]
    return wrong + ([f"{unfinished} errands were never done"] if unfinished else [])


def log_wrong() -> list[str]:
    """What is wrong with the log: numbers that are missing, or what the outsider's verifier says of the export."""
    numbered = LogEntry.objects.exclude(seq=None)
    last = numbered.aggregate(last=Max("seq"))["last"]
    wrong = [] if numbered.count() == (-1 if last is None else last) + 1 else ["the numbers are not dense"]
    wrong += ["entries without a number"] if LogEntry.objects.filter(seq=None).exists() else []
    folder = settings.VAR / "log-export"
    call_command("export_log", str(folder), verbosity=0, stdout=sys.stderr)
    told = subprocess.run(
        [sys.executable, "-I", ROOT / "tools" / "verify.py", folder], check=False, capture_output=True, text=True
    )
    return wrong + ([f"the verifier: {told.stdout}{told.stderr}"] if told.returncode else [])
