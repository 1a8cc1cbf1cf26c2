"""The doctor on the county: its mark, the body above it, its posts, and what points to nothing."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from chengnuo.cases.models import Case
from chengnuo.cases.operations.receive import receive
from chengnuo.config.doctor import county as looks
from chengnuo.foundation import files
from chengnuo.foundation.actor import visitor
from chengnuo.people.models import Account, Cell, Holding, Office, Post
from chengnuo.promises.models import Duty
from tests.factories import cases, county, photos
from tests.factories.county import MONDAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DESK = f"{county.VILLAGE}.desk"


@pytest.fixture
def case():
    begun = receive(
        promise=county.service("village-proof"),
        village=county.village().pk,
        person=county.person(),
        details="需要一份居住证明",
        by=visitor(),
        at=MONDAY,
        key=uuid4(),
    )
    return Case.objects.get(pk=begun.case.pk)


def told(look, at=MONDAY):
    return [str(finding) for finding in look(at)]


def test_nothing_is_found_in_the_county_as_it_was_set_up():
    for look in (looks.not_set_up, looks.demo_mark, looks.another_county, looks.outside_body):
        assert told(look) == []
    assert told(looks.offices_without_reception) == []
    assert told(looks.orphans) == []


def test_a_file_that_is_missing_or_altered_is_named(case, settings, tmp_path):
    settings.VAR = tmp_path
    waiting = cases.ask_once(case, at=MONDAY)
    gone, altered, whole = (photos.add(waiting) for _ in range(3))
    assert told(looks.broken_files) == []
    (files.folder() / str(gone.pk)).unlink()
    (files.folder() / str(altered.pk)).write_bytes(photos.made())
    (finding,) = told(looks.broken_files)
    assert "2 stored files are missing or were altered" in finding
    assert str(gone.pk) in finding
    assert str(altered.pk) in finding
    assert str(whole.pk) not in finding


def test_an_empty_database_is_told_and_nothing_about_a_county_that_is_not_there():
    Cell.objects.all().delete()
    (found,) = told(looks.not_set_up)
    assert "docs/how-to/set-up-a-county.md" in found
    for look in (looks.demo_mark, looks.another_county, looks.outside_body):
        assert told(look) == []


@pytest.mark.parametrize(
    ("marked", "served", "words"),
    [
        (True, True, None),
        (False, False, None),
        (False, True, "CHENGNUO_DEMO=0"),
        (True, False, "CHENGNUO_DEMO=1"),
    ],
)
def test_the_mark_of_the_demo_and_the_setting_agree(settings, marked, served, words):
    Cell.objects.update(demo=marked)
    settings.DEMO = served
    found = told(looks.demo_mark)
    assert len(found) == (words is not None)
    assert all(words in each for each in found)


def test_a_setting_that_names_another_county_is_told(settings):
    settings.COUNTY = "420527"
    (found,) = told(looks.another_county)
    assert "CHENGNUO_COUNTY=420526" in found


@pytest.mark.parametrize("key", ["", "nobody", county.TOWNSHIP, "health-bureau"])
def test_an_outside_body_that_does_not_stand_above_the_county_is_told(settings, key):
    settings.OUTSIDE_BODY = key
    unknown, elsewhere = told(looks.outside_body)
    assert f"names {key!r}" in unknown
    assert "civil-affairs" in elsewhere


def test_a_county_office_that_stands_elsewhere_is_named():
    other = Office.objects.get(key="city-supervision")
    other.pk, other.key = uuid4(), "city-friends"
    other.save(force_insert=True)
    Office.objects.filter(key="civil-affairs").update(above=other)
    (found,) = told(looks.outside_body)
    assert found.startswith("civil-affairs: what these offices break does not go to 'city-supervision'.")


def test_a_body_with_somebody_above_it_is_not_the_outside_one():
    other = Office.objects.get(key="city-supervision")
    other.pk, other.key = uuid4(), "province"
    other.save(force_insert=True)
    Office.objects.filter(key="city-supervision").update(above=other)
    assert "no open office" in told(looks.outside_body)[0]


def test_a_closed_outside_body_is_told():
    Office.objects.filter(key="city-supervision").update(closed_on=date(2026, 1, 1))
    assert "no open office" in told(looks.outside_body)[0]


@pytest.mark.parametrize("kind", ["is_reception", "is_head"])
def test_an_office_without_reception_or_head_is_named(kind):
    Post.objects.filter(office__key=county.VILLAGE, **{kind: True}).update(closed_on=date(2026, 1, 1))
    (found,) = told(looks.offices_without_reception)
    assert found.startswith(f"{county.VILLAGE}: no reception or no head")


def test_many_offices_are_named_by_the_first_five():
    Post.objects.filter(is_head=True, office__level="village").update(closed_on=date(2026, 1, 1))
    (found,) = told(looks.offices_without_reception)
    assert "and 91 more" in found
    assert found.count("village-") == 5


def test_a_case_whose_post_nobody_fills_is_told(case):
    (found,) = told(looks.cases_without_holder)
    assert f"1 open cases are held by posts that nobody fills: {DESK}." in found
    county.officer(DESK)
    assert told(looks.cases_without_holder) == []


def test_a_holding_that_ended_an_account_that_was_closed_and_a_closed_post_do_not_count(case):
    county.officer(DESK)
    held = Holding.objects.filter(post__key=DESK)
    held.update(ends=MONDAY.date())
    assert told(looks.cases_without_holder), "a holding does not count on the day on which it ends"
    held.update(ends=(MONDAY + DAY).date())
    assert told(looks.cases_without_holder) == []
    Account.objects.filter(holdings__in=held).update(is_active=False)
    assert told(looks.cases_without_holder)
    Account.objects.filter(holdings__in=held).update(is_active=True)
    Post.objects.filter(key=DESK).update(closed_on=MONDAY.date())
    assert told(looks.cases_without_holder)


def test_a_case_that_has_ended_needs_nobody(case):
    Case.objects.filter(pk=case.pk).update(status="withdrawn")
    assert told(looks.cases_without_holder) == []


def test_a_duty_about_a_case_that_is_gone_is_told(case):
    assert told(looks.orphans) == []
    Duty.objects.filter(subject_id=case.pk).update(subject_id=uuid4())
    (found,) = told(looks.orphans)
    assert "1 rows of promises.Duty point to a case that is not there." in found


def test_a_duty_about_a_kind_that_nobody_knows_is_told(case):
    Duty.objects.filter(subject_id=case.pk).update(subject_kind="film")
    assert "point to a film" in told(looks.orphans)[0]
