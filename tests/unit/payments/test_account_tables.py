"""Accounts by a table, as a stranger and as a checker see them: who is found, what is answered alike, what an undo leaves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.benefits.models import Award
from chengnuo.core.accounts import LEAST, MOST
from chengnuo.foundation.actor import system
from chengnuo.foundation.gate import gate
from chengnuo.foundation.models import LogEntry
from chengnuo.imports import queries as imports
from chengnuo.imports.faults import Unreadable
from chengnuo.imports.kinds import LOST
from chengnuo.imports.models import ImportBatch
from chengnuo.imports.operations import applying, onward, undoing
from chengnuo.imports.operations.stage import stage
from chengnuo.imports.refusals import FileRefused
from chengnuo.payments import queries
from chengnuo.payments import tables as of_accounts
from chengnuo.payments.models import BankAccount, Batch
from chengnuo.payments.operations import batches
from chengnuo.web.tables.words import line_of
from tests.factories import awarding, claims, county, money, tables
from tests.factories.money import said

database = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
HEAD = ["申请编号", "开户银行", "银行账号"]
DESK, CHECKER = claims.BUREAU_DESK, claims.BUREAU_HEAD
NOBODY = "000000000000"
FEW = settings(max_examples=80, deadline=None)


def with_database(test):
    for mark in database:
        test = mark(test)
    return test


@FEW
@given(st.integers(0, 10**12 - 1), st.sampled_from(["", " ", "-", "\u2013", "\u3000", "."]))
def test_a_claim_s_number_survives_excel_and_every_way_to_group_it(number, sign):
    whole = str(number).zfill(12)
    grouped = sign.join((whole[:4], whole[4:8], whole[8:]))
    assert {of_accounts.number(cell) for cell in (number, str(number), whole, grouped)} == {whole}


@FEW
@given(st.text(alphabet="0123456789", min_size=LEAST, max_size=MOST), st.sampled_from(["", " ", "-"]))
def test_an_account_is_its_digits_however_they_are_grouped(digits, sign):
    grouped = sign.join(digits[at : at + 4] for at in range(0, len(digits), 4))
    assert of_accounts.digits(grouped) == digits, "noughts before it too"


@FEW
@given(st.one_of(st.integers(LOST, 10**19), st.floats(allow_nan=False, allow_infinity=False)))
def test_an_account_that_excel_kept_as_a_number_is_refused_and_never_guessed(cell):
    with pytest.raises(Unreadable) as why:
        of_accounts.digits(cell)
    assert str(cell) not in str(why.value)


def test_an_account_one_digit_too_short_or_long_is_none():
    for count, is_one in ((LEAST - 1, False), (LEAST, True), (MOST, True), (MOST + 1, False)):
        if is_one:
            assert of_accounts.digits("9" * count) == "9" * count
        else:
            with pytest.raises(Unreadable):
                of_accounts.digits("9" * count)
    assert of_accounts.digits(LOST - 1) == str(LOST - 1), "the last one that Excel keeps whole"
    for cell in ("", "１２３", "12345678a", "1.5e15"):
        with pytest.raises(Unreadable):
            of_accounts.digits(cell)


def number(award):
    return award.claim.case.number


def rehearsed(rows, post=DESK):
    batch = stage(target="bank_accounts", content=tables.text([HEAD, *rows]), **said(post))
    onward.go_on(at=money.LATER, limit=1)
    return ImportBatch.objects.get(pk=batch.pk)


def applied(rows, post=DESK):
    batch = applying.apply(batch=rehearsed(rows, post).pk, **said(post))
    onward.go_on(at=money.LATER, limit=9)
    return ImportBatch.objects.get(pk=batch.pk)


def undone(batch, post=DESK):
    undoing.undo(batch=batch.pk, **said(post))
    onward.go_on(at=money.LATER, limit=9)
    return ImportBatch.objects.get(pk=batch.pk)


def accounts(award):
    rows = BankAccount.objects.filter(award=award).order_by("number")
    return [row.digits.reveal(by=system(), reason="a test", of=award.pk) for row in rows]


@with_database
def test_every_number_that_is_not_the_office_s_is_answered_as_one_that_nobody_has():
    """Under guard, of another office, ended, asked for and not granted, or nobody's: one answer, with nothing of the award in it."""
    guarded, elsewhere, ended, own = (money.awarded(of) for of in (1, 2, 3, 4))
    waits = claims.at_decision(money.PROGRAMME, of=5)
    Award.objects.filter(pk=guarded.pk).update(is_guarded=True)
    Award.objects.filter(pk=elsewhere.pk).update(office=next(iter(county.officer("civil-affairs.desk").offices)))
    awarding.end(award=ended.pk, ending="statement", on=money.DAY, **said(CHECKER))
    keys = [number(guarded), number(elsewhere), number(ended), waits.case.number, NOBODY, number(own)]
    batch = rehearsed([[key, "演示银行", money.digits(of + 60)] for of, key in enumerate(keys)])
    *others, known = imports.rows(county.officer(DESK), batch)
    assert (batch.changes, batch.refusals) == (1, 5)
    assert len({(row.verdict, str(row.faults), str(row.was)) for row in others}) == 1
    assert known.verdict not in {row.verdict for row in others}
    shown = " ".join(" ".join(map(str, line_of(row, of_accounts.Accounts()).says)) for row in (*others, known))
    assert not [of for of in range(10) if money.digits(of) in shown or money.digits(of + 60) in shown]
    applied([[key, "演示银行", money.digits(of + 60)] for of, key in enumerate(keys)])
    assert [len(accounts(each)) for each in (guarded, elsewhere, ended, own)] == [1, 1, 1, 2]


