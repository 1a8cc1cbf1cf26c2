"""How many calls one caller has in a minute, and who counts as one."""

from __future__ import annotations

import time
from uuid import uuid4

import pytest
from django.test import RequestFactory

from chengnuo.foundation.actor import Actor, visitor
from chengnuo.web.throttle import Throttle, line_of

make = RequestFactory()


@pytest.fixture(autouse=True)
def _nobody_has_called():
    Throttle.cache.clear()


def asks(address="10.0.0.1", auth=None):
    request = make.get("/api/v1/places", REMOTE_ADDR=address)
    if auth is not None:
        request.auth = auth
    return request


def test_one_caller_waits_and_the_others_go_on():
    throttle = Throttle("3/min")
    system = Actor(name="12345", hats=(), token=uuid4())
    assert [throttle.allow_request(asks()) for _call in range(4)] == [True, True, True, False]
    assert 0 < throttle.wait() <= 60
    assert throttle.allow_request(asks("10.0.0.2"))
    assert [throttle.allow_request(asks(auth=system)) for _call in range(4)] == [True, True, True, False]
    assert not throttle.allow_request(asks("10.0.0.9", auth=system)), "a token is one caller wherever it calls from"


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unix:", "unix:"),
        ("", ""),
    ],
)
def test_a_household_is_one_caller_however_many_addresses_it_has(address, line):
    assert line_of(address) == line


def test_a_minute_later_the_caller_goes_on(monkeypatch):
    throttle = Throttle("2/min")
    assert [throttle.allow_request(asks()) for _call in range(3)] == [True, True, False]
    later = time.time() + 61
    monkeypatch.setattr(Throttle, "timer", lambda _self: later)
    assert throttle.allow_request(asks())


def test_each_rate_and_each_purpose_counts_for_itself():
    throttle = Throttle("300/min")
    keys = {
        throttle.get_cache_key(asks()),
        throttle.get_cache_key(asks("10.0.0.2")),
        throttle.get_cache_key(asks(auth=Actor(name="", hats=(), token=uuid4()))),
        Throttle("3/min").get_cache_key(asks()),
        Throttle("300/min", of="calculator").get_cache_key(asks()),
    }
    assert len(keys) == 5
    assert throttle.get_cache_key(asks(auth="no actor")) == throttle.get_cache_key(asks())
    assert throttle.get_cache_key(asks(auth=visitor())) != throttle.get_cache_key(asks())
