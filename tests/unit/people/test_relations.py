"""How an officer stands to what an office owes or works on: the same few ways for duties, for cases, and for whatever comes."""

from __future__ import annotations

from uuid import uuid4

import pytest

from chengnuo.cases.models import Case
from chengnuo.foundation.actor import Hat, visitor
from chengnuo.people.relations import BUREAU, HEAD, HOLDER, HOLDERS, OFFICE, SEERS, TOWNSHIP, names_their_office
from chengnuo.people.roles import OFFICERS
from tests.factories import cases, county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def stand(relation, post):
    """The cases to which whoever holds this post stands so."""
    actor = county.officer(post)
    return Case.objects.filter(relation.q(actor, actor.hats[0]))


@pytest.mark.parametrize(
    ("relation", "near", "far"),
    [
        (HOLDER, cases.DESK, cases.HEAD),
        (OFFICE, cases.HEAD, cases.TOWNSHIP_DESK),
        (HEAD, cases.HEAD, cases.DESK),
        (HEAD, cases.HEAD, cases.TOWNSHIP_HEAD),
        (TOWNSHIP, cases.TOWNSHIP_DESK, cases.BUREAU_DESK),
        (BUREAU, cases.BUREAU_DESK, "civil-affairs.desk"),
    ],
)
def test_a_village_s_case_is_near_to_one_and_far_from_another(relation, near, far):
    case = cases.ask()
    assert list(stand(relation, near)) == [case]
    assert not stand(relation, far).exists()


def test_a_bureau_s_own_case_is_near_to_it():
    case = cases.ask("old-age-allowance")
    assert list(stand(BUREAU, f"{case.office.key}.desk")) == [case]


def test_every_officer_who_handles_has_a_way_to_hold_and_a_way_to_see():
    assert set(HOLDERS) == set(SEERS) == set(OFFICERS)


def test_rows_that_name_an_office_are_found_by_its_hats_alone():
    """An empty column names nobody's office, and whoever has no office is named by none."""
    case = cases.complaint()
    cases.ask()
    named = names_their_office("about_office", "holder__office")
    for office, found in ((case.about_office_id, 2), (case.holder.office_id, 1), (uuid4(), 0), (None, 0)):
        assert Case.objects.filter(named(visitor(), Hat("village_officer", office=office))).count() == found
