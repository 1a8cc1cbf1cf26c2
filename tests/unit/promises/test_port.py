"""The duties that follow a move: for a whole set in as many statements as for one, and each as its own table says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengnuo.cases.lifecycle import RECEIVED, REDO, SERVE
from chengnuo.cases.models import Case
from chengnuo.core.lifecycle import Move, staying
from chengnuo.foundation.actor import system
from chengnuo.promises.models import Duty, Pause
from chengnuo.promises.port import DutyPort
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
NOW = county.MONDAY + timedelta(hours=1)
HERE = staying(RECEIVED)

EFFECTS = {
    "ends": (Move("t", HERE, ends=(SERVE, REDO)), lambda duty: duty.outcome == "kept"),
    "discharges": (Move("t", HERE, discharges=(SERVE, REDO)), lambda duty: duty.outcome == "discharged"),
    "breaks": (Move("t", HERE, breaks=(SERVE, REDO)), lambda duty: duty.outcome == "broken"),
    "pauses": (Move("t", HERE, pauses=(SERVE, REDO)), lambda duty: duty.paused_at == NOW),
    "resumes": (Move("t", HERE, resumes=(SERVE, REDO)), lambda duty: duty.paused_at is None),
    "opens": (Move("t", HERE, opens=(REDO,)), lambda duty: duty.outcome == ""),
}


def moved(move, nouns):
    DutyPort().moved(move=move, nouns=nouns, by=system(), at=NOW)


def fill(count, effect):
    made = [cases.ask() for _ in range(count)]
    if effect == "resumes":
        made = [cases.ask_once(case, at=county.MONDAY) for case in made]
    return list(Case.objects.select_related("promise").filter(pk__in=[case.pk for case in made]))


@pytest.mark.parametrize("effect", EFFECTS)
def test_a_set_costs_as_many_statements_as_one(effect):
    move, happened = EFFECTS[effect]
    moved(move, fill(1, effect))  # what is remembered for a minute is remembered now
    counted = []
    for count in (1, 8):
        nouns = fill(count, effect)
        with CaptureQueriesContext(connection) as seen:
            moved(move, nouns)
        counted.append(len(seen))
        kind = REDO if effect == "opens" else SERVE
        found = Duty.objects.filter(subject_id__in=[noun.pk for noun in nouns], kind=kind)
        assert found.count() == count
        assert all(map(happened, found))
    assert counted[0] == counted[1]


def test_a_move_that_owes_nothing_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        moved(Move("t", HERE), [Case()])


def test_each_of_a_set_is_paused_for_its_own_reason():
    nouns = fill(2, "pauses")
    nouns[0].pause_reason = "expert"
    moved(EFFECTS["pauses"][0], nouns)
    reasons = {pause.duty.subject_id: pause for pause in Pause.objects.select_related("duty")}
    assert [reasons[noun.pk].reason for noun in nouns] == ["expert", "family"]
    ends = {noun.pk: cases.duty_of(noun).pause_ends_at for noun in nouns}
    assert all(ends[pk] == pause.ends_at_latest for pk, pause in reasons.items())


def test_a_set_leaves_the_others_alone():
    mine, other = fill(1, "ends"), cases.ask()
    moved(EFFECTS["ends"][0], mine)
    assert cases.duty_of(other).outcome == ""