@with_database
def test_a_number_stands_once_in_a_table_and_a_table_has_one_act_s_rows():
    award = money.awarded(1)
    batch = rehearsed([[number(award), "演示银行", money.digits(of)] for of in (7, 8)])
    assert (batch.changes, batch.refusals) == (1, 1), "of two rows for one claim neither is chosen by its place unseen"
    row = [NOBODY, "演示银行", money.digits(7)]
    with pytest.raises(FileRefused):
        rehearsed([row] * (of_accounts.Accounts.layout.most + 1))
    for cells in (
        (number(award), "", money.digits(7)),
        (number(award), "演示银行", ""),
        ("", "演示银行", money.digits(7)),
    ):
        assert rehearsed([cells]).refusals == 1, cells
    assert accounts(award) == [money.digits(1)]


@with_database
def test_what_a_table_changes_is_counted_for_the_checker_who_is_another_than_who_brought_it():
    kept, new, moved = money.awarded(1), money.awarded(2, account=None), money.awarded(3)
    applied([[number(each), "演示银行", money.digits(of)] for each, of in ((new, 52), (moved, 53))])
    batch = batches.propose(fund=money.fund().pk, **said(CHECKER))
    batches.go_on(at=money.LATER)
    batch = money.again(batch)
    assert queries.counted(batch)["changed"] == 1, "the one that stood there otherwise before"
    assert not gate.allows(county.officer(DESK, at=money.LATER), "batch.check", batch)
    others = county.officer(CHECKER).posts
    BankAccount.objects.filter(award=moved, number=2).update(given_to=next(iter(others)))
    assert gate.allows(county.officer(DESK, at=money.LATER), "batch.check", batch), (
        "of the first ones anybody's is right"
    )
    assert {each.award_id for each in money.payments(batch)} == {kept.pk, new.pk, moved.pk}
    entries = LogEntry.objects.filter(ref_kind="bank_account")
    assert entries.count() == 4
    assert not [each for each in entries if "990000" in f"{each.private}{each.public}"]


@with_database
def test_an_account_is_changed_until_a_batch_went_to_it_and_then_no_more():
    award = money.awarded(1)
    applied([[number(award), "演示银行", money.digits(51)]])
    first = money.exported()
    assert queries.counted(first)["changed"] == 1
    Batch.objects.filter(pk=first.pk).update(proposed_at=money.LATER - timedelta(days=1))
    awarding.determine(award=award.pk, year=2027, facts={"person": [claims.RURAL]}, **said(DESK))
    assert queries.counted(money.proposed(money.fund(year=2027)))["changed"] == 0


@with_database
def test_an_undo_takes_no_account_from_under_a_payment_and_none_that_came_since():
    paid, untouched, again = (money.awarded(of, account=None) for of in (1, 2, 3))
    batch = applied([[number(each), "演示银行", money.digits(of)] for of, each in enumerate((paid, again), 51)])
    later = applied([[number(untouched), "演示银行", money.digits(53)]])
    money.give(again, money.digits(9), at=money.LATER + timedelta(hours=1))
    (payment,) = [each for each in money.payments(money.proposed()) if each.award_id == paid.pk]
    assert undone(batch).stayed == 1, "somebody said another one since"
    assert (accounts(paid), accounts(again)) == ([money.digits(51)], [money.digits(52), money.digits(9)])
    assert BankAccount.objects.filter(pk=payment.account_id).exists()
    assert accounts(untouched) == [money.digits(53)], "of another table"
    assert undone(later).stayed == 0
