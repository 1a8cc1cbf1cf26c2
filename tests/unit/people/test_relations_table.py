"""The table of who stands how to which row: every officer's post against a case of every level, in one look."""

from __future__ import annotations

import pytest

from chengnuo.cases.models import Case
from chengnuo.people.models import Post
from chengnuo.people.relations import HEAD, HOLDERS, SEERS
from tests.factories import cases, county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NEIGHBOUR = "village-420526101202"
ALL = {"village", "neighbour", "township", "elsewhere", "bureau", "other bureau"}
BELOW = {"village", "neighbour", "township"}
OURS = ALL - {"other bureau"}
# which rows each post sees, holds, and is the head of
TABLE = [
    (cases.DESK, {"village"}, {"village"}, set()),
    (cases.HEAD, {"village"}, set(), {"village"}),
    (f"{NEIGHBOUR}.desk", {"neighbour"}, {"neighbour"}, set()),
    (cases.TOWNSHIP_DESK, BELOW, {"township"}, set()),
    (cases.TOWNSHIP_HEAD, BELOW, set(), {"township"}),
    (f"{cases.ELSEWHERE}.head", {"elsewhere"}, set(), {"elsewhere"}),
    (cases.BUREAU_DESK, OURS, {"bureau"}, set()),
    (cases.BUREAU_HEAD, OURS, set(), {"bureau"}),
    ("civil-affairs.desk", {"other bureau"}, {"other bureau"}, set()),
    ("civil-affairs.head", {"other bureau"}, set(), {"other bureau"}),
]


@pytest.fixture
def rows():
    return {
        "village": cases.ask(),
        "neighbour": cases.ask(village="420526101202"),
        "township": cases.ask("old-age-allowance"),
        "elsewhere": cases.ask(village="420526102201"),
        "bureau": cases.ask("special-assistance"),
        "other bureau": cases.ask("children-without-carers"),
    }


def test_who_sees_holds_and_heads_what(rows):
    names = {case.pk: name for name, case in rows.items()}
    told = []
    for key, *_ in TABLE:
        actor = county.officer(key)
        (hat,) = actor.hats
        relations = (SEERS[hat.role], HOLDERS[hat.role], HEAD)
        found = (Case.objects.filter(relation.q(actor, hat)).values_list("pk", flat=True) for relation in relations)
        told.append((key, *({names[pk] for pk in pks} for pks in found)))
    assert told == TABLE


def test_a_post_that_is_no_head_any_more_heads_nothing(rows):
    actor = county.officer(cases.HEAD)
    assert Case.objects.filter(HEAD.q(actor, actor.hats[0])).get() == rows["village"]
    Post.objects.filter(key=cases.HEAD).update(is_head=False)
    assert not Case.objects.filter(HEAD.q(actor, actor.hats[0])).exists()
