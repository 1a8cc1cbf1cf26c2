"""Ids keep the order in which they were made, even when time stands still."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from chengnuo.foundation.ids import COUNTER, new_id
from chengnuo.foundation.watch import frozen

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def test_an_id_is_of_version_7_and_tells_its_time():
    with frozen(AT):
        made = new_id()
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == int(AT.timestamp() * 1000)


def test_ids_of_one_instant_keep_their_order_beyond_the_counter():
    with frozen(AT):
        made = [new_id() for _ in range(3 * COUNTER)]
    assert made == sorted(made)


def test_ids_follow_the_clock():
    with frozen(AT) as clock:
        first = new_id()
        clock.move(timedelta(milliseconds=1))
        assert first < new_id()
        clock.move(timedelta(days=-1))
        assert new_id() < first


def test_eight_threads_make_no_id_twice():
    with frozen(AT), ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: new_id(), range(4000)))
    assert len(set(made)) == 4000
