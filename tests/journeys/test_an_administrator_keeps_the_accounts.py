"""A newcomer gets an account and a post, works, and leaves; the case they held stays with the post and goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.foundation import outbox
from chengnuo.people.models import Account, Holding, Post
from tests.factories import cases, county, desk

pytestmark = pytest.mark.django_db
ADMIN = "health-bureau.account-admin"
DAY = timedelta(days=1)


def test_somebody_comes_works_and_leaves(client, monday):
    admin = desk.at(client, ADMIN)
    post = Post.objects.get(key=cases.DESK)
    admin.send("open_account", name="李娜（演示）", username="li.na", password="四个 不相干 的词 长江")
    account = Account.objects.get(username="li.na")

    newcomer = Client()
    newcomer.force_login(account)
    assert "You hold no post today" in desk.said(newcomer.get("/desk/", **desk.ENGLISH))
    admin.send("fill_post", post.pk, username="li.na", **desk.day("begins", 2026, 3, 2))
    case = cases.ask(at=county.MONDAY)
    assert case.number in newcomer.get("/desk/inbox/").content.decode()
    assert "李娜（演示）" in desk.said(newcomer.get(f"/desk/cases/{case.pk}/", **desk.ENGLISH))

    admin.send("close_account", account.pk)
    assert newcomer.get("/desk/inbox/").status_code == 302
    assert not Holding.objects.filter(post=post, ends=None).exists()
    case.refresh_from_db()
    assert case.holder_id == post.pk, "a case is never without a holder: nobody else is there either"

    Account.objects.create(username="next", name="接班的（演示）")
    admin.send("fill_post", post.pk, username="next", **desk.day("begins", 2026, 3, 2))
    successor = Client()
    successor.force_login(Account.objects.get(username="next"))
    assert case.number in successor.get("/desk/inbox/").content.decode()
    assert case.number not in admin.get("accounts").content.decode()


def test_a_notice_of_holidays_moves_what_runs_through_it(client, monday):
    case = cases.ask(at=county.MONDAY)
    before = cases.duty_of(case).due_at
    admin = desk.at(client, ADMIN)
    said = admin.send("announce", free="2026-03-04", worked="", source="县政府通知〔2026〕2号", sure="yes")
    assert said.headers["Location"] == reverse("county:holidays")
    assert "still to be computed again" in admin.get("holidays").content.decode()
    assert outbox.drain(county.MONDAY, "test").done == 1
    assert "still to be computed again" not in admin.get("holidays").content.decode()
    assert cases.duty_of(case).due_at == before + DAY
    case_page = desk.said(desk.at(client, cases.DESK).get("case", case.pk))
    assert "March 5, 2026" in case_page
