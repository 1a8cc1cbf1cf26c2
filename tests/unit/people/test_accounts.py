"""Accounts: opened with a first password that would not be guessed, closed with every post at once."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.refused import NotAllowed, NotHere, SignInAgain
from chengnuo.people.models import Account, Holding, Post
from chengnuo.people.operations import accounts
from chengnuo.people.operations.accounts import ClosedAlready, NameTaken, OpenAlready, WeakPassword, YourOwn
from chengnuo.people.queries import actor_of
from tests.factories import county

pytestmark = pytest.mark.django_db
GOOD = "四个 不相干 的词 长江"
TODAY = county.MONDAY.date()


@pytest.fixture
def admin():
    return county.officer("health-bureau.account-admin")


def opened(admin, username="li.na", password=GOOD, name="李娜（演示）", at=county.MONDAY):
    return accounts.open_account(username=username, name=name, password=password, by=admin, at=at, key=uuid4())


def closed(admin, account, at=county.MONDAY):
    return accounts.close_account(account=account, by=admin, at=at, key=uuid4())


def test_an_account_signs_in_and_may_do_nothing_yet(admin):
    account = opened(admin)
    assert account.check_password(GOOD)
    assert account.is_active
    assert actor_of(account, on=TODAY).hats == ()


def test_the_log_has_the_act_and_not_the_password(admin):
    before = LogEntry.objects.count()
    account = opened(admin)
    entry = LogEntry.objects.get(schema="people.open_account/1", ref_id=str(account.pk))
    assert LogEntry.objects.count() == before + 1
    assert GOOD not in str(entry.private) + str(entry.public)


@pytest.mark.parametrize("again", ["li.na", "LI.NA", "Li.Na"])
def test_a_sign_in_name_is_one_person_s_whatever_its_letters(admin, again):
    opened(admin)
    with pytest.raises(NameTaken):
        opened(admin, username=again)


@pytest.mark.parametrize("password", ["", "short", "password", "12345678", "li.na-12"])
def test_a_password_that_would_be_guessed_is_refused_in_words(admin, password):
    with pytest.raises(WeakPassword) as refused:
        opened(admin, password=password)
    assert refused.value.remedy
    assert not Account.objects.filter(username="li.na").exists()


def test_closing_ends_every_post_at_once_and_leaves_the_past_as_it_was(admin):
    account = opened(admin)
    now, later, past = Post.objects.filter(office__key=county.VILLAGE).order_by("key")
    rows = [
        Holding.objects.create(post=now, account=account, begins=date(2025, 1, 1)),
        Holding.objects.create(post=later, account=account, begins=TODAY + timedelta(days=9)),
        Holding.objects.create(post=past, account=account, begins=date(2024, 1, 1), ends=date(2024, 6, 1)),
    ]
    assert len(actor_of(account, on=TODAY).hats) == 1
    closed(admin, account.pk)
    for row in rows:
        row.refresh_from_db()
    assert [row.ends for row in rows] == [TODAY, TODAY + timedelta(days=9), date(2024, 6, 1)]
    for day in (TODAY, TODAY + timedelta(days=9), TODAY + timedelta(days=99)):
        assert actor_of(account, on=day).hats == ()
    account.refresh_from_db()
    assert not account.is_active


def test_open_pages_of_a_closed_account_answer_no_more(admin, client, monday):
    actor = county.sign_in(client, f"{county.VILLAGE}.desk")
    assert client.get("/desk/inbox/").status_code == 200
    closed(admin, actor.account)
    assert client.get("/desk/inbox/").status_code == 302


def test_nobody_closes_their_own_account_nor_one_twice_nor_one_that_is_not_there(admin):
    account = opened(admin)
    with pytest.raises(YourOwn):
        closed(admin, admin.account)
    closed(admin, account.pk)
    with pytest.raises(ClosedAlready):
        closed(admin, account.pk)
    with pytest.raises(NotHere):
        closed(admin, 10**9)


@pytest.mark.parametrize("post", [f"{county.VILLAGE}.desk", "health-bureau.head", "health-bureau.auditor"])
def test_only_the_administrator_opens_and_closes(post):
    stranger = county.officer(post)
    with pytest.raises(NotAllowed):
        opened(stranger)
    with pytest.raises(NotAllowed):
        closed(stranger, stranger.account)


def test_both_ask_for_a_fresh_sign_in(admin):
    later = county.MONDAY + timedelta(minutes=15)
    with pytest.raises(SignInAgain):
        opened(admin, at=later)
    with pytest.raises(SignInAgain):
        closed(admin, admin.account, at=later)


def opened_again(by, account, password=GOOD, at=county.MONDAY):
    return accounts.open_again(account=account, password=password, by=by, at=at, key=uuid4())


def test_a_closed_account_opens_again_with_another_first_password(admin):
    account = opened(admin)
    closed(admin, account.pk)
    again = "又是 四个 别的 词语"
    opened_again(admin, account.pk, again)
    account.refresh_from_db()
    assert account.is_active
    assert account.check_password(again)
    assert LogEntry.objects.filter(schema="people.open_again/1", ref_id=str(account.pk)).exists()
    with pytest.raises(OpenAlready):
        opened_again(admin, account.pk)


def test_what_an_account_is_opened_again_with_is_no_weaker(admin):
    account = opened(admin)
    closed(admin, account.pk)
    with pytest.raises(WeakPassword):
        opened_again(admin, account.pk, "1234")
    with pytest.raises(NotAllowed):
        opened_again(county.officer(f"{county.VILLAGE}.head"), account.pk)
    with pytest.raises(NotHere):
        opened_again(admin, 10**9)
    account.refresh_from_db()
    assert not account.is_active


def test_after_a_restore_the_machine_lets_the_first_one_in(admin, monday, capsys):
    accounts.close_all(county.MONDAY)
    name = Account.objects.get(pk=admin.account).username
    call_command("open_again", name)
    password = capsys.readouterr().out.split()[-1]
    found = Account.objects.get(is_active=True)
    assert (found.username, found.check_password(password)) == (name, True)
    with pytest.raises(CommandError, match="open already"):
        call_command("open_again", name)
    with pytest.raises(CommandError, match="Nobody signs in as nobody"):
        call_command("open_again", "nobody")
