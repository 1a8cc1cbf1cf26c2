"""How a duty stands: the filter in the database says the same of every duty as the pure function, and of one word only."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengnuo.core.deadlines import Reading, reading
from chengnuo.promises.models import Duty, Outcome
from chengnuo.promises.operations.duties import OUTCOMES
from chengnuo.promises.readings import past_due, where
from tests.factories import owed
from tests.factories.county import VILLAGE

pytestmark = pytest.mark.django_db
BEGINS = datetime(2026, 3, 2, 2, tzinfo=UTC)
# close together, so that instants meet exactly
INSTANTS = st.integers(0, 12).map(lambda hours: BEGINS + timedelta(hours=hours))


@st.composite
def instants(draw):
    """Any instants that the table's constraints let a duty have."""
    due, broken = sorted((draw(INSTANTS), draw(INSTANTS)))
    found = {"due_at": due, "broken_at": broken}
    end = draw(st.sampled_from(["", "ended_at", "discharged_at"]))
    if end:
        found[end] = draw(INSTANTS)
    if draw(st.booleans()):
        found["paused_at"], found["pause_ends_at"] = sorted((draw(INSTANTS), draw(INSTANTS)))
    return found


def saved(duties):
    """Each with the outcome that is written when it ends."""
    for duty in duties:
        if duty.ended_at or duty.discharged_at:
            duty.outcome = OUTCOMES[reading(duty, BEGINS)]
    Duty.objects.all().delete()
    return Duty.objects.bulk_create(duties)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(instants(), min_size=1, max_size=25), INSTANTS)
def test_the_filter_and_the_function_agree_and_the_eight_words_share_out_all_duties(db, found, now):
    pattern = owed.duty(VILLAGE)
    duties = saved([Duty(**{**owed.values(pattern), "id": uuid4(), "subject_id": uuid4(), **each}) for each in found])
    by_filter = {word: set(Duty.objects.filter(where(word, now)).values_list("pk", flat=True)) for word in Reading}
    by_function = {word: {duty.pk for duty in duties if reading(duty, now) is word} for word in Reading}

    assert by_filter == by_function
    assert sum(map(len, by_filter.values())) == len(duties)


CASES = [
    # what, instants in hours, the reading at hour 6
    ("open and in time", {"due_at": 8, "broken_at": 9}, Reading.ON_TIME),
    ("the due instant itself is in time", {"due_at": 6, "broken_at": 9}, Reading.ON_TIME),
    ("past due", {"due_at": 5, "broken_at": 9}, Reading.LATE),
    ("the broken instant itself is late", {"due_at": 5, "broken_at": 6}, Reading.LATE),
    ("past that", {"due_at": 4, "broken_at": 5}, Reading.BROKEN),
    ("paused over its due", {"due_at": 5, "broken_at": 9, "paused_at": 4, "pause_ends_at": 8}, Reading.PAUSED),
    ("a pause over is none", {"due_at": 5, "broken_at": 9, "paused_at": 3, "pause_ends_at": 6}, Reading.LATE),
    ("broken although paused", {"due_at": 4, "broken_at": 5, "paused_at": 3, "pause_ends_at": 8}, Reading.BROKEN),
    ("done in time", {"due_at": 5, "broken_at": 9, "ended_at": 5}, Reading.KEPT),
    ("done late", {"due_at": 4, "broken_at": 5, "ended_at": 5}, Reading.KEPT_LATE),
    ("done after all", {"due_at": 3, "broken_at": 4, "ended_at": 5}, Reading.ENDED_BROKEN),
    ("no longer wanted", {"due_at": 3, "broken_at": 5, "discharged_at": 5}, Reading.DISCHARGED),
    ("broken is for ever", {"due_at": 3, "broken_at": 4, "discharged_at": 5}, Reading.ENDED_BROKEN),
]  # fmt: skip


@pytest.mark.parametrize(("what", "hours", "expected"), CASES, ids=[case[0] for case in CASES])
def test_one_of_each(what, hours, expected):
    at = {name: BEGINS + timedelta(hours=hour) for name, hour in hours.items()}
    (duty,) = saved([owed.duty(VILLAGE, **at)])
    now = BEGINS + timedelta(hours=6)

    assert reading(duty, now) is expected
    assert [word for word in Reading if Duty.objects.filter(where(word, now)).exists()] == [expected]
    assert Duty.objects.filter(past_due(now)).exists() == (expected in {Reading.LATE, Reading.BROKEN})


def test_the_outcome_written_when_it_ends_is_what_it_reads():
    assert set(OUTCOMES.values()) == set(Outcome)
