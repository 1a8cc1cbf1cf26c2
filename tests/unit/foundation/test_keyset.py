"""Walking through a list shows every row once and in order, whatever comes in meanwhile; a cursor cannot be forged."""

from __future__ import annotations

import base64
import zlib
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.apps.registry import Apps
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengnuo.foundation.keyset import slice_of

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
apps = Apps()


class Note(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4)
    at = models.DateTimeField()
    seen = models.DateTimeField(default=AT)

    class Meta:
        apps = apps
        app_label = "shelf"


class Other(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4)
    at = models.DateTimeField()

    class Meta:
        apps = apps
        app_label = "shelf"


@pytest.fixture(scope="module", autouse=True)
def _tables(tables):
    tables(Note, Other)


def fill(hours):
    return Note.objects.bulk_create(Note(at=AT + timedelta(hours=hour)) for hour in hours)


def page(cursor="", *, size=3, descending=False, filters="", by="at", model=Note, now=AT):
    return slice_of(
        model.objects.all(), by=by, cursor=cursor, filters=filters, now=now, size=size, descending=descending
    )


def in_order(descending):
    return list(Note.objects.order_by("-at", "-pk") if descending else Note.objects.order_by("at", "pk"))


# many rows of few instants: ties are decided by the id
instants = st.lists(st.integers(0, 6), max_size=25)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(hours=instants, size=st.integers(1, 7), descending=st.booleans())
def test_forward_and_back_every_row_is_seen_once_in_order(db, hours, size, descending):
    Note.objects.all().delete()
    fill(hours)
    expected = in_order(descending)
    pages = [page(size=size, descending=descending)]
    while pages[-1].older:
        pages.append(page(pages[-1].older, size=size, descending=descending))
    assert [row for each in pages for row in each.rows] == expected
    assert pages[0].newer == ""
    back = [pages[-1]]
    while back[0].newer:
        back.insert(0, page(back[0].newer, size=size, descending=descending))
    assert [row for each in back for row in each.rows] == expected
    assert len(back) <= len(pages) + 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    hours=st.lists(st.integers(0, 6), min_size=1, max_size=20),
    coming=st.lists(st.lists(st.integers(-2, 8), max_size=3), min_size=1, max_size=6),
    size=st.integers(1, 5),
    descending=st.booleans(),
)
def test_rows_that_come_in_meanwhile_neither_hide_nor_repeat_another(db, hours, coming, size, descending):
    Note.objects.all().delete()
    there = set(fill(hours))
    seen, cursor, waves = [], "", iter(coming)
    while True:
        found = page(cursor, size=size, descending=descending)
        seen += found.rows
        cursor = found.older
        if not cursor:
            break
        fill(next(waves, []))
    assert len(seen) == len(set(seen))
    assert there <= set(seen)
    assert seen == [row for row in in_order(descending) if row in set(seen)]


def test_a_place_keeps_the_time_at_which_the_walk_began(db):
    fill(range(9))
    first = page()
    second = page(first.older, now=AT + timedelta(days=1))
    assert first.as_of == second.as_of == AT
    assert page(now=AT + timedelta(days=1)).as_of == AT + timedelta(days=1)


def test_a_page_costs_one_query_wherever_it_is(db, django_assert_num_queries):
    fill(range(30))
    cursor = ""
    for _ in range(4):
        with django_assert_num_queries(1):
            cursor = page(cursor, size=7).older


def test_a_place_at_which_nothing_is_left_begins_again(db):
    fill(range(6))
    later = page().older
    Note.objects.filter(at__gt=AT + timedelta(hours=2)).delete()
    found = page(later)
    assert found.rows == in_order(descending=False)
    assert found.newer == ""


def test_an_empty_list_has_no_neighbours(db):
    found = page()
    assert (found.rows, found.older, found.newer) == ([], "", "")


def _cut(cursor):
    return cursor[:-3]


def _stretched(cursor):
    return cursor + "A"


def _resigned(_cursor):
    """As whoever does not know the key would sign a place of their own choosing."""
    body = base64.urlsafe_b64encode(zlib.compress(b'["2000-01-01T00:00:00+00:00"]')).decode().strip("=")
    return f".{body}:1abcde:{'A' * 43}"


def _swapped(cursor):
    body, time, signature = cursor.split(":")
    other = page(filters="other").older.split(":")[0]
    return f"{other}:{time}:{signature}" if other != body else "x"


@pytest.mark.parametrize(
    "forge",
    [
        _cut,
        _stretched,
        _resigned,
        _swapped,
        *(lambda _cursor, text=text: text for text in ("x", "a:b:c", "::", "%00", "\x00", "女", "0" * 9000, "-1")),
    ],
)
def test_a_cursor_that_is_not_ours_begins_again(db, forge):
    fill(range(9))
    first, cursor = page(), page().older
    assert page(cursor).rows != first.rows
    assert page(forge(cursor)).rows == first.rows


@pytest.mark.parametrize(
    "elsewhere",
    [{"filters": "late"}, {"by": "seen"}, {"model": Other}],
)
def test_a_cursor_of_another_list_begins_again(db, elsewhere):
    rows = fill(range(9))
    Other.objects.bulk_create(Other(pk=row.pk, at=row.at) for row in rows)
    cursor = page().older
    assert page(cursor, **elsewhere).rows == page(**elsewhere).rows
    foreign = page(**elsewhere).older
    assert page(foreign).rows == page().rows


def test_a_cursor_tells_no_word_that_was_searched_for(db):
    fill(range(9))
    cursor = page(filters="欧阳桂兰").older
    body = cursor.split(":")[0]
    raw = base64.urlsafe_b64decode(body.lstrip(".") + "==")
    said = zlib.decompress(raw).decode() if body.startswith(".") else raw.decode()
    assert "2026" in said  # the test can read it
    assert "欧阳桂兰" not in said
    assert r"\u6b27" not in said


def test_ids_decide_among_equal_instants(db):
    Note.objects.bulk_create(Note(pk=UUID(int=n), at=AT) for n in (3, 1, 2))
    found = page(size=1)
    assert [found.rows[0].pk.int, page(found.older, size=1).rows[0].pk.int] == [1, 2]
