"""What the public may read: live figures of offices without what must not show, frozen ones, every version of a promise."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengnuo.core.privacy import Band
from chengnuo.people.models import Level, Office, Place
from chengnuo.promises import published
from chengnuo.promises.figures import VOICES, Kind, Row, rows_of, written
from chengnuo.promises.models import Duty, PromiseVersion, Release
from chengnuo.promises.operations.releases import freeze_due, owe_due
from chengnuo.promises.published import Live
from tests.factories import cases, county, owed

pytestmark = pytest.mark.django_db
NOW = county.MONDAY + 7 * owed.DAY
IN_TIME = {"opened": NOW - owed.DAY}
LATE = {"opened": NOW - 6 * owed.DAY}
BROKEN = {"opened": NOW - 20 * owed.DAY}


def live(key):
    office = Office.objects.get(key=key)
    return published.live([office.pk], now=NOW).get(office.pk, Live())


ROWS = [
    # what is owed, by whom, and how much of it shows
    ("in time", county.VILLAGE, IN_TIME, Live(Band.FEW, Band.NONE)),
    ("late", county.VILLAGE, LATE, Live(Band.FEW, Band.FEW)),
    ("broken and still not done", county.VILLAGE, BROKEN, Live(Band.FEW, Band.FEW)),
    ("paused past its day", county.VILLAGE, LATE | {"paused_at": NOW - owed.DAY, "pause_ends_at": NOW + owed.DAY}, Live(Band.FEW, Band.NONE)),
    ("done", county.VILLAGE, LATE | {"ended_at": NOW, "outcome": "kept_late"}, Live()),
    ("sensitive, below the county", county.TOWNSHIP, LATE | {"is_guarded": True}, Live()),
    ("sensitive, at the county", "health-bureau", LATE | {"is_guarded": True}, Live(Band.FEW, Band.FEW)),
]  # fmt: skip


@pytest.mark.parametrize(("what", "office", "fields", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_what_shows_of_one_duty(what, office, fields, expected):
    owed.duty(office, **fields).save()

    assert live(office) == expected


@pytest.mark.parametrize("office", [county.TOWNSHIP, "health-bureau"])
def test_a_complaint_shows_nowhere(office):
    owed.duty(office, hidden_from=Office.objects.get(key=county.VILLAGE), is_guarded=True, **LATE).save()

    assert live(office) == Live()


def test_a_real_complaint_leaves_no_trace_in_live_figures():
    cases.complaint()

    assert live(county.TOWNSHIP) == live(county.VILLAGE) == Live()


def test_live_figures_of_all_offices_cost_one_query():
    for _ in range(12):
        owed.duty(county.VILLAGE, **LATE).save()
    every = list(Office.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as seen:
        found = published.live(every, now=NOW)

    assert len(seen) == 1
    assert [*found.values()] == [Live(Band.MANY, Band.MANY)]


@pytest.mark.sqlite
def test_a_long_backlog_is_counted_no_further_than_the_last_band():
    """In the steps that the database takes."""
    late = [owed.duty(county.VILLAGE, **LATE) for _ in range(400)]
    Duty.objects.bulk_create(late[:20])
    few = steps(lambda: live(county.VILLAGE)), steps(lambda: published.live_of_promise("village-proof", now=NOW))
    Duty.objects.bulk_create(late[20:])
    many = steps(lambda: live(county.VILLAGE)), steps(lambda: published.live_of_promise("village-proof", now=NOW))

    assert live(county.VILLAGE) == Live(Band.MOST, Band.MOST)
    assert [after <= before * 1.2 for before, after in zip(few, many, strict=True)] == [True, True]


def steps(ask):
    counted = []
    connection.connection.set_progress_handler(lambda: counted.append(1), 10)
    try:
        ask()
    finally:
        connection.connection.set_progress_handler(None, 10)
    return len(counted)


@pytest.mark.parametrize(("count", "band"), [(0, Band.NONE), (1, Band.FEW), (5, Band.SOME), (20, Band.MOST)])
def test_of_a_promise_and_of_the_county_too_only_bands_leave(count, band):
    for _ in range(count):
        owed.duty(county.VILLAGE, **LATE).save()
    owed.duty(county.TOWNSHIP, service="help-with-forms", opened=NOW).save()
    owed.duty(county.TOWNSHIP, hidden_from=Office.objects.get(key=county.VILLAGE), **LATE).save()

    assert published.live_of_promise("village-proof", now=NOW) == Live(band, band)
    assert published.late_in_county(now=NOW) is band


def test_what_is_sensitive_is_counted_at_the_county_alone():
    owed.duty(county.TOWNSHIP, service="special-assistance", is_guarded=True, **LATE).save()
    assert published.live_of_promise("special-assistance", now=NOW) == Live()
    owed.duty("health-bureau", service="special-assistance", is_guarded=True, **LATE).save()
    assert published.live_of_promise("special-assistance", now=NOW) == Live(Band.FEW, Band.FEW)


@pytest.fixture
def year():
    """A year and a quarter of releases, with something to read in one March."""
    owed.settle(county.VILLAGE, "kept", datetime(2025, 3, 10, 2, tzinfo=UTC), count=9)
    owed.settle(
        "health-bureau",
        "kept",
        datetime(2026, 3, 10, 2, tzinfo=UTC),
        count=8,
        service="special-assistance",
        is_guarded=True,
    )
    freeze_due(at=datetime(2026, 4, 10, tzinfo=UTC))


def place(level):
    return Place.objects.filter(level=level).order_by("order").first().pk


def test_releases_of_a_place_are_listed_newest_first_and_no_more_than_asked(year):
    found = published.listed(place=place(Level.COUNTY), most=3)

    assert [each.release.period for each in found] == ["2026-03", "2026-02", "2026-01"]
    assert {each.duty.subject_id for each in found} == {each.release.pk for each in found}


def test_what_is_awaited_is_listed_and_never_read_as_figures(year):
    owe_due(at=datetime(2026, 5, 2, tzinfo=UTC))
    county_place = place(Level.COUNTY)

    assert published.listed(place=county_place, most=1)[0].release.period == "2026-04"
    assert published.release(place=county_place, period="2026-04") is None
    assert published.newest_of(county_place).period == published.newest(most=1)[0].period == "2026-03"
    assert published.total(county=county_place)[0].period == "2026-03"


def test_late_are_those_that_should_be_there_by_now_without_the_many_villages(year):
    owe_due(at=datetime(2027, 1, 2, tzinfo=UTC))
    before, after = datetime(2026, 5, 20, tzinfo=UTC), datetime(2027, 3, 2, tzinfo=UTC)

    assert published.late_releases(now=before, most=50) == []
    late = published.late_releases(now=after, most=50)
    assert late[0].period == "2026-04"
    assert {release.place.level for release in late} == {Level.COUNTY, Level.TOWNSHIP}
    assert len(late) == 9 + 3 * 8, "the months from April on, and three quarters of eight townships"


def test_the_newest_of_the_county_leave_the_many_villages_out(year):
    found = published.newest(most=40)

    assert {release.place.level for release in found} == {Level.COUNTY, Level.TOWNSHIP}
    assert [release.ends for release in found] == sorted((release.ends for release in found), reverse=True)


def test_one_release_is_found_by_its_period_alone(year):
    assert published.release(place=place(Level.VILLAGE), period="2025").period == "2025"
    assert published.release(place=place(Level.VILLAGE), period="2025-03") is None


def test_the_history_of_a_promise_holds_only_months_in_which_something_fell_due(year):
    found = published.history(county=place(Level.COUNTY), key="special-assistance", most=24)

    assert [(release.period, row.kind, row.counts["kept"]) for release, row in found] == [("2026-03", Kind.GUARDED, 8)]


def test_there_is_no_total_before_the_first_release():
    assert published.total(county=place(Level.COUNTY)) is None


def test_drafts_are_nobodys_promise_and_referrals_have_no_clock():
    published_one = published.versions("village-proof")
    PromiseVersion.objects.filter(promise__key="village-proof").update(status="draft", published_at=None)

    assert len(published_one) == 1
    assert published.versions("village-proof") == []
    assert published.versions("birth-registration") == []
    assert published.versions("no-such-promise") == []


def test_an_office_promises_its_own_those_of_its_level_and_what_every_office_does():
    def promised(key):
        found = published.promised_by(Office.objects.get(key=key), on=NOW.date())
        return {version.promise.key for version in found}

    assert "village-proof" in promised(county.VILLAGE)
    assert "village-proof" not in promised(county.TOWNSHIP) | promised("health-bureau")
    assert "special-assistance" in promised("health-bureau")
    assert "special-assistance" not in promised("medical-insurance")
    every = promised(county.VILLAGE) & promised("health-bureau") & promised("city-supervision")
    assert every == {
        "answer-to-escalation",
        "answer-to-objection",
        "help-for-the-office-below",
        "look-into-pressure",
        "missing-list",
        "monthly-figures",
        "notice-down",
        "notice-up",
        "redo-after-not-resolved",
        "reply-to-complaint",
        "reply-to-meeting",
        "step-for-another-office",
        "told-on-paper",
    }
    assert "claim-county-decision" in promised("health-bureau") - promised("finance-bureau")
    assert "fund-passed-on" in promised("finance-bureau") - promised("health-bureau")
    boards = {"board-sheet", "board-sheet-down", "minutes-up"}
    assert boards <= promised(county.VILLAGE)
    assert not boards & (promised(county.TOWNSHIP) | promised("health-bureau")), "what villages do, they alone promise"


def test_a_newer_version_takes_the_older_ones_place():
    old = PromiseVersion.objects.get(promise__key="village-proof")
    new = PromiseVersion(
        promise=old.promise,
        begins=NOW.date(),
        title=old.title,
        summary=old.summary,
        who=old.who,
        result=old.result,
        deadline="working_days(1)",
        published_at=NOW,
        status="published",
    )
    new.save()
    found = published.promised_by(Office.objects.get(key=county.VILLAGE), on=NOW.date())

    assert [version.deadline for version in found if version.promise_id == old.promise_id] == ["working_days(1)"]
    assert [version.pk for version in published.versions("village-proof")] == [new.pk, old.pk]


COUNTS = {"kept": 5, "kept_late": None, "broken": 0, "discharged": 0, "resolved": 6, "not": 0, "none": 7}


def test_what_is_written_into_a_release_is_read_back():
    rows = (
        Row(Kind.PROMISE, "village-proof", cases.office(county.VILLAGE).name, COUNTS),
        Row(Kind.TOTAL, "", None, COUNTS),
    )
    kept = written(rows, 5)

    assert kept["withheld"] == 2
    assert kept["threshold"] == 5
    assert rows_of(Release(figures=kept)) == rows


@pytest.mark.parametrize(("none", "done"), [(7, 13), (None, None)])
def test_the_office_said_done_as_often_as_all_answers_together_where_all_are_shown(none, done):
    assert Row(Kind.TOTAL, "", None, COUNTS | {"none": none}).done == done
    assert set(VOICES) <= set(COUNTS)


def test_a_row_is_empty_only_where_nothing_is_left_out():
    assert Row(Kind.TOTAL, "", None, dict.fromkeys(COUNTS, 0)).is_empty
    assert not Row(Kind.TOTAL, "", None, dict.fromkeys(COUNTS, 0) | {"kept": None}).is_empty


def test_what_is_past_due_is_read_at_the_instant_asked():
    owed.duty(county.VILLAGE, **IN_TIME).save()
    office = Office.objects.get(key=county.VILLAGE)

    assert published.live([office.pk], now=NOW + timedelta(days=4))[office.pk] == Live(Band.FEW, Band.NONE)
    assert published.live([office.pk], now=NOW + timedelta(days=5))[office.pk] == Live(Band.FEW, Band.FEW)
