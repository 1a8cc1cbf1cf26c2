"""A batch from its proposal to its end: who may do which part, and what becomes of each payment."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere, SignInAgain
from chengnuo.payments.internal import ledger
from chengnuo.payments.models import Book, Line, Payment
from chengnuo.payments.operations import accounts, batches, settling
from chengnuo.payments.operations.batches import NoMoney, NothingOwed
from chengnuo.payments.returned import NotTheFile
from chengnuo.promises.models import Duty
from tests.factories import awarding, claims, county, money

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def standing(award):
    return ledger.standing([award.pk], 2026)[award.pk]


def owed(row):
    return {duty.promise.promise.key: duty.outcome for duty in Duty.objects.filter(subject_id=row.pk)}


def test_what_one_person_did_they_do_no_other_part_of():
    money.awarded()
    batch = money.proposed()
    with pytest.raises(NotHere):
        batches.check(batch=batch.pk, **money.said(claims.BUREAU_DESK))
    batches.check(batch=batch.pk, **money.said(claims.BUREAU_HEAD))
    batches.approve(batch=batch.pk, **money.said(money.FINANCE_HEAD))
    with pytest.raises(NotHere):
        batches.export(batch=batch.pk, **money.said(money.FINANCE_HEAD))


def test_one_office_proposes_and_another_pays():
    money.awarded()
    batch = money.checked()
    with pytest.raises(NotHere):
        batches.approve(batch=batch.pk, **money.said(claims.BUREAU_DESK))
    with pytest.raises(NothingOwed):
        batches.propose(fund=money.fund().pk, **money.said("civil-affairs.desk"))
    with pytest.raises(NotAllowed):
        batches.propose(fund=money.fund(0).pk, **money.said(claims.DESK))


def test_above_a_limit_two_people_approve():
    money.awarded(fen=10_000_000, reasons="本县另有规定。")
    batch = money.checked(money.fund(20_000_000))
    assert batch.approvals_needed == 2
    assert batches.approve(batch=batch.pk, **money.said(money.FINANCE_HEAD)).status == "checked"
    with pytest.raises(NotHere):
        batches.approve(batch=batch.pk, **money.said(money.FINANCE_HEAD))
    assert batches.approve(batch=batch.pk, **money.said(money.FINANCE_DESK)).status == "approved"


def half(of, at=money.LATER):
    """A batch of more than half of what one person alone may approve, checked; of one payee."""
    money.awarded(of, fen=6_000_000, reasons="本县另有规定。")
    batch = batches.propose(fund=money.fund(6_000_000).pk, **money.said(claims.BUREAU_DESK, at))
    batches.go_on(at=at)
    return batches.check(batch=batch.pk, **money.said(claims.BUREAU_HEAD, at))


def test_what_is_split_over_a_day_takes_as_many_people_as_one_batch():
    first = half(1)
    assert first.approvals_needed == 1
    second = half(2)
    assert (first.sum_fen, second.sum_fen, second.approvals_needed) == (6_000_000, 6_000_000, 2)
    told = batches.approve(batch=first.pk, **money.said(money.FINANCE_HEAD))
    assert (told.status, told.approvals_needed) == ("checked", 2), "also of the one that was checked alone"
    assert batches.approve(batch=first.pk, **money.said(money.FINANCE_DESK)).status == "approved"


def test_what_was_sent_that_day_counts_and_what_was_dropped_or_is_of_another_day_or_fund_does_not():
    first = half(1)
    batches.approve(batch=first.pk, **money.said(money.FINANCE_HEAD))
    batches.export(batch=first.pk, **money.said(money.CLERK))
    batches.go_on(at=money.LATER)
    assert money.again(first).status == "exported"
    second = half(2)
    assert second.approvals_needed == 2
    batches.drop(batch=second.pk, **money.said(claims.BUREAU_HEAD))
    batches.go_on(at=money.LATER)
    later = money.LATER + DAY
    third = batches.propose(fund=money.fund(0).pk, **money.said(claims.BUREAU_DESK, later))
    batches.go_on(at=later)
    assert batches.check(batch=third.pk, **money.said(claims.BUREAU_HEAD, later)).approvals_needed == 1
    midnight = later.replace(hour=15, minute=59)  # one minute before the county's midnight
    for at, needed in ((midnight, 2), (midnight + timedelta(minutes=1), 1)):
        with transaction.atomic():
            assert half(3, at).approvals_needed == needed
            transaction.set_rollback(True)


def test_approving_asks_for_a_fresh_sign_in():
    money.awarded()
    batch, late = money.checked(), money.LATER + timedelta(minutes=16)
    by = county.officer(money.FINANCE_HEAD, at=money.LATER)
    with pytest.raises(SignInAgain):
        batches.approve(batch=batch.pk, by=by, at=late, key=uuid4())


def test_the_finance_office_owes_the_payment_from_the_check_until_the_bank_has_it():
    money.awarded()
    found = money.fund()
    batch = money.checked(found)
    assert owed(batch) == {"payment-paid-out": ""}
    batches.approve(batch=batch.pk, **money.said(money.FINANCE_HEAD))
    batches.export(batch=batch.pk, **money.said(money.CLERK))
    batches.go_on(at=money.LATER)
    assert owed(batch) == {"payment-paid-out": "kept"}


def test_whoever_has_no_account_waits_and_nobody_else_does():
    alone, other = money.awarded(1, account=None), money.awarded(2)
    batch = money.proposed()
    assert [each.award_id for each in money.payments(batch)] == [other.pk]
    money.give(alone, money.digits(1))
    batches.drop(batch=batch.pk, **money.said(claims.BUREAU_DESK))
    batches.go_on(at=money.LATER)
    assert {each.award_id for each in money.payments(money.proposed())} == {alone.pk, other.pk}


def test_without_money_or_without_anybody_owed_nothing_is_proposed():
    with pytest.raises(NoMoney):
        money.proposed(money.fund(0))
    with pytest.raises(NothingOwed):
        money.proposed(money.fund())


def test_when_a_part_has_come_everybody_gets_the_same_share_and_the_rest_later():
    both = [money.awarded(1), money.awarded(2)]
    first = money.exported(money.fund(120_000))
    money.reconciled(first)
    assert [standing(award) for award in both] == [ledger.Standing(due=96_000, paid=60_000)] * 2
    second = money.exported(money.fund(500_000, level="province"))
    money.reconciled(second)
    assert [standing(award) for award in both] == [ledger.Standing(due=96_000, paid=96_000)] * 2
    assert (first.sum_fen, second.sum_fen) == (120_000, 72_000)


def test_what_failed_is_owed_again_mended_as_a_duty_and_paid_once():
    award = money.awarded()
    batch = money.exported()
    money.reconciled(batch, failed={money.digits(1): "账号不存在"})
    (failed,) = money.payments(batch)
    assert (failed.status, failed.reason, owed(failed)) == ("failed", "number", {"payment-mended": ""})
    assert standing(award) == ledger.Standing(due=96_000)
    with pytest.raises(NothingOwed):
        money.proposed(money.fund(0))
    money.give(award, money.digits(7))
    assert (money.again(failed).status, owed(failed)) == ("mended", {"payment-mended": "kept"})
    second = money.exported(money.fund(0))
    money.reconciled(second)
    assert standing(award).paid == money.GRANTED
    assert Line.objects.filter(debit=Book.PAID).count() == 1


def test_a_sleeping_account_that_was_woken_is_paid_again():
    money.awarded()
    batch = money.exported()
    money.reconciled(batch, failed={money.digits(1): "睡眠户"})
    (failed,) = money.payments(batch)
    accounts.mend(payment=failed.pk, **money.said(claims.BUREAU_DESK))
    assert money.payments(money.exported(money.fund(0)))[0].status == "sent"


def test_what_the_bank_sends_back_later_is_owed_again():
    award = money.awarded()
    batch = money.exported()
    money.reconciled(batch)
    money.reconciled(batch, failed={money.digits(1): "户名不符"})
    assert money.payments(batch)[0].status == "failed"
    assert standing(award) == ledger.Standing(due=96_000)
    with pytest.raises(NotTheFile) as refused:
        money.reconciled(batch)
    assert (refused.value.fault, refused.value.line) == ("otherwise", 2)


def test_the_same_file_again_books_nothing_twice():
    award = money.awarded()
    batch = money.exported()
    sent = money.returned(batch)
    money.reconciled(batch, sent)
    lines = Line.objects.count()
    money.reconciled(batch, sent)
    assert (standing(award).paid, Line.objects.count()) == (money.GRANTED, lines)


def test_a_file_of_a_part_leaves_the_rest_with_the_bank():
    money.awarded(1), money.awarded(2)
    batch = money.exported()
    part = money.reconciled(batch, money.returned(batch, left_out=1))
    assert (part.status, sorted(each.status for each in money.payments(batch))) == ("exported", ["paid", "sent"])
    with pytest.raises(MoveRefused):
        settling.close(batch=batch.pk, **money.said(money.CLERK))
    assert money.reconciled(batch).status == "reconciled"
    assert settling.close(batch=batch.pk, **money.said(money.CLERK)).status == "closed"


def test_one_wrong_line_and_nothing_of_the_file_is_booked():
    money.awarded(1), money.awarded(2)
    batch = money.exported()
    wrong = money.returned(batch).replace(b"960.00", b"960.01", 1)
    with pytest.raises(NotTheFile) as refused:
        money.reconciled(batch, wrong)
    assert (refused.value.fault, refused.value.line) == ("other-sum", 2)
    assert {each.status for each in money.payments(batch)} == {"sent"}


def test_whoever_died_after_the_proposal_is_not_paid():
    award = money.awarded(1)
    other = money.awarded(2)
    batch = money.approved()
    said = {"ending": "death", "on": date(2026, 3, 10)}
    awarding.end(award=award.pk, **said, **money.said(claims.BUREAU_HEAD))
    batches.export(batch=batch.pk, **money.said(money.CLERK))
    batches.go_on(at=money.LATER)
    assert {each.award_id: each.status for each in money.payments(batch)} == {award.pk: "dropped", other.pk: "sent"}
    assert (money.again(batch).payees, money.again(batch).sum_fen) == (1, money.GRANTED)


def test_a_batch_that_is_dropped_frees_its_payees_and_its_money():
    award = money.awarded()
    batch = money.checked()
    batches.drop(batch=batch.pk, **money.said(money.FINANCE_DESK))
    batches.go_on(at=money.LATER)
    assert owed(batch) == {"payment-paid-out": "discharged"}
    assert [each.status for each in money.payments(batch)] == ["dropped"]
    assert [each.award_id for each in money.payments(money.proposed(money.fund(0)))] == [award.pk]


def test_two_hundred_payees_are_one_step(monkeypatch):
    monkeypatch.setattr(batches, "AT_A_TIME", 2)
    for of in range(1, 6):
        money.awarded(of)
    batch = batches.propose(fund=money.fund().pk, **money.said(claims.BUREAU_DESK))
    assert batches.go_on(at=money.LATER, steps=1) == 1
    assert Payment.objects.filter(batch=batch).count() == 2
    assert money.again(batch).status == "filling"
    batches.go_on(at=money.LATER)
    assert (money.again(batch).payees, money.again(batch).status) == (5, "proposed")


def test_whoever_has_no_account_yet_is_counted_and_named_nowhere():
    money.awarded(1)
    money.awarded(2, account=None)
    batch = money.proposed()
    assert (batch.payees, batch.without_account) == (1, 1)
