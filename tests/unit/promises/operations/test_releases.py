"""Freezing figures: every finished period of every place once, in its order, and never again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengnuo.core.deadlines import Reading, reading
from chengnuo.core.periods import read
from chengnuo.foundation.models.log import LogEntry
from chengnuo.people.models import Level, Place
from chengnuo.promises import published
from chengnuo.promises.figures import COLUMNS, Kind, rows_of
from chengnuo.promises.models import Duty, Promise, PromiseVersion, Release
from chengnuo.promises.operations.releases import SETTLE, freeze_due
from tests.factories import county, owed

pytestmark = pytest.mark.django_db
APRIL = datetime(2026, 3, 31, 16, tzinfo=UTC)  # the first instant of April in the county
SOON = timedelta(minutes=1)
FEBRUARY, MARCH = datetime(2026, 2, 10, 2, tzinfo=UTC), datetime(2026, 3, 10, 2, tzinfo=UTC)


@pytest.fixture
def figures():
    """A first quarter with enough to show, and something that must not be shown."""
    for at in (FEBRUARY, MARCH):
        owed.settle(county.VILLAGE, "kept", at, count=12)
        owed.settle("village-420526101202", "kept", at, count=8)
        owed.settle(county.TOWNSHIP, "kept", at, count=9, service="help-with-forms")
        owed.settle("health-bureau", "kept", at, count=7, service="childcare-subsidy")
    owed.settle(county.VILLAGE, "broken", MARCH, count=2)
    owed.settle("health-bureau", "kept", MARCH, count=6, service="special-assistance", is_guarded=True)


@pytest.fixture
def year(figures):
    freeze_due(at=read("2026").over_at + SETTLE)


def rows(place, period):
    found = Release.objects.get(place__codes__code=place, period=period)
    return {(row.kind.value, row.key): row.counts for row in rows_of(found)}


def test_nothing_is_frozen_before_there_is_anything_to_count():
    assert freeze_due(at=APRIL) == 0


def test_every_place_is_frozen_once_its_period_is_over(figures):
    townships = Place.objects.filter(level=Level.TOWNSHIP).count()

    assert freeze_due(at=APRIL + SETTLE - SOON) == 1, "January and February are over; the first duty is of February"
    assert freeze_due(at=APRIL + SETTLE) == 1 + townships, "March, and the first quarter"
    assert freeze_due(at=APRIL + SETTLE) == 0
    assert sorted(Release.objects.values_list("period", flat=True).distinct()) == [
        "2026-02",
        "2026-03",
        "2026-Q1",
    ]


def test_a_year_is_frozen_for_every_village(year):
    per_level = {level: Release.objects.filter(place__level=level).count() for level in Level.values}

    assert per_level == {"city": 0, "county": 11, "township": 8 * 4, "village": 96}


def test_the_county_by_promise_a_township_by_office_a_village_as_one(year):
    march = rows("420526000000", "2026-03")
    none = dict.fromkeys(COLUMNS, 0)

    assert march["promise", "village-proof"]["kept"] == 20
    assert march["promise", "help-with-forms"] == none | {"kept": 9}
    assert march["total", ""]["kept"] == 36
    assert march["promise", "village-proof"]["broken"] is None
    assert rows("420526101000", "2026-Q1") == {
        ("office", county.TOWNSHIP): none | {"kept": 18},
        ("committees", ""): none | {"kept": 40, "broken": None},
    }
    assert rows("420526101201", "2026") == {("office", county.VILLAGE): none | {"kept": 24, "broken": None}}


def test_sensitive_services_stand_in_the_county_alone(year):
    assert rows("420526000000", "2026-03")["guarded", "special-assistance"]["kept"] == 6
    assert rows("420526000000", "2026-03")["total", ""]["kept"] == 36
    below = Release.objects.exclude(place__level=Level.COUNTY)
    assert not any(row.kind is Kind.GUARDED for release in below for row in rows_of(release))


def test_a_place_where_nothing_fell_due_says_so(figures):
    freeze_due(at=APRIL + SETTLE)
    elsewhere = Release.objects.get(place__codes__code="420526102000", period="2026-Q1")

    assert all(row.is_empty for row in rows_of(elsewhere))
    assert elsewhere.figures["withheld"] == 0


def test_a_release_is_never_computed_again(figures):
    freeze_due(at=APRIL + SETTLE)
    before = list(Release.objects.order_by("pk").values())
    owed.settle(county.VILLAGE, "kept", MARCH, count=50)
    freeze_due(at=APRIL + SETTLE + owed.DAY)

    assert list(Release.objects.order_by("pk").values()) == before


def no_longer_promised():
    PromiseVersion.objects.filter(promise__key="monthly-figures").delete()
    Promise.objects.filter(key="monthly-figures").delete()


def test_a_worker_that_slept_freezes_the_same_figures(figures):
    """To publish is a promise too, and a late one is not counted: everybody can see it by itself."""
    for at in (read("2026-02").over_at, APRIL):
        freeze_due(at=at + SETTLE)
    in_time = {(r.place_id, r.period): r.figures for r in Release.objects.all()}
    Release.objects.all().delete()
    Duty.objects.filter(kind="release").delete()
    connection.cursor().execute("DELETE FROM foundation_actkey")
    freeze_due(at=APRIL + 40 * owed.DAY)

    found = {(r.place_id, r.period): r.figures for r in Release.objects.all()}
    assert found | in_time == found


def test_another_worker_may_have_been_faster(figures):
    """Both saw the same gap: the second finds the key used, and what stands stays."""
    freeze_due(at=APRIL + SETTLE)
    Release.objects.filter(period="2026-Q1").delete()

    assert freeze_due(at=APRIL + SETTLE) == 0


def test_to_publish_in_time_is_a_promise_kept(figures):
    freeze_due(at=APRIL + SETTLE)
    duty = Duty.objects.get(kind=Release.kind, subject_id=Release.objects.get(period="2026-03").pk)

    assert duty.office.key == "health-bureau"
    assert duty.promise.promise.key == "monthly-figures"
    assert (duty.opened_at, duty.ended_at) == (APRIL, APRIL + SETTLE)
    assert reading(duty, APRIL) is Reading.KEPT


def test_to_publish_too_late_is_a_promise_broken(figures):
    freeze_due(at=APRIL + 90 * owed.DAY)
    duty = Duty.objects.get(kind=Release.kind, subject_id=Release.objects.get(period="2026-02").pk)

    assert reading(duty, APRIL) is Reading.ENDED_BROKEN


def test_a_county_that_has_not_promised_to_publish_publishes_all_the_same(figures):
    no_longer_promised()

    assert freeze_due(at=APRIL + SETTLE) > 1
    assert not Duty.objects.filter(kind=Release.kind).exists()


def test_each_release_is_an_act_of_the_system_in_the_log(figures):
    count = freeze_due(at=APRIL + SETTLE)
    entries = LogEntry.objects.filter(schema="release.publish/1")

    assert entries.count() == count
    assert {entry.private["by"] for entry in entries} == {"system"}
    assert {entry.private["office"] for entry in entries} == {""}


def test_no_act_of_it_takes_more_statements_than_promised(figures):
    """From the question whether the key was used to the keeping of the key; with its BEGIN and COMMIT."""
    freeze_due(at=read("2026-02").over_at + SETTLE)
    with CaptureQueriesContext(connection) as seen:
        freeze_due(at=APRIL + SETTLE)
    counts, running = [], 0
    for query in seen:
        running += "SAVEPOINT" not in query["sql"]
        if query["sql"].startswith("SELECT") and "foundation_actkey" in query["sql"]:
            running = 1
        if query["sql"].startswith("INSERT") and "foundation_actkey" in query["sql"]:
            counts.append(running + 2)

    assert len(counts) == 2 * 9, "owed, and published"
    assert max(counts) <= 14, counts


def test_to_look_whether_something_is_due_costs_three_queries(figures):
    freeze_due(at=APRIL + SETTLE)
    with CaptureQueriesContext(connection) as seen:
        freeze_due(at=APRIL + SETTLE + owed.DAY)

    assert len(seen) <= 5


def test_the_newest_figures_of_a_county_are_found_with_their_sum(figures):
    freeze_due(at=APRIL + SETTLE)
    release, total = published.total(county=Place.objects.get(level=Level.COUNTY).pk)

    assert release.period == "2026-03"
    assert total.counts["kept"] == 36
