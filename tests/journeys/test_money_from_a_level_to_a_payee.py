"""Public money from a level's promise to a payee's account: each part by another person, one payment sent back, mended, and paid once."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from chengnuo.foundation.models import Look
from chengnuo.payments import queries
from chengnuo.payments.models import Batch, Fund, Payment
from chengnuo.promises.models import Duty
from tests.factories import claims, county, money
from tests.factories.desk import Desk, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def desks(monday):
    """Two people were granted their allowance; ten days later their money is looked after."""
    people = {"own": money.awarded(1), "other": money.awarded(2)}
    monday.move(timedelta(days=10))

    def desk(post):
        client = Client()
        return Desk(client, county.sign_in(client, post, at=money.LATER))

    desk.people = people
    return desk


def funded(desks):
    till = desks(money.FINANCE_DESK)
    till.send("money:new_fund", programme=money.PROGRAMME, year="2026")
    fund = Fund.objects.get()
    till.send("money:fund_deed", fund.pk, "appropriate", level="national", fen="5000")
    till.send("money:fund_deed", fund.pk, "arrive", level="national", fen="3000")
    assert "money waits to be passed on" in said(till.get("money:fund", fund.pk))
    till.send("money:fund_deed", fund.pk, "pass_on")
    return fund


def with_the_bank(desks, fund):
    desks(claims.BUREAU_DESK).send("money:propose", fund.pk)
    batch = Batch.objects.get(status="proposed")
    desks(claims.BUREAU_HEAD).send("money:batch_deed", batch.pk, "check")
    desks(money.FINANCE_HEAD).send("money:batch_deed", batch.pk, "approve")
    desks(money.CLERK).send("money:batch_deed", batch.pk, "export")
    batch.refresh_from_db()
    return batch


def read_back(desks, batch, **how):
    file = SimpleUploadedFile("returned.csv", money.returned(batch, **how))
    return desks(money.CLERK).send("money:batch_deed", batch.pk, "reconcile", content=file)


def test_two_are_paid_one_of_them_at_the_second_try(desks):
    fund = funded(desks)
    assert "3,000 yuan" in said(desks(claims.BUREAU_DESK).get("money:fund", fund.pk))
    batch = with_the_bank(desks, fund)
    assert (batch.status, batch.payees, batch.sum_fen) == ("exported", 2, 192_000)
    read_back(desks, batch, failed={money.digits(2): "户名不符"})
    failed = Payment.objects.get(status="failed")
    bureau = desks(claims.BUREAU_DESK)
    page = said(bureau.get("money:batch", batch.pk))
    assert "The name does not fit the account" in page
    assert "欧阳桂兰" not in page
    assert "A payment that came back" in said(desks(claims.BUREAU_HEAD).get("inbox"))
    assert "欧阳桂兰" in said(bureau.get("money:payment", failed.pk))
    bureau.send("money:account", failed.award_id, bank="演示银行", digits=money.digits(22))
    assert Duty.objects.get(subject_id=failed.pk).outcome == "kept"
    second = with_the_bank(desks, fund)
    read_back(desks, second)
    assert (second.payees, second.sum_fen) == (1, 96_000)
    assert "Still missing" in said(bureau.get("money:fund", fund.pk))
    assert "1,920 yuan" in said(bureau.get("money:fund", fund.pk))


def test_the_file_opens_for_the_paying_clerk_alone_and_every_account_in_it_is_a_look(desks):
    batch = with_the_bank(desks, funded(desks))
    for post in (claims.BUREAU_DESK, claims.BUREAU_HEAD, money.FINANCE_DESK, money.FINANCE_HEAD):
        assert desks(post).get("money:file", batch.pk, "csv").status_code == 404
        assert "Open the file for the bank" not in said(desks(post).get("money:batch", batch.pk))
    clerk = desks(money.CLERK)
    assert "Open the file for the bank" in said(clerk.get("money:batch", batch.pk))
    text = clerk.get("money:file", batch.pk, "csv").content.decode("utf-8-sig")
    assert text.splitlines()[0] == "序号,补贴项目,年度/批次,县/乡/村,领款人姓名,身份证号,开户行,账号,金额,备注"
    assert money.digits(1) in text
    assert "惠民补助" in text
    assert "奖励扶助" not in text
    rows = [*load_workbook(io.BytesIO(clerk.get("money:file", batch.pk, "xlsx").content)).active.values]
    assert [row[7] for row in rows[1:]] == [line.split(",")[7] for line in text.splitlines()[1:]]
    looks = Look.objects.filter(account=clerk.actor.account, label="payments.account.digits")
    assert looks.count() == 2


def test_a_file_that_does_not_fit_books_nothing_and_says_where(desks):
    batch = with_the_bank(desks, funded(desks))
    wrong = money.returned(batch).replace("成功".encode("gb18030"), "好了".encode("gb18030"), 1)
    page = desks(money.CLERK).send(
        "money:batch_deed", batch.pk, "reconcile", content=SimpleUploadedFile("r.csv", wrong)
    )
    assert "The state is neither success nor failure, in line 2. Nothing was booked." in said(page)
    assert {each.status for each in money.payments(batch)} == {"sent"}


def test_what_was_written_down_wrongly_is_booked_back_and_stays_seen(desks):
    till = desks(money.FINANCE_DESK)
    till.send("money:new_fund", programme=money.PROGRAMME, year="2026")
    fund = Fund.objects.get()
    till.send("money:fund_deed", fund.pk, "appropriate", level="city", fen="70000")
    page = till.get("money:fund", fund.pk)
    (entry,) = {line.entry_id for line in queries.booked(fund)}
    assert "Book it back" in said(page)
    till.send("money:take_back", fund.pk, entry)
    assert "booked back: promised by the city" in said(till.get("money:fund", fund.pk))
    assert "Book it back" not in said(till.get("money:fund", fund.pk))
