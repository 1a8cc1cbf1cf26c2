"""What may happen to money that is asked back: a table by hand, by situation and person, and any order of what people do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from chengnuo.foundation.refused import Refused
from chengnuo.payments.internal import ledger
from chengnuo.payments.internal.overpaid import overpaid
from chengnuo.payments.lifecycle import RECOVERY
from chengnuo.payments.models import Entry, Line, Recovery
from chengnuo.payments.operations import recovery
from tests.factories import claims, money, recoveries
from tests.factories.money import GRANTED, LATER, said
from tests.factories.recoveries import FEN

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NO = "-"
DESK, HEAD, FINANCE = claims.BUREAU_DESK, claims.BUREAU_HEAD, money.FINANCE_DESK


def family(row: Recovery, at: Any = LATER) -> dict[str, Any]:
    return {"by": recoveries.county_resident(row), "at": at, "key": uuid4()}


def proposed() -> Recovery:
    return recoveries.proposed()


def decided() -> Recovery:
    return recoveries.decided()


def partly_back() -> Recovery:
    return recoveries.came_back(decided(), FEN // 2)


def objected() -> Recovery:
    return recoveries.objected()


def answered() -> Recovery:
    return recovery.keep(recovery=objected().pk, answer="核对过。", instalments=9, **said(HEAD))


def settled() -> Recovery:
    return recoveries.came_back(decided(), FEN)


def waived() -> Recovery:
    return recovery.waive(recovery=decided().pk, answer="生活困难。", **said(HEAD))


def dropped() -> Recovery:
    return recovery.drop(recovery=proposed().pk, **said(HEAD))


TRIES: Mapping[str, Callable[[Recovery], Any]] = {
    "decide": lambda row: recovery.decide(recovery=row.pk, instalments=2, **said(HEAD)),
    "drop": lambda row: recovery.drop(recovery=row.pk, **said(HEAD)),
    "object": lambda row: recovery.object_to(recovery=row.pk, words="不同意", **family(row)),
    "keep": lambda row: recovery.keep(recovery=row.pk, answer="核对过", instalments=2, **said(HEAD)),
    "waive": lambda row: recovery.waive(recovery=row.pk, answer="困难", **said(HEAD)),
    "receive": lambda row: recovery.receive(recovery=row.pk, fen=1, **said(FINANCE)),
    "settle": lambda row: recovery.receive(recovery=row.pk, fen=row.open_fen, **said(FINANCE)),
}
SITUATIONS: Mapping[Callable[[], Recovery], tuple[str, ...]] = {
    #            decide     drop       object      keep       waive     receive    settle
    proposed:    ("decided", "dropped", NO,         NO,        NO,       NO,        NO),
    decided:     (NO,        NO,        "objected", NO,        "waived", "decided", "settled"),
    partly_back: (NO,        NO,        "objected", NO,        "waived", "decided", "settled"),
    objected:    (NO,        NO,        NO,         "decided", "waived", NO,        NO),
    answered:    (NO,        NO,        NO,         NO,        "waived", "decided", "settled"),
    settled:     (NO,        NO,        NO,         NO,        NO,       NO,        NO),
    waived:      (NO,        NO,        NO,         NO,        NO,       NO,        NO),
    dropped:     (NO,        NO,        NO,         NO,        NO,       NO,        NO),
}  # fmt: skip


def outcome(tries: Callable[[Recovery], Any], row: Recovery) -> str:
    with transaction.atomic():
        try:
            found = str(tries(row).status)
        except Refused:
            found = NO
            assert money.again(row).version == row.version
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda each: each.__name__)
def test_what_may_happen(situation):
    row = money.again(situation())
    assert tuple(outcome(tries, row) for tries in TRIES.values()) == SITUATIONS[situation]


def test_the_table_names_every_move():
    assert set(TRIES) | {"propose"} == {move.name for move in RECOVERY}


def test_nobody_else_does_any_of_it():
    """The village, the finance office where it is the bureau's part, the bureau where it is the finance office's, the family."""
    row = proposed()
    for post in (claims.DESK, FINANCE, DESK):
        with pytest.raises(Refused):
            recovery.decide(recovery=row.pk, instalments=1, **said(post))
    with pytest.raises(Refused):
        recovery.decide(recovery=row.pk, instalments=1, **family(row))
    row = recovery.decide(recovery=row.pk, instalments=1, **said(HEAD))
    for post in (claims.DESK, DESK, HEAD):
        with pytest.raises(Refused):
            recovery.receive(recovery=row.pk, fen=1, **said(post))
    other = recoveries.decided(recoveries.overpaid(2))
    with pytest.raises(Refused):
        recovery.object_to(recovery=row.pk, words="不同意", **family(other))


def test_the_database_refuses_what_no_operation_would_do():
    row = decided()
    for wrong in ({"back_fen": FEN + 1}, {"fen": 0}, {"back_fen": -1}, {"told_on": None}, {"object_by": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recovery.objects.filter(pk=row.pk).update(**wrong)


def does_something(chance: Random, award: Any, at: Any) -> None:
    """Somebody tries something; most of it is refused."""
    rows = list(Recovery.objects.filter(award=award))
    fen = chance.choice((1, FEN, GRANTED // 2, GRANTED))
    if not rows or chance.random() < 0.2:
        recoveries.proposed(award, fen, at)
        return
    row = chance.choice(rows)
    name = chance.choice(list(TRIES))
    if name == "receive":
        recovery.receive(recovery=row.pk, fen=fen, **said(FINANCE, at))
    elif name == "object":
        recovery.object_to(recovery=row.pk, words="不同意", **family(row, at))
    else:
        TRIES[name](row)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_in_any_order_no_more_comes_back_than_was_too_much_and_the_books_agree(seed):
    chance, award = Random(seed), recoveries.overpaid()
    for step in range(60):
        with suppress(Refused):
            does_something(chance, award, LATER + step * DAY)
        standing = ledger.standing([award.pk], 2026)[award.pk]
        back = sum(Recovery.objects.filter(award=award).values_list("back_fen", flat=True))
        assert standing.paid == GRANTED - back >= 0
        assert standing.outstanding <= 0 or standing.due >= standing.paid
        still = sum(row.open_fen for row in Recovery.objects.filter(award=award).exclude(status="dropped"))
        assert overpaid(award.pk, 2026) + still + back == GRANTED
    booked = Entry.objects.filter(schema="recovery.receive/1")
    assert sum(Line.objects.filter(entry__in=booked, debit="fund").values_list("fen", flat=True)) == back
