"""What slows guessing down is counted for every process together, names nobody, and is swept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.core import ratelimit
from django.core.cache import cache, caches
from django.db import connection, connections
from django.test import Client, RequestFactory
from django.utils import timezone

from chengnuo.foundation import counted
from tests.factories import county

ADDRESS, NAME = "10.20.30.40", "wang.officer"


def rows() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM foundation_counted")
        return cursor.fetchall()


def sign_in(browser: Client, name: str, address: str = ADDRESS) -> str:
    sent = {"login": name, "password": "wrong wrong wrong"}
    return browser.post("/accounts/login/", sent, REMOTE_ADDR=address).content.decode()


def refused(page: str) -> bool:
    return "Too many wrong passwords were tried" in page


@pytest.mark.django_db(transaction=True)
def test_two_processes_count_together():
    """Each thread has its own connection and its own cache, as a process has."""

    def tries(_process: int) -> list[bool]:
        try:
            asked = RequestFactory().post("/accounts/login/", REMOTE_ADDR=ADDRESS)
            return [ratelimit.consume(asked, action="login_pair", key=NAME) for _ in range(5)]
        finally:
            caches["default"].close()
            connections.close_all()

    with ThreadPoolExecutor(2) as processes:
        allowed = [each for answers in processes.map(tries, range(2)) for each in answers]
    assert allowed.count(True) == 5
    assert not ratelimit.consume(RequestFactory().post("/", REMOTE_ADDR=ADDRESS), action="login_pair", key=NAME)


@pytest.mark.django_db
def test_the_table_names_neither_account_nor_address():
    account = county.account_of(f"{county.VILLAGE}.desk")
    sign_in(Client(HTTP_ACCEPT_LANGUAGE="en"), account.username)
    found = str(rows())
    assert len(rows()) >= 2
    assert not any(said in found for said in (account.username, ADDRESS, "login", "10.20"))


@pytest.mark.django_db
def test_an_account_is_slowed_down_where_it_is_tried_and_nowhere_else():
    account = county.account_of(f"{county.VILLAGE}.desk")
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    pages = [sign_in(browser, account.username) for _ in range(6)]
    assert [refused(page) for page in pages] == [False] * 5 + [True]
    assert not refused(sign_in(browser, account.username, "10.20.30.41")), "its owner elsewhere is not locked out"
    assert not refused(sign_in(browser, "somebody.else")), "nor is the neighbour behind the same address"


@pytest.mark.django_db
def test_a_village_behind_one_address_passes():
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert not any(refused(sign_in(browser, f"officer.{n}")) for n in range(40))
    for code in range(50):
        assert browser.post("/follow/", {"code": f"{code:016d}"}, REMOTE_ADDR=ADDRESS).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/follow/", "/follow/without-a-name/"])
def test_whoever_tries_codes_is_told_to_wait(page):
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    asked = RequestFactory().post(page, REMOTE_ADDR=ADDRESS)
    assert all(ratelimit.consume(asked, action="receipt_code") for _ in range(60))
    answer = browser.post(page, {"code": "0" * 16}, REMOTE_ADDR=ADDRESS)
    assert answer.status_code == 429
    assert "Too many attempts" in answer.content.decode()
    assert browser.get(page, REMOTE_ADDR=ADDRESS).status_code == 200
    assert browser.post(page, {"code": "0" * 16}, REMOTE_ADDR="10.99.0.1").status_code == 200


@pytest.mark.django_db
def test_what_counts_no_longer_is_swept():
    cache.set("old", 1, timeout=60)
    cache.set("new", 1, timeout=3600)
    with connection.cursor() as cursor:
        before = connection.ops.adapt_datetimefield_value(timezone.now() - timedelta(minutes=1))
        cursor.execute(
            "UPDATE foundation_counted SET expires = %s WHERE cache_key = %s", [before, counted.key_of("old", "", 1)]
        )
    assert counted.sweep() == 1
    assert cache.get("new") == 1
