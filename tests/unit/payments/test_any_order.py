"""Whatever happens to money in whatever order: books balance, nobody is paid more than is due, nobody twice."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from bench.rigs import machines
from bench.rigs.paying import POSTS
from bench.rigs.till import Till, Wrong
from chengnuo.payments.models import Line
from tests.factories import county, money

pytestmark = pytest.mark.django_db
A_FEW = settings(
    max_examples=8, stateful_step_count=20, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def machine():
    class Small(Till):
        year = 2026
        awards = tuple(money.awarded(of) for of in (1, 2, 3))
        crew = tuple(county.officer(post, at=money.LATER) for post in POSTS)

    return Small


def test_what_must_hold_holds_after_every_step(machine):
    run_state_machine_as_test(machine, settings=A_FEW)


def test_the_invariants_see_a_payment_that_no_book_knows(machine):
    running = machine()
    try:
        running.begin()
        running.money_comes(300_000)
        running.money_is_passed_on()
        running.proposes(0)
        running.a_whole_batch_goes_to_the_bank(0)
        running.the_bank_answers(0, set(), 0)
        running.payments_and_books_say_the_same()
        paid = Line.objects.filter(debit="paid").first()
        same = {name: getattr(paid, name) for name in ("credit", "debit", "programme", "year", "award", "entry")}
        Line.objects.create(**same, fen=1)
        with pytest.raises(AssertionError):
            running.payments_and_books_say_the_same()
    finally:
        running.teardown()


def test_the_planted_flaw_is_one_that_an_invariant_sees(machine):
    planted, running = machines.payments(machine).planted, machine()
    try:
        running.begin()
        running.money_comes(300_000)
        running.money_is_passed_on()
        running.proposes(0)
        with planted():
            running.a_whole_batch_goes_to_the_bank(0)
            running.payments_and_books_say_the_same()
            running.the_bank_answers(0, set(), 0)
        with pytest.raises(Wrong):
            running.payments_and_books_say_the_same()
    finally:
        running.teardown()
