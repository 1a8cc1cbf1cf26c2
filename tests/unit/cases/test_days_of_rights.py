"""The days of a family's rights, for any day on which something may end: counted in the county's own calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.cases import rights
from chengnuo.cases.models import Case
from chengnuo.people.models import Office
from tests.factories import cases, county

SECOND = timedelta(seconds=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
INSTANTS = st.integers(0, 14 * 365 * 86_400).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + n * SECOND)
LEVELS = st.sampled_from(["village", "township", "county", "city"])


def refused(at, level):
    return Case(status="refused", finished_at=at, office=Office(level=level))


def day(at):
    return at.astimezone(SHANGHAI).date()


@given(INSTANTS, LEVELS)
def test_court_is_open_six_months_and_review_sixty_days_and_never_against_a_committee(at, level):
    found = rights.remedies(refused(at, level))
    if level == "village":
        assert (found.review_by, found.suit_by) == (None, None)
    else:
        assert found.review_by == day(at) + timedelta(days=60)
        assert (found.suit_by.year * 12 + found.suit_by.month) - (day(at).year * 12 + day(at).month) == 6
        assert found.suit_by.day <= day(at).day, "where the month is shorter, its last day"


@given(INSTANTS, st.sampled_from(["received", "waiting", "paused", "done", "closed", "withdrawn"]))
def test_only_a_refusal_opens_a_way_to_object(at, status):
    assert rights.remedies(Case(status=status, finished_at=at, office=Office(level="county"))) is None


@given(INSTANTS, st.sampled_from(["closed", "withdrawn", "refused"]))
def test_two_years_after_its_end_it_is_emptied(at, status):
    ended = {"finished_at" if status == "refused" else "closed_at": at}
    found = rights.forgotten_on(Case(status=status, **ended))
    assert (found.year - day(at).year, found.month) == (2, day(at).month)
    assert found.day == day(at).day or (day(at).month, day(at).day, found.day) == (2, 29, 28)


@given(INSTANTS, st.sampled_from(["received", "waiting", "paused", "done"]))
def test_what_has_not_ended_has_no_such_day_also_after_it_was_called_done(at, status):
    assert rights.forgotten_on(Case(status=status, finished_at=at)) is None


@given(INSTANTS, st.sampled_from([*rights.UNDER_WAY.of, "done"]))
def test_while_it_is_not_ended_it_is_kept_without_a_day(now, status):
    kept = rights.kept_for(Case(status=status), now=now)
    assert type(kept) is (rights.NoWordYet if status == "done" else rights.StillKept)
    assert kept.until is None
    assert kept.remedy, "whoever is refused is told what to do"


@given(received=INSTANTS, wait=st.integers(-5, 5), status=st.sampled_from([*rights.UNDER_WAY.of, "done", "closed"]))
def test_completeness_by_silence_is_a_right_of_those_still_waiting(received, wait, status):
    case = Case(status=status, sort="request", received_at=received, complete_by=received + timedelta(days=5))
    found = rights.complete_since(case, now=case.complete_by + wait * SECOND)
    assert found == (day(received) if wait > 0 and status in rights.UNDER_WAY.of else None)


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "kept"), [(-1, True), (0, False)])
def test_the_last_day_for_a_suit_ends_at_the_county_s_midnight(seconds, kept):
    case = cases.refuse(cases.ask("dibao"), at=county.MONDAY, post=cases.TOWNSHIP_DESK)
    midnight = datetime.combine(date(2026, 9, 3), time(), SHANGHAI)
    found = rights.kept_for(case, now=midnight + seconds * SECOND)
    assert isinstance(found, rights.RefusedYet) if kept else found is None


@pytest.mark.django_db
def test_a_complaint_keeps_a_case_until_it_is_answered():
    case = cases.withdraw(cases.ask(), at=county.MONDAY)
    assert rights.kept_for(case, now=county.MONDAY) is None
    complaint = cases.complaint(case=case.pk, name="王桂兰")
    assert type(rights.kept_for(case, now=county.MONDAY)) is rights.NeededYet
    cases.withdraw(complaint, at=county.MONDAY)
    assert rights.kept_for(case, now=county.MONDAY) is None
