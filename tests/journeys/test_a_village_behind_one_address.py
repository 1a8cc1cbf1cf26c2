"""Somebody guesses passwords: slowed down, and nobody else is locked out by it; nor does any answer say which names there are."""

from __future__ import annotations

import statistics
import time
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from chengnuo.people.models import Account, SignIn
from tests.factories import county, desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday", "real")]
VILLAGE, MANY = "198.51.100.7", 60
WORDS, GUESS = "seven green umbrellas", "wrong words here"
REAL = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TOO_MANY, WRONG = "Too many wrong passwords were tried", "not correct"


@pytest.fixture
def real(settings):
    """Passwords are hashed quickly, but for the test of time."""
    settings.DEMO, settings.PASSWORD_HASHERS = False, QUICK
    # as shipped, but for the two hundred wrong ones of an address, which would take minutes here
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed": "40/h/ip"}


@pytest.fixture
def village():
    """Officers who sign in from behind the same address, and have before."""
    made = []
    for number in range(MANY):
        account = Account(username=f"officer.{number}", name=f"甲{number}（演示）")
        account.set_password(WORDS)
        account.save()
        SignIn.objects.create(account=account, at=county.MONDAY, worked=True, address="198.51.*.*")
        made.append(account)
    return made


def attempt(name: str, password: str = GUESS, address: str = VILLAGE):
    """One sign-in of a browser that begins anew; what its page says, or "" where it got in."""
    browser = Client(HTTP_ACCEPT_LANGUAGE="en", REMOTE_ADDR=address)
    answer = browser.post("/accounts/login/", {"login": name, "password": password})
    return "" if SESSION_KEY in browser.session else answer.content.decode()


def test_sixty_people_behind_one_address_and_one_of_them_guesses(village):
    for number in range(45):
        attempt(f"guessed.{number}")
    assert TOO_MANY in attempt("somebody.else"), "the guesser is stopped"
    assert [account.username for account in village if attempt(account.username, WORDS)] == []


def test_the_guesser_goes_on_guessing_in_vain(village):
    """The right password, from an address where so many were wrong, opens only an account that was used there."""
    stranger = Account(username="from.elsewhere", name="外人（演示）")
    stranger.set_password(WORDS)
    stranger.save()
    for number in range(45):
        attempt(f"guessed.{number}")
    assert TOO_MANY in attempt(stranger.username, WORDS)
    assert attempt(stranger.username, WORDS, address="203.0.113.9") == ""


def test_five_tries_for_one_account_from_one_address(village):
    answers = [attempt("officer.1") for _ in range(6)]
    assert [TOO_MANY in answer for answer in answers] == [False] * 5 + [True]
    assert "Wait five minutes and try again" in answers[-1]
    assert TOO_MANY in attempt("officer.1", WORDS), "nor does the right one, here and now"
    assert attempt("officer.2", WORDS) == "", "the neighbour gets in"


def test_one_account_guessed_from_fifty_addresses(village, client, settings):
    owner = village[7]
    answers = [attempt(owner.username, address=f"203.0.{net}.9") for net in range(50)]
    assert sum(WRONG in answer for answer in answers) == 30
    assert all(TOO_MANY in answer for answer in answers[30:])
    assert TOO_MANY in attempt(owner.username, WORDS, address="203.0.200.9"), "not even with the right one"
    assert attempt(owner.username, WORDS) == "", "at the own desk it opens"
    settings.DEMO = True  # where the administrator needs no second factor
    desk.at(client, "health-bureau.account-admin").send("unlock_account", owner.pk)
    assert attempt(owner.username, WORDS, address="203.0.200.9") == ""


def test_it_ends_by_itself(village):
    owner = village[3]
    for net in range(31):
        attempt(owner.username, address=f"203.0.{net}.9")
    with pytest.MonkeyPatch.context() as later:
        now = time.time()
        later.setattr(time, "time", lambda: now + timedelta(hours=1, minutes=1).total_seconds())
        assert attempt(owner.username, WORDS, address="203.0.200.9") == ""


def test_a_right_password_is_not_counted(village):
    assert [attempt("officer.5", WORDS) for _ in range(12)] == [""] * 12


def same(page: str) -> str:
    """A page without what is every time another."""
    return "".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


@pytest.mark.parametrize("tries", [1, 6, 31])
def test_no_answer_says_which_names_there_are(village, tries):
    def last(name):
        return [same(attempt(name, address=f"203.0.{n if tries > 6 else 1}.9")) for n in range(tries)][-1]

    assert last("officer.1").replace("officer.1", "") == last("nobody.1").replace("nobody.1", "")


def test_nor_does_the_time_it_takes(settings):
    """The short form, with the real hash: in turns, by the median."""
    settings.PASSWORD_HASHERS = REAL
    there = Account(username="there", name="甲（演示）")
    there.set_password(WORDS)
    there.save()
    taken: dict[str, list[float]] = {there.username: [], "not.there": []}
    for number in range(9):
        for name, times in taken.items():
            began = time.perf_counter()
            attempt(name, address=f"203.0.{number}.9")
            times.append(time.perf_counter() - began)
    known, unknown = map(statistics.median, taken.values())
    assert abs(known - unknown) < max(known, unknown) / 2
