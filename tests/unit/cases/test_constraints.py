"""The database itself refuses rows that the charter does not allow, whoever writes them and by which way."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, F, UniqueConstraint

from chengnuo.cases.models import Case, NewCode, Pressed, Rating
from chengnuo.cases.operations import ratings, recode
from chengnuo.foundation.actor import resident
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
NOW = county.MONDAY
HOUR = timedelta(hours=1)


def closed():
    return cases.say_resolved(cases.finish(cases.ask(), at=NOW), at=NOW)


def confirmed():
    why = {"reason": "lost", "known_by": "known"}
    asked = cases.does(recode.ask, cases.ask(), cases.DESK, at=NOW, **why)
    return recode.confirm(new_code=asked.pk, by=county.officer(cases.HEAD), at=NOW, key=uuid4())


def rated():
    case = closed()
    ratings.rate(case=case.pk, stars=4, pressed=True, by=resident(case.pk), at=NOW + HOUR, key=uuid4())
    return Rating.objects.get(stars=4)


def noted():
    rated()
    return Pressed.objects.get()


def looked_into():
    by = county.officer(cases.BUREAU_HEAD)
    return ratings.look_into(pressed=noted().pk, words="已制止", by=by, at=NOW + HOUR, key=uuid4())


# constraint: how a good row comes about, and changes that make it a bad one
REFUSED = {
    "complaint_is_about_an_office": [
        (cases.complaint, {"about_office": None}),
        (cases.ask, {"sort": "complaint"}),
        (cases.ask, {"about_office": lambda: cases.office(county.TOWNSHIP)}),
        (cases.ask, {"sort": "praise"}),
    ],
    "not_judge_and_party": [(cases.complaint, {"about_office": F("office")})],
    "done_has_its_officer": [
        (lambda: cases.finish(cases.ask(), at=NOW), {"finished_at": None}),
        (lambda: cases.finish(cases.ask(), at=NOW), {"finished_by": None}),
        (lambda: cases.refuse(cases.ask(), at=NOW), {"finished_by": None}),
        (cases.ask, {"status": "done"}),
    ],
    "closed_has_a_word": [(closed, {"word": ""}), (closed, {"closed_at": None})],
    "refused_names_the_law": [(lambda: cases.refuse(cases.ask(), at=NOW), {"refusal_law": None})],
    "paused_has_a_reason": [(lambda: cases.pause(cases.ask(), at=NOW), {"pause_reason": ""})],
    "new_code_by_two_people": [(confirmed, {"confirmed_by": F("asked_by")})],
    "new_code_was_confirmed": [
        (confirmed, {"confirmed_at": None}),
        (confirmed, {"status": "printed", "confirmed_at": None}),
    ],
    "one_to_five_stars": [(rated, {"stars": 0}), (rated, {"stars": 6})],
    "looked_into_has_words": [(looked_into, {"found": None}), (noted, {"status": "looked_into"})],
    "nobody_looks_into_themselves": [(noted, {"about_office": F("office")})],
}
BAD = [(name, make, change) for name, rows in REFUSED.items() for make, change in rows]

# the neighbours of bad rows, which must stay possible
GOOD = [
    (cases.complaint, {"about_office": lambda: cases.office("civil-affairs")}),
    (lambda: cases.refuse(cases.ask(), at=NOW), {"refusal_law": None, "forgotten_at": NOW}),
    (lambda: cases.withdraw(cases.ask(), at=NOW), {"word": ""}),
    (cases.ask, {"pause_reason": ""}),
    (confirmed, {"status": "asked", "confirmed_at": None, "confirmed_by": None}),
    (confirmed, {"status": "printed"}),
    (rated, {"told": 5, "waiting": 0}),
    (noted, {"found": None}),
]


def change(row, fields):
    """Past every operation, as whoever writes to the database by hand does."""
    new = {name: value() if callable(value) and not isinstance(value, F) else value for name, value in fields.items()}
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**new)


@pytest.mark.parametrize(("name", "make", "fields"), BAD)
def test_a_bad_row_is_refused_by_the_constraint_that_names_it(name, make, fields):
    row = make()
    before = type(row).objects.filter(pk=row.pk).values(*fields).get()
    with pytest.raises(IntegrityError, match=name):
        change(row, fields)
    if not {"found", "refusal_law"} & {*fields}:  # sealed words are other objects each time
        assert type(row).objects.filter(pk=row.pk).values(*fields).get() == before


@pytest.mark.parametrize(("make", "fields"), GOOD)
def test_its_neighbour_is_kept(make, fields):
    row = make()
    change(row, fields)
    assert type(row).objects.filter(pk=row.pk).exists()


def _constraints(sort):
    models = apps.get_app_config("cases").get_models()
    return {each.name for model in models for each in model._meta.constraints if isinstance(each, sort)}


def test_no_check_is_without_a_bad_row():
    assert _constraints(CheckConstraint) == set(REFUSED)


def doubled_code():
    one = confirmed()
    return NewCode(case=one.case, reason="lost", known_by="card", asked_by_id=one.asked_by_id, asked_from_id=one.asked_from_id, asked_at=NOW, status="asked")  # fmt: skip


def doubled_tally():
    one = rated()
    return Rating(office=one.office, year=one.year, stars=one.stars)


def doubled_look():
    one = noted()
    return Pressed(office=one.office, about_office=one.about_office, holder=one.holder, year=one.year, status="noted")


DOUBLED = {
    "one_new_code_at_a_time": (doubled_code, {"status": "dropped"}),
    "one_tally_a_rating": (doubled_tally, {"year": 2025}),
    "one_look_at_a_time": (doubled_look, {"about_office": lambda: cases.office(county.TOWNSHIP)}),
}


@pytest.mark.parametrize("name", DOUBLED)
def test_what_there_is_once_is_there_once_and_beside_another_one(name):
    make, other = DOUBLED[name]
    second = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)
    for field, value in other.items():
        setattr(second, field, value() if callable(value) else value)
    second.save(force_insert=True)
    assert type(second).objects.count() > 1


def test_no_unique_constraint_is_without_its_double():
    assert _constraints(UniqueConstraint) == set(DOUBLED)


@pytest.mark.parametrize("field", ["number", "receipt_index"])
def test_no_number_and_no_receipt_leads_to_two_cases(field):
    first, second = cases.ask(), cases.ask()
    with pytest.raises(IntegrityError):
        change(second, {field: getattr(first, field)})
    assert Case.objects.filter(**{field: getattr(first, field)}).get() == first
