"""What those who write promises read: their own office's, and those of every village and township only where they stand above."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.foundation.actor import Actor, system, visitor
from chengnuo.foundation.refused import NotHere
from chengnuo.people.models import Level, Office
from chengnuo.promises import writing
from chengnuo.promises.models import PromiseVersion
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
TODAY = county.MONDAY.date()
OTHER = "civil-affairs"
# whose promise each is: the health bureau's own, another's, every village's, every township's
OWN, OTHERS, VILLAGES, TOWNSHIPS = "special-assistance", "children-without-carers", "village-proof", "dibao"
SEES = [
    (cases.BUREAU_DESK, {OWN, VILLAGES, TOWNSHIPS}),
    (cases.BUREAU_HEAD, {OWN, VILLAGES, TOWNSHIPS}),
    (f"{OTHER}.desk", {OTHERS}),
    (f"{OTHER}.head", {OTHERS}),
    (cases.TOWNSHIP_HEAD, set()),
    (cases.DESK, set()),
    ("health-bureau.auditor", set()),
    ("health-bureau.account-admin", set()),
]


def versions(**where):
    return PromiseVersion.objects.filter(promise__key__in=[OWN, OTHERS, VILLAGES, TOWNSHIPS], **where)


def only(found):
    """Of what was found, which of the four."""
    return {version.promise.key for version in found} & {OWN, OTHERS, VILLAGES, TOWNSHIPS}


@pytest.mark.parametrize(("post", "seen"), SEES)
def test_each_reads_what_their_office_answers_for(post, seen):
    viewer = county.officer(post)
    assert only(writing.standing(viewer, on=TODAY)) == seen
    for version in versions():
        if version.promise.key in seen:
            assert writing.version(viewer, version.pk) == version
        else:
            with pytest.raises(NotHere):
                writing.version(viewer, version.pk)


@pytest.mark.parametrize("viewer", [visitor(), system(), Actor(name="", hats=())], ids=["visitor", "system", "nobody"])
def test_nobody_without_a_post_writes(viewer):
    assert writing.standing(viewer, on=TODAY) == writing.being_written(viewer) == []
    assert writing.founded_by(viewer) == ()
    assert writing.office_of(viewer) is None


def test_a_version_that_may_be_seen_may_not_always_be_checked():
    viewer, head = county.officer(cases.BUREAU_DESK), county.officer(cases.BUREAU_HEAD)
    found = versions(promise__key=OWN).get()
    assert writing.version(head, found.pk, action="promise.check") == found
    with pytest.raises(NotHere):
        writing.version(viewer, found.pk, action="promise.check")
    PromiseVersion.objects.filter(pk=found.pk).update(changed_by=head.account)
    with pytest.raises(NotHere):
        writing.version(head, found.pk, action="promise.check")
    with pytest.raises(NotHere):
        writing.version(head, uuid4())


@pytest.mark.parametrize(
    ("post", "levels"),
    [
        (cases.BUREAU_DESK, (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)),
        (f"{OTHER}.desk", (Level.COUNTY,)),
        (cases.TOWNSHIP_HEAD, ()),
        (cases.CITY_HEAD, ()),
        ("health-bureau.auditor", ()),
    ],
)
def test_at_which_levels_somebody_founds(post, levels):
    assert writing.founded_by(county.officer(post)) == levels


def test_of_several_offices_the_first_by_its_key_is_written_for():
    both = county.officer(f"{OTHER}.desk").hats + county.officer(cases.BUREAU_DESK).hats
    both += county.officer(cases.DESK).hats
    viewer = Actor(name="", hats=both[::-1], account=1)
    assert writing.office_of(viewer) == Office.objects.get(key=OTHER)


def test_only_drafts_and_what_was_checked_is_being_written_the_newest_first():
    viewer = county.officer(cases.BUREAU_DESK)
    assert writing.being_written(viewer) == []
    for age, (key, status) in enumerate(
        [(OWN, "draft"), (VILLAGES, "checked"), (OTHERS, "draft"), (TOWNSHIPS, "discarded")]
    ):
        versions(promise__key=key).update(status=status, published_at=None, begins=TODAY - timedelta(days=9 - age))
    assert [version.promise.key for version in writing.being_written(viewer)] == [VILLAGES, OWN]
    assert only(writing.standing(viewer, on=TODAY)) == set()


def test_what_has_not_begun_does_not_stand_yet():
    viewer = county.officer(cases.BUREAU_DESK)
    versions(promise__key=OWN).update(begins=TODAY + timedelta(days=1))
    assert OWN not in only(writing.standing(viewer, on=TODAY))
    assert OWN in only(writing.standing(viewer, on=TODAY + timedelta(days=1)))


def test_versions_of_a_promise_are_its_own_the_newest_first():
    first = versions(promise__key=OWN).get()
    newer = PromiseVersion.objects.get(pk=first.pk)
    newer.pk, newer.status, newer.published_at, newer.begins = uuid4(), "draft", None, TODAY
    newer._state.adding = True
    newer.save()
    assert writing.versions(first.promise_id) == [newer, first]
    assert writing.versions(uuid4()) == []
