"""What became of duties: each counted once, in the month in which it was settled, and never differently later."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengnuo.cases.operations.answer import lapse
from chengnuo.core.periods import read
from chengnuo.foundation.actor import system
from chengnuo.promises.internal.tallies import tallies
from chengnuo.promises.models import Duty, Outcome, Promise
from tests.factories import cases, county, owed

pytestmark = pytest.mark.django_db
MARCH = read("2026-03")
YEAR = read("2026")
MIDNIGHT = datetime(2026, 3, 31, 16, tzinfo=UTC)  # the end of March in the county
INSTANT = timedelta.resolution


def counted(over=MARCH, begins=YEAR):
    found = Counter()
    for tally in tallies(begins.begins_at, over.over_at):
        found[tally.column, tally.month, tally.is_guarded] += tally.count
    return dict(found)


CASES = [
    # an outcome settled at an instant, and where it is counted by the end of March
    ("kept", MIDNIGHT - INSTANT, {("kept", 3, False): 1}),
    ("kept", MIDNIGHT, {}),
    ("kept_late", MIDNIGHT - 40 * owed.DAY, {("kept_late", 2, False): 1}),
    ("broken", MIDNIGHT - owed.DAY, {("broken", 3, False): 1}),
    ("broken", MIDNIGHT, {}),
    ("discharged", MIDNIGHT - 31 * owed.DAY - INSTANT, {("discharged", 2, False): 1}),
    ("kept", YEAR.begins_at, {("kept", 1, False): 1}),
    ("kept", YEAR.begins_at - INSTANT, {}),
]


@pytest.mark.parametrize(("outcome", "at", "expected"), CASES)
def test_each_outcome_is_counted_on_the_day_on_which_it_was_settled(outcome, at, expected):
    owed.settle(county.VILLAGE, outcome, at)

    assert counted() == expected


def test_what_is_still_open_is_not_counted():
    owed.duty(county.VILLAGE, opened=MIDNIGHT - owed.DAY).save()

    assert counted() == {}


@pytest.mark.parametrize("ends", ["ended_at", "discharged_at"])
def test_a_broken_promise_stays_where_it_was_broken_when_it_is_done_afterwards(ends):
    (duty,) = owed.settle(county.VILLAGE, "broken", MIDNIGHT - owed.DAY)
    before = counted()
    Duty.objects.filter(pk=duty.pk).update(outcome=Outcome.BROKEN, **{ends: MIDNIGHT + owed.DAY})

    assert counted() == before == {("broken", 3, False): 1}
    assert counted(over=read("2026-04")) == before


def test_a_worker_that_slept_counts_the_same():
    for number, outcome in enumerate(("kept", "kept_late", "broken", "discharged")):
        owed.settle(county.VILLAGE, outcome, MIDNIGHT - owed.DAY, count=number + 1)
    before = counted()
    owed.settle(county.VILLAGE, "kept", MIDNIGHT + owed.DAY, count=5)

    assert counted() == before
    assert sum(before.values()) == 10


def test_what_residents_said_is_counted_as_often_as_it_was_said():
    at = county.MONDAY
    first, second, third = cases.ask(), cases.ask(), cases.ask()
    for case in (first, second, third):
        cases.finish(case, at=at + owed.DAY)
    cases.say_not(first, at=at + 2 * owed.DAY)
    cases.finish(first, at=at + 3 * owed.DAY)
    cases.say_resolved(first, at=at + 4 * owed.DAY)
    cases.say_resolved(second, at=at + 2 * owed.DAY)
    lapse(cases=[third.pk], by=system(), at=at + 28 * owed.DAY, key=owed.uuid4())
    voices = {key: count for key, count in counted().items() if key[0] in {"resolved", "not", "none"}}

    assert voices == {("resolved", 3, False): 2, ("not", 3, False): 1, ("none", 3, False): 1}


def test_voices_belong_to_the_service_that_was_asked_for_and_its_office():
    case = cases.ask("village-proof")
    cases.finish(case, at=county.MONDAY + owed.DAY)
    cases.say_resolved(case, at=county.MONDAY + 2 * owed.DAY)
    (voice,) = (tally for tally in tallies(YEAR.begins_at, MARCH.over_at) if tally.column == "resolved")

    assert voice.promise == Promise.objects.get(key="village-proof").pk
    assert voice.office == case.office_id


def test_complaints_are_counted_apart():
    case = cases.complaint()
    cases.finish(case, at=county.MONDAY + owed.DAY, post=f"{county.TOWNSHIP}.desk")

    assert counted() == {("kept", 3, True): 1}


def test_it_takes_five_queries_however_many_there_are():
    for outcome in ("kept", "kept_late", "broken", "discharged"):
        owed.settle(county.VILLAGE, outcome, MIDNIGHT - owed.DAY, count=20)
        owed.settle(county.TOWNSHIP, outcome, MIDNIGHT - 40 * owed.DAY, count=20, service="help-with-forms")
    with CaptureQueriesContext(connection) as seen:
        assert sum(counted().values()) == 160
    assert len(seen) == 5
