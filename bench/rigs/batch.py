"""A payment batch of 100,000 payees with the bank's file: how long it takes, and how long anybody else waits for the writer meanwhile."""

from __future__ import annotations

import resource
from functools import partial
from uuid import uuid4

from bench import tell
from bench.rigs.paying import DAY, FIRST_YEAR, Crew, crew_of_the_county, due_of, fund_of, payees_of
from bench.scale import Scale
from bench.writer import timed
from chengnuo.foundation import clock
from chengnuo.payments.bank_file import bank_file
from chengnuo.payments.lifecycle import SENT
from chengnuo.payments.models import Batch, Fund, Payment
from chengnuo.payments.operations import batches
from chengnuo.people import queries as people

PAYEES, SECONDS, MEBIBYTES = 100_000, 60, 512
FEN = 90  # of all of them together less than what two people must approve


def measure(scale: Scale) -> None:
    many = scale.of(PAYEES)
    with clock.frozen(DAY):
        crew = crew_of_the_county()
        due_of(payees_of(many, crew), FIRST_YEAR, fen=FEN)
        fund = fund_of(FIRST_YEAR, crew, DAY, fen=FEN * many)
        spent = timed("payees found and booked", many, lambda: _filled(fund, crew, many))
        batch = Batch.objects.get(fund=fund)
        for signs, by in ((batches.check, crew.head), (batches.approve, crew.approver)):
            signs(batch=batch.pk, by=by, at=DAY, key=uuid4())
        spent += timed("payees sent", many, lambda: _sent(batch, crew, many))
        for kind in ("csv", "xlsx"):
            spent += timed(f"payees in the bank's file ({kind})", many, partial(_file, batch, kind, crew))
        tell.figure("the whole batch with both files", spent, "s", goal=SECONDS * many / PAYEES)
        tell.figure("the most memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MiB", goal=MEBIBYTES)
    sent = Payment.objects.filter(batch=batch, status=SENT).count()
    tell.verdict([] if sent == many else [f"{sent} of {many} are sent"], "every payee is in the batch once")


def _filled(fund: Fund, crew: Crew, many: int) -> None:
    batches.propose(fund=fund.pk, by=crew.desk, at=DAY, key=uuid4())
    batches.go_on(at=DAY, steps=many)


def _sent(batch: Batch, crew: Crew, many: int) -> None:
    batches.export(batch=batch.pk, by=crew.clerk, at=DAY, key=uuid4())
    batches.go_on(at=DAY, steps=many)


def _file(batch: Batch, kind: str, crew: Crew) -> int:
    return len(bank_file(Batch.objects.get(pk=batch.pk), kind, county=people.cell().county.name, by=crew.clerk))
