"""Places by their dated codes: an old address still finds the place, and a page shows the code of the day."""

from datetime import date

import pytest

from chengnuo.people.codes import codes_of, place_of
from chengnuo.people.models import PlaceCode
from tests.factories import county

pytestmark = pytest.mark.django_db
OLD, NEW = "420526101201", "420526999999"
CHANGED = date(2026, 6, 1)


def test_a_code_finds_its_place_with_those_above(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = place_of(OLD, on=date(2026, 3, 2))
        assert [found.above.level, found.above.above.level] == ["township", "county"]
    assert found == county.village(OLD)


@pytest.mark.parametrize("code", ["", "4205", "000000000000", "x" * 40])
def test_no_place_bears_any_other_code(code):
    assert place_of(code, on=CHANGED) is None


def test_after_a_change_both_codes_find_the_place_and_the_new_one_is_shown():
    village = county.village(OLD)
    PlaceCode.objects.create(place=village, code=NEW, begins=CHANGED)
    day_before = date(2026, 5, 31)

    assert codes_of([village.pk], on=day_before) == {village.pk: OLD}
    assert codes_of([village.pk], on=CHANGED) == {village.pk: NEW}
    assert place_of(NEW, on=day_before) is None
    assert place_of(NEW, on=CHANGED) == place_of(OLD, on=CHANGED) == village


def test_a_code_given_to_another_place_leads_to_the_newer_one():
    other = county.village("420526101202")
    PlaceCode.objects.create(place=other, code=OLD, begins=CHANGED)

    assert place_of(OLD, on=CHANGED) == other


def test_places_without_a_code_yet_are_absent():
    assert codes_of([county.village(OLD).pk], on=date(2024, 1, 1)) == {}
