"""Reads for desks and cases: behind the gate, in their order, and without what is hidden from an office."""

from datetime import timedelta

import pytest

from chengnuo.foundation.actor import system, visitor
from chengnuo.foundation.memo import forget
from chengnuo.foundation.refused import NotHere
from chengnuo.promises import queries
from chengnuo.promises.models import PromiseKind, PromiseVersion
from tests.factories import cases, county, owed

pytestmark = pytest.mark.django_db
AT = county.MONDAY
DAY = owed.DAY
OFFICES = {
    "own": county.VILLAGE,
    "neighbour": "village-420526101202",
    "township": county.TOWNSHIP,
    "elsewhere": cases.ELSEWHERE,
    "bureau": "health-bureau",
    "other bureau": "education-bureau",
}
SEES = {
    f"{county.VILLAGE}.desk": {"own"},
    f"{county.TOWNSHIP}.head": {"own", "neighbour", "township"},
    "health-bureau.head": {"own", "neighbour", "township", "elsewhere", "bureau"},
    "education-bureau.desk": {"other bureau"},
}


@pytest.mark.parametrize("post", SEES)
def test_each_level_lists_its_own_and_what_is_below(post):
    made = {}
    for name, key in OFFICES.items():
        made[name] = owed.duty(key, opened=AT)
        made[name].save()
    viewer = county.officer(post)
    rows = queries.owed(viewer, action="duty.list", mine=False, late=False, cursor="", now=AT).rows

    seen = {line.pk for line in rows}
    assert {name for name, duty in made.items() if duty.pk in seen} == SEES[post]


@pytest.mark.parametrize("viewer", [visitor(), system()], ids=["a visitor", "the system"])
def test_nobody_without_a_post_lists_anything(viewer):
    duty = owed.duty(county.VILLAGE)
    duty.save()

    assert not queries.owed(viewer, action="duty.list", mine=False, late=False, cursor="", now=AT).rows
    assert queries.asked_of(viewer, duty.subject_id) == ([duty], [], [])


def test_a_complaint_is_listed_by_the_office_above_and_never_by_the_one_complained_about():
    case = cases.complaint(about=county.TOWNSHIP)
    listed = {
        post: [
            duty.subject_id
            for duty in queries.owed(
                county.officer(post), action="duty.list", mine=False, late=False, cursor="", now=AT
            ).rows
        ]
        for post in ("health-bureau.head", f"{county.TOWNSHIP}.head", f"{county.TOWNSHIP}.desk")
    }

    assert listed == {
        "health-bureau.head": [case.pk],
        f"{county.TOWNSHIP}.head": [],
        f"{county.TOWNSHIP}.desk": [],
    }


def test_the_most_urgent_come_first_and_only_late_ones_when_asked():
    late, soon, later = (owed.duty(county.VILLAGE, opened=AT + days * DAY) for days in (-6, -2, 0))
    for duty in (later, late, soon):
        duty.save()
    viewer = county.officer(f"{county.VILLAGE}.head")
    found = queries.owed(viewer, action="duty.list", mine=False, late=False, cursor="", now=AT)
    only = queries.owed(viewer, action="duty.list", mine=True, late=True, cursor="", now=AT)

    assert [line.pk for line in found.rows] == [late.pk, soon.pk, later.pk]
    assert [line.pk for line in only.rows] == [late.pk]
    assert [line.pk for line in queries.due(viewer, mine=True, by=AT + 4 * DAY, most=10)] == [late.pk, soon.pk]
    assert [line.pk for line in queries.due(viewer, mine=True, by=None, most=1)] == [late.pk]


def test_what_is_to_go_up_is_taken_the_longest_late_first():
    first, second, never = (owed.duty(county.VILLAGE, next_at=at) for at in (AT - DAY, AT, None))
    for duty in (second, never, first):
        duty.save()

    assert queries.to_escalate(AT, limit=10) == [first, second]
    assert queries.to_escalate(AT, limit=1) == [first]
    assert queries.to_escalate(AT - 2 * DAY, limit=10) == []


def test_one_duty_opens_only_for_whom_the_gate_lets():
    duty = owed.duty(county.VILLAGE)
    duty.save()

    assert queries.live(county.officer(f"{county.VILLAGE}.head"), "duty.answer", duty.pk) == duty
    for post in (f"{county.VILLAGE}.desk", f"{county.TOWNSHIP}.head"):
        with pytest.raises(NotHere):
            queries.live(county.officer(post), "duty.answer", duty.pk)
    with pytest.raises(NotHere):
        queries.live(county.officer(f"{county.VILLAGE}.head"), "duty.answer", owed.uuid4())


def test_a_post_is_free_when_nothing_lies_in_its_hands():
    duty = owed.duty(county.VILLAGE)
    assert not queries.owes(duty.holder_id)
    duty.save()
    assert queries.owes(duty.holder_id)


def newer(begins, *, status="published", ends=None):
    old = PromiseVersion.objects.filter(promise__key="village-proof").earliest("begins")
    values = {name: getattr(old, name) for name in ("promise", "title", "summary", "who", "result", "deadline")}
    published_at = AT if status == "published" else None
    return PromiseVersion.objects.create(**values, begins=begins, ends=ends, status=status, published_at=published_at)


def test_the_version_that_stands_on_a_day_is_the_newest_begun():
    today = AT.date()
    old = queries.current.__wrapped__("village-proof", on=today)
    new = newer(today + DAY)
    newer(today + 2 * DAY, status="draft")

    assert queries.current.__wrapped__("village-proof", on=today) == old
    assert queries.current.__wrapped__("village-proof", on=today + 3 * DAY) == new
    assert queries.published(old.pk, on=today) == old
    assert queries.published(old.pk, on=today + DAY) is None, "what a newer one replaced is asked for no more"
    assert new in queries.catalogue(on=today + DAY)


def test_an_ended_version_leaves_nothing_to_ask_for():
    today = AT.date()
    PromiseVersion.objects.filter(promise__key="village-proof").update(ends=today + timedelta(days=1))

    assert queries.in_force(today).filter(promise__key="village-proof").exists()
    assert not queries.in_force(today + timedelta(days=1)).filter(promise__key="village-proof").exists()
    with pytest.raises(queries.NotPromised):
        queries.current.__wrapped__("no-such-promise", on=today)


def test_a_list_is_narrowed_by_every_service_that_may_be_asked_for_and_asks_for_them_once(django_assert_num_queries):
    forget()
    with django_assert_num_queries(1):
        found = queries.services(on=AT.date())
    with django_assert_num_queries(0):
        assert queries.services(on=AT.date()) is found
    offered = queries.catalogue(on=AT.date(), kinds=[PromiseKind.SERVICE])
    assert sorted(found, key=str) == sorted(((each.promise.key, each.title) for each in offered), key=str)
    assert found
