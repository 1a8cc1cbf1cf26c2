"""Everything that can happen to the money of a few people, in any order, as a machine that hypothesis drives; and what must hold after
each step. The tests run a little of it, the rig of machines 2,000 times fifty steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import uuid4

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bench.rigs import paying
from bench.rigs.paying import DAY
from chengnuo.benefits.models import Award, Due
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.refused import Refused
from chengnuo.payments.internal import ledger
from chengnuo.payments.lifecycle import UNDER_WAY
from chengnuo.payments.models import Batch, Book, Fund, Line, Payment
from chengnuo.payments.operations import accounts, batches, funds, settling

YEAR = paying.FIRST_YEAR
PARTS = {"proposed", "checked", "approved", "exported"}
PEOPLE = st.integers(0, 4)
SUMS = st.integers(1, 300_000)


class Till(RuleBasedStateMachine):
    """`awards` and `crew` are given by whoever runs it; each run is rolled back at its end."""

    awards: Sequence[Award]
    crew: Sequence[Actor]
    year = YEAR
    fund: Fund

    def __init__(self) -> None:
        super().__init__()
        self.run = transaction.atomic()
        self.run.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    def by(self, who: int) -> dict[str, Any]:
        return {"by": self.crew[who], "at": DAY, "key": uuid4()}

    def batch(self, number: int) -> Batch | None:
        found = list(Batch.objects.order_by("number"))
        return found[number % len(found)] if found else None

    @initialize()
    def begin(self) -> None:
        self.fund = funds.set_up(programme=paying.PROGRAMME, year=self.year, **self.by(2))

    @rule(fen=SUMS)
    def money_comes(self, fen: int) -> None:
        funds.appropriate(fund=self.fund.pk, level="city", fen=fen, **self.by(2))
        funds.arrive(fund=self.fund.pk, level="city", fen=fen, **self.by(2))

    @rule()
    def money_is_passed_on(self) -> None:
        with suppress(Refused):
            funds.pass_on(fund=self.fund.pk, **self.by(2))

    @rule(fen=st.integers(0, 120_000), which=PEOPLE)
    def is_determined_anew(self, which: int, fen: int) -> None:
        award = self.awards[which % len(self.awards)]
        last = Due.objects.filter(award=award, year=self.year).order_by("-number").first()
        same = {"determined_by_id": last.determined_by_id, "determined_at": DAY, "edition": last.edition}
        Due.objects.create(award=award, year=self.year, number=last.number + 1, fen=fen, **same)

    @rule(who=PEOPLE)
    def proposes(self, who: int) -> None:
        with suppress(Refused):
            batches.propose(fund=self.fund.pk, **self.by(who))

    @rule(steps=st.integers(1, 4))
    def goes_on(self, steps: int) -> None:
        batches.go_on(at=DAY, steps=steps)

    @rule(who=PEOPLE, number=PEOPLE, name=st.sampled_from(["check", "approve", "export", "drop", "close"]))
    def somebody_acts(self, who: int, number: int, name: str) -> None:
        does = settling.close if name == "close" else getattr(batches, name)
        batch = self.batch(number)
        with suppress(Refused):
            if batch:
                does(batch=batch.pk, **self.by(who))

    @rule(number=PEOPLE)
    def a_whole_batch_goes_to_the_bank(self, number: int) -> None:
        for who, name in enumerate(("check", "approve", "export"), 1):
            self.goes_on(4)
            self.somebody_acts({2: 3, 3: 4}.get(who, who), number, name)
        self.goes_on(4)

    @rule(number=PEOPLE, fails=st.sets(PEOPLE), left_out=st.integers(0, 2))
    def the_bank_answers(self, number: int, fails: set[int], left_out: int) -> None:
        batch = self.batch(number)
        with suppress(Refused):
            if batch and batch.exported_at:
                failed = {self.awards[which % len(self.awards)].pk for which in fails}
                content = paying.booked(batch, DAY, failed=failed, left_out=left_out)
                settling.reconcile(batch=batch.pk, content=content, **self.by(4))

    @rule()
    def what_failed_is_mended(self) -> None:
        for payment in Payment.objects.filter(status="failed"):
            accounts.mend(payment=payment.pk, **self.by(0))

    @invariant()
    def the_books_balance(self) -> None:
        books = ledger.balances(Line.objects.all())
        must(sum(books.values()) == 0, "the books do not balance")
        held = (Book.PROMISED, Book.TREASURY, Book.FUND, Book.SENT, Book.PAID)
        must(all(books[name] >= 0 for name in held), "a book holds less than nothing")

    @invariant()
    def nobody_is_paid_more_than_is_due(self) -> None:
        for standing in ledger.standing([award.pk for award in self.awards], self.year).values():
            sums = (standing.sent, standing.paid, standing.outstanding)
            must(min(sums) >= 0, f"somebody is paid more than is due: {sums}")

    @invariant()
    def payments_and_books_say_the_same(self) -> None:
        for status, book in (("sent", Book.SENT), ("paid", Book.PAID)):
            fen = sum(Payment.objects.filter(status=status).values_list("fen", flat=True))
            must(fen == ledger.balance(book, Line.objects.all()), f"payments and books differ on what is {status}")

    @invariant()
    def one_payment_of_a_year_is_under_way(self) -> None:
        awards = list(Payment.objects.filter(status__in=UNDER_WAY).values_list("award", flat=True))
        must(len(awards) == len(set(awards)), "two payments of one year are under way")

    @invariant()
    def nobody_has_two_parts_of_a_batch(self) -> None:
        for batch in Batch.objects.prefetch_related("signatures"):
            signed = list(batch.signatures.all())
            must(len({each.account for each in signed}) == len(signed), "somebody has two parts of a batch")
            must(not batch.exported_at or {each.part for each in signed} == PARTS, "a batch went out without its parts")


class Wrong(AssertionError):
    """Something that must always hold does not."""


def must(holds: bool, otherwise: str) -> None:  # noqa: FBT001  # reads as what it asks
    """Raises Wrong."""
    if not holds:
        raise Wrong(otherwise)
