"""What the bank did with a batch: every line of the returned file is looked at first, then booked, 200 payees a step.

The same file again books nothing twice: what it says of a payment that has said so already is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from chengnuo.core.lifecycle import Move
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused
from chengnuo.payments import queries, returned
from chengnuo.payments.internal import ledger
from chengnuo.payments.lifecycle import BATCH, EXPORTED, FAILED, MENDED, PAID, PAYMENT, SENT
from chengnuo.payments.models import Batch, Book, Line, Payment
from chengnuo.payments.operations.batches import AT_A_TIME
from chengnuo.payments.returned import NotTheFile, Said

# what a line does to a payment as it stands; a line that says what is known already does nothing
BOOKED: Mapping[str, Move | None] = {SENT: PAYMENT.pay, PAID: None}
NOT_BOOKED: Mapping[str, Move | None] = {SENT: PAYMENT.fail, PAID: PAYMENT.come_back, FAILED: None, MENDED: None}


def reconcile(*, batch: UUID, content: bytes, by: Actor, at: datetime, key: UUID) -> Batch:
    """Reads a returned file to its end, then books it. It may hold a part of the batch: the last part reconciles it.

    Raises NotHere; MoveRefused, NotTheFile, and then nothing of it was booked.
    """
    found = queries.batch(by, batch, action="batch.reconcile")
    objection = BATCH.read.objection(found.status, found, at)
    if objection is not None:  # before anything is booked: the steps below are acts of their own
        raise MoveRefused(objection.sentence, why=objection.code)
    said = _fitting(found, returned.read(content))
    for start in range(0, len(said), AT_A_TIME):
        lines = said[start : start + AT_A_TIME]
        _settle(found, lines, by=by, at=at, key=uuid5(key, str(lines[0].payment)))
    file = sha256(content).hexdigest()
    with act("batch.reconcile/1", by=by, at=at, key=key, said={"batch": batch, "file": file}) as a:
        found = a.take(Batch, batch)
        is_whole = found.status == EXPORTED and not Payment.objects.filter(batch=batch, status=SENT).exists()
        return a.move(found, BATCH.reconcile if is_whole else BATCH.read)


def close(*, batch: UUID, by: Actor, at: datetime, key: UUID) -> Batch:
    """Everything in it has come to its end."""
    with act("batch.close/1", by=by, at=at, key=key, said={"batch": batch}) as a:
        return a.move(a.take(Batch, batch), BATCH.close)


def move_of(line: Said, status: str) -> Move | None:
    """What a line does to a payment of this status. Raises NotTheFile."""
    ways = BOOKED if line.paid_on else NOT_BOOKED
    if status not in ways:
        raise NotTheFile("otherwise" if status in (FAILED, MENDED) else "foreign", line.line)
    return ways[status]


def _fitting(batch: Batch, said: Iterable[Said]) -> list[Said]:
    """The lines that say something new. Raises NotTheFile where any does not fit what was sent."""
    rows = Payment.objects.filter(batch=batch).values_list("pk", "fen", "status")
    sent = {pk: (fen, status) for pk, fen, status in rows.iterator()}
    return [line for line in said if _fits(line, sent.get(line.payment))]


def _fits(line: Said, sent: tuple[int, str] | None) -> bool:
    if sent is None:
        raise NotTheFile("foreign", line.line)
    fen, status = sent
    if fen != line.fen:
        raise NotTheFile("other-sum", line.line)
    return move_of(line, status) is not None


def _settle(batch: Batch, lines: Sequence[Said], *, by: Actor, at: datetime, key: UUID) -> None:
    said = {"batch": batch.pk, "lines": [str(line) for line in lines]}
    with suppress(AlreadyReceived), act("payment.settle/1", by=by, at=at, key=key, said=said) as a:
        rows = {row.pk: row for row in a.allowed(Payment).filter(batch=batch, pk__in=[each.payment for each in lines])}
        for (move, evidence), moved in _alike(lines, rows):
            a.move_all(moved, move, **dict(evidence))
            _book(a, batch, move, moved)


def _alike(lines: Sequence[Said], rows: Mapping[UUID, Payment]) -> list[tuple[Any, list[Payment]]]:
    """Those that are moved in the same way and with the same evidence, together."""
    found: dict[Any, list[Payment]] = defaultdict(list)
    for line in lines:
        move = move_of(line, rows[line.payment].status)
        if move is not None:
            # what a bank sends back later has no day any more on which it reached its payee
            evidence = (("paid_on", line.paid_on), *(() if line.paid_on else (("reason", line.reason),)))
            found[move, evidence].append(rows[line.payment])
    return list(found.items())


def _book(a: Act, batch: Batch, move: Move, moved: Sequence[Payment]) -> None:
    """What reached its payee is with them; of what did not, everything is booked back, so that it is owed again."""
    if move is PAYMENT.pay:
        same = {"programme": batch.fund.programme, "year": batch.fund.year, "credit": Book.SENT, "debit": Book.PAID}
        lines = [Line(**same, fen=each.fen, award=each.award_id, payment=each.pk) for each in moved]
    else:
        lines = ledger.back(Line.objects.filter(payment__in=[each.pk for each in moved]))
    ledger.book(a, batch.pk, lines)
