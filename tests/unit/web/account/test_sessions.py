"""The table of sessions tells nobody who sits where, and what they hold open."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from chengnuo.foundation import clock
from chengnuo.foundation.keys import ring
from chengnuo.foundation.models import ClockMark
from chengnuo.web.account.sessions import SessionStore
from chengnuo.web.who import RECEIPTS
from tests.factories import county
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
SAID = {"_auth_user_id": "12345", RECEIPTS: {"case": ["until", "1234567890123456"]}}


def kept(said: dict = SAID) -> SessionStore:
    store = SessionStore()
    store.update(said)
    store.save()
    return store


def row_of(store: SessionStore) -> Session:
    (row,) = Session.objects.exclude(session_key=store.session_key)
    return row


def test_the_browser_finds_what_it_kept():
    store = kept()
    assert dict(SessionStore(store.session_key).items()) == SAID


def test_the_row_shows_nothing_and_its_key_opens_nothing():
    store = kept()
    row = row_of(store)
    assert not any(said in row.session_data for said in ("12345", "receipts", "case", store.session_key))
    assert store.session_key not in row.session_key
    assert dict(SessionStore(row.session_key).items()) == {}


def test_not_even_the_key_ring_opens_it_without_the_browser():
    row = row_of(kept())
    for guess in ("", row.session_key, ring().sealing_id):
        assert SessionStore(guess).decode(row.session_data) == {}


def test_what_another_browser_kept_is_nothing_here():
    one = kept()
    taken = row_of(one).session_data
    two = SessionStore()
    two.save()
    Session.objects.exclude(session_data=taken).update(session_data=taken)
    assert dict(SessionStore(two.session_key).items()) == {}


@pytest.mark.parametrize("typed", ["", "e30", "{}", json.dumps(SAID), "gAAAAA", "张三"])
def test_what_is_typed_into_the_table_signs_nobody_in(typed):
    store = kept()
    Session.objects.update(session_data=typed)
    assert dict(SessionStore(store.session_key).items()) == {}


def test_it_goes_on_under_a_new_key():
    store = kept()
    before = store.session_key
    store.cycle_key()
    store.save()
    assert store.session_key != before
    assert dict(SessionStore(store.session_key).items()) == SAID
    assert dict(SessionStore(before).items()) == {}


def test_pages_with_a_receipt_and_a_sign_in_write_nothing_readable(monday):
    family, officer = Browser(), Client()
    case = family.ask()
    county.sign_in(officer, f"{county.VILLAGE}.desk")
    officer.get("/desk/")
    rows = "".join(Session.objects.values_list("session_data", flat=True))
    assert Session.objects.count() == 2
    assert str(case) not in rows
    assert str(case) in json.dumps(family.client.session[RECEIPTS])


def test_while_the_clock_stands_behind_no_session_opens(monkeypatch):
    """What had expired would open again, and nobody could tell it from what had not."""
    monkeypatch.setattr(clock, "_known", clock._Known())
    store = kept()
    ClockMark.objects.update_or_create(pk=ClockMark.ONLY, defaults={"seen": clock.now() + timedelta(minutes=5)})
    assert dict(SessionStore(store.session_key).items()) == {}
    clock.accept()
    assert dict(SessionStore(store.session_key).items()) == SAID


def test_while_the_clock_stands_behind_pages_say_so_instead_of_asking_for_a_sign_in(monkeypatch):
    monkeypatch.setattr(clock, "_known", clock._Known())
    ClockMark.objects.update_or_create(pk=ClockMark.ONLY, defaults={"seen": clock.now() + timedelta(minutes=5)})
    desk = Browser()
    desk.open("/desk/inbox/", status=503)
    assert "The clock of this machine stands behind" in desk.text
    desk.open("/services/")
