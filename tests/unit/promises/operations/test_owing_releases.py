"""Figures are owed from the instant at which their period is over: what does not come is late, goes up, and is broken for ever."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from chengnuo.core.deadlines import Reading, last_day, reading
from chengnuo.core.instants import local_date
from chengnuo.core.periods import read
from chengnuo.foundation import memo, outbox
from chengnuo.foundation.models.log import LogEntry
from chengnuo.people.models import Level, Office
from chengnuo.people.operations.calendar import announce_days
from chengnuo.promises.models import Duty, Escalation, Release
from chengnuo.promises.operations.escalation import escalate_due
from chengnuo.promises.operations.releases import SETTLE, freeze_due, owe_due
from tests.factories import cases, county, owed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
APRIL = datetime(2026, 3, 31, 16, tzinfo=UTC)  # the first instant of April in the county
MARCH = datetime(2026, 3, 10, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _the_calendar_is_asked_anew():
    yield
    memo.forget()


@pytest.fixture(autouse=True)
def something_to_count():
    owed.settle(county.VILLAGE, "kept", MARCH, count=12)


def duty_of(period, level=Level.COUNTY):
    release = Release.objects.filter(period=period, place__level=level).order_by("place__order").first()
    return Duty.objects.select_related("office", "holder").get(kind="release", subject_id=release.pk)


def instants():
    """What is owed, by place and period: when it began, is due and is broken."""
    duties = {duty.subject_id: duty for duty in Duty.objects.filter(kind="release")}
    return {
        (each.place_id, each.period): (duties[each.pk].opened_at, duties[each.pk].due_at, duties[each.pk].broken_at)
        for each in Release.objects.all()
    }


def told(at):
    while escalate_due(at=at):
        pass


def test_it_is_owed_from_the_periods_end_and_not_a_moment_sooner():
    assert owe_due(at=APRIL - timedelta(microseconds=1)) == 0
    assert owe_due(at=APRIL) == 1 + 8
    assert owe_due(at=APRIL) == 0
    assert {each.status for each in Release.objects.all()} == {"owed"}


def test_each_place_owes_its_own():
    owe_due(at=read("2026").over_at)
    township, village = duty_of("2026-Q1", Level.TOWNSHIP), duty_of("2026", Level.VILLAGE)

    assert duty_of("2026-03").office.key == "health-bureau"
    assert township.office == Office.objects.get(level=Level.TOWNSHIP, place=township.township_id)
    assert (village.office.level, village.village_id, village.holder.is_head) == (
        "village",
        village.office.place_id,
        True,
    )


def test_a_worker_that_slept_two_months_finds_it_dated_as_if_it_had_been_awake():
    owe_due(at=APRIL + 61 * DAY)
    duty = duty_of("2026-03")

    assert (duty.opened_at, duty.opened_on) == (APRIL, date(2026, 4, 1))
    assert reading(duty, APRIL + 20 * DAY) is Reading.ON_TIME
    assert reading(duty, duty.due_at + DAY) is Reading.LATE
    assert reading(duty, APRIL + 61 * DAY) is Reading.BROKEN
    entries = LogEntry.objects.filter(schema="release.owe/1", ref_id=str(duty.subject_id))
    assert entries.get().written_at == APRIL


def test_what_does_not_come_goes_up_and_stays_broken_when_it_comes_after_all():
    at = APRIL + 61 * DAY
    owe_due(at=at)
    told(at)
    duty = duty_of("2026-03")
    levels = list(Escalation.objects.filter(duty=duty).order_by("level").values_list("level", "due_at", "office__key"))
    assert levels == [(1, duty.due_at, "health-bureau"), (2, duty.broken_at, "city-supervision")]

    assert freeze_due(at=at) > 8
    assert duty_of("2026-03").outcome == "broken"
    assert set(Duty.objects.filter(parent=duty).values_list("outcome", flat=True)) <= {"discharged", "broken"}
    assert not Duty.objects.filter(subject_id=duty.subject_id, outcome="").exists()
    told(at + 90 * DAY)
    assert Escalation.objects.filter(duty=duty).count() == 2


@pytest.mark.parametrize("days", [29, 31])
def test_to_release_ends_it_kept_or_kept_late(days):
    freeze_due(at=APRIL + days * DAY)

    assert duty_of("2026-03").outcome == ("kept" if days < 30 else "kept_late")


PERIODS = [
    # the period, and the last day on which it is due; a rule that names a day does not move for a holiday
    ("2026-09", date(2026, 10, 31), "it ends before the holidays of October, and is due on a Saturday"),
    ("2026-05", date(2026, 6, 30), "it ends on a Sunday"),
    ("2026-02", date(2026, 3, 31), "it ends on a Saturday that is worked"),
]


@pytest.mark.parametrize(("period", "due", "why"), PERIODS, ids=[row[0] for row in PERIODS])
def test_a_period_that_ends_on_a_free_day_is_owed_all_the_same(period, due, why):
    owed.settle(county.VILLAGE, "kept", datetime(2026, 2, 10, 2, tzinfo=UTC))
    owe_due(at=read(period).over_at)
    duty = duty_of(period)

    assert duty.opened_at == read(period).over_at
    assert last_day(duty.due_at) == due, why
    assert not duty.is_provisional


def test_a_year_is_due_in_a_january_that_nobody_has_announced():
    owe_due(at=read("2026").over_at)
    duty = duty_of("2026", Level.VILLAGE)

    assert last_day(duty.due_at) == date(2027, 1, 31)
    assert duty.is_provisional


@pytest.mark.parametrize("seed", range(4))
def test_whenever_and_however_often_the_worker_wakes_the_same_is_owed(seed):
    """The property: the instants are a function of the calendar, never of the worker."""
    chance, end = Random(seed), APRIL + 100 * DAY
    wakes = sorted(APRIL + timedelta(hours=chance.randrange(100 * 24)) for _ in range(chance.randrange(6)))
    for at in wakes:
        owe_due(at=at)
        if chance.random() < 0.5:
            freeze_due(at=at)
    freeze_due(at=end)
    found = instants()

    assert {period for _, period in found} == {"2026-03", "2026-Q1", "2026-04", "2026-05", "2026-06", "2026-Q2"}
    for (_, period), (opened_at, due_at, broken_at) in found.items():
        after = read(period).after.begins
        assert opened_at == read(period).over_at
        assert local_date(due_at - DAY).month == after.month
        assert due_at < broken_at
    assert owe_due(at=end) == freeze_due(at=end) == 0


def test_what_is_late_is_not_counted_among_what_families_were_owed():
    freeze_due(at=APRIL + 61 * DAY)
    rows = Release.objects.get(period="2026-04", place__level=Level.COUNTY).figures["rows"]

    assert not [row for row in rows if row["key"] == "monthly-figures"]
    assert [row["kept"] for row in rows if row["kind"] == "total"] == [0]


def test_it_can_be_taken_up_by_another_worker_between_the_two():
    owe_due(at=APRIL)
    assert freeze_due(at=APRIL + SETTLE) == 1 + 8
    assert freeze_due(at=APRIL + SETTLE) == 0
    assert {each.status for each in Release.objects.all()} == {"published"}


def test_a_notice_makes_a_january_firm():
    admin = county.officer("health-bureau.account-admin")
    at = read("2026").over_at
    owe_due(at=at)
    holidays = [date(2027, 1, 1), date(2027, 1, 2)]
    announce_days(free=holidays, worked=[], year=2027, source="国办", by=admin, at=county.MONDAY, key=cases.uuid4())
    outbox.drain(at, "test")

    assert not duty_of("2026", Level.VILLAGE).is_provisional
