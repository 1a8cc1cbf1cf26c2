"""Every look of an officer at sealed words is kept before anything is seen; once a day, and residents' own are nobody's business."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from chengnuo.foundation import looks
from chengnuo.foundation.actor import Actor, Hat, resident, system, visitor
from chengnuo.foundation.models import Look
from chengnuo.foundation.watch import frozen

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
LABEL = "people.contact.name"
OFFICER = Actor(name="", hats=(Hat("clerk", post=uuid4()),), account=7)


@pytest.fixture(autouse=True)
def today():
    with frozen(AT) as watch:
        yield watch


def look(row="r1", *, by=OFFICER, label=LABEL, reason="case page"):
    looks.keep(by=by, label=label, row=row, reason=reason)


def kept():
    return list(Look.objects.order_by("pk").values_list("account", "label", "row", "reason"))


def test_a_look_is_kept_at_once(db):
    look()
    assert kept() == [(7, LABEL, "r1", "case page")]
    assert Look.objects.get().day.isoformat() == "2026-11-02"


def test_the_same_look_counts_once_a_day(db, today):
    look()
    look()
    assert len(kept()) == 1
    today.move(DAY)
    look()
    assert len(kept()) == 2


def test_a_page_that_was_opened_today_does_not_wait_for_the_writer(db):
    page = [("r1", "case page"), ("r2", "story")]
    assert writes(page) == 1
    assert writes(page) == 0
    assert writes([*page, ("r3", "story")]) == 1
    assert [row for _account, _label, row, _reason in kept()] == ["r1", "r2", "r3"]


def writes(page):
    with CaptureQueriesContext(connection) as seen, looks.collected():
        for row, reason in page:
            look(row, reason=reason)
    return sum(query["sql"].startswith("INSERT") for query in seen)


def test_the_day_is_the_county_s(db, today):
    today.move(timedelta(hours=7))  # after midnight in the county, the same day in UTC
    look()
    assert Look.objects.get().day.isoformat() == "2026-11-03"


@pytest.mark.parametrize(
    "other",
    [{"row": "r2"}, {"label": "people.contact.phone"}, {"reason": "story"}, {"by": Actor("", (), account=8)}],
)
def test_another_look_counts_beside_it(db, other):
    look()
    look(**other)
    assert len(kept()) == 2


@pytest.mark.parametrize("by", [visitor(), resident(uuid4()), system()])
def test_residents_and_the_system_leave_no_trace(db, by):
    look(by=by)
    with looks.collected():
        look(by=by)
    assert kept() == []


def test_the_looks_of_a_page_are_written_together_at_its_end(db, django_assert_num_queries):
    with django_assert_num_queries(2), looks.collected():  # what was kept before is asked for first
        for n in range(5):
            look(f"r{n}")
            look(f"r{n}")
    assert [row for _account, _label, row, _reason in kept()] == [f"r{n}" for n in range(5)]


def test_a_page_without_a_look_asks_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0), looks.collected():
        pass


@looks.collected()
def page_that_breaks():
    look()
    raise ZeroDivisionError


@looks.collected()
def page(sent):
    look()
    sent.append("built")


def test_a_page_that_breaks_has_kept_what_was_seen(db):
    with pytest.raises(ZeroDivisionError):
        page_that_breaks()
    assert len(kept()) == 1


def test_when_looks_cannot_be_written_the_page_is_not_sent(db, monkeypatch):
    def full(*_rows, **_how):
        raise DatabaseError("disk full")

    built = []
    monkeypatch.setattr(Look.objects, "bulk_create", full)
    with pytest.raises(DatabaseError):
        page(built)
    assert built == ["built"]


def test_after_a_page_looks_are_kept_at_once_again(db):
    with looks.collected():
        pass
    look()
    assert len(kept()) == 1
