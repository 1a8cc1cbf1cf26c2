"""The database itself refuses awards, dues and opinions that no law allows, whoever writes them and by which way."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, F, UniqueConstraint

from chengnuo.benefits.models import Award, BulkItem, Claim, Due, Opinion, Reply
from tests.factories import awarding, bulks, claims, county, objections

pytestmark = pytest.mark.django_db
LATER = county.MONDAY + 10 * claims.DAY
DAY = date(2026, 3, 3)


def awarded(of=1):
    return claims.granted(claims.at_decision("special-bereaved", of=of), at=LATER)


def ended():
    by = county.officer(claims.BUREAU_DESK, at=LATER)
    return awarding.end(award=awarded().pk, ending="death", on=DAY, by=by, at=LATER, key=uuid4())


def due():
    return awarded().dues.get()


def opinion():
    return Opinion.objects.get(claim=claims.at_decision("special-bereaved"))


def objected():
    claim, *_others = objections.noticed(at=county.MONDAY)
    return objections.made(claim)


def answered():
    return objections.answered(objected(), at=county.MONDAY)


def bulk():
    claims.at_decision()
    return bulks.confirmed(bulks.proposed(bulks.opened(bulks.drawn(at=LATER), at=LATER), at=LATER), at=LATER)


# constraint: how a good row comes about, and changes that make it a bad one
REFUSED = {
    "ended_award_has_day_and_reason": [
        (awarded, {"ends_on": DAY}),
        (awarded, {"ended_for": "death"}),
        (awarded, {"status": "ended"}),
        (awarded, {"status": "ended", "ends_on": DAY}),
        (awarded, {"status": "ended", "ended_for": "over"}),
        (awarded, {"status": "suspended"}),
        (ended, {"ends_on": None}),
        (ended, {"ended_for": ""}),
        (ended, {"status": "in_force"}),
    ],
    "due_is_not_negative": [(due, {"fen": -1})],
    "no_office_answers_about_its_own_finding": [(objected, {"about_office": F("office")})],
    "answered_objection_has_its_instant": [
        (answered, {"answered_at": None}),
        (objected, {"status": "upheld"}),
        (objected, {"status": "not_upheld"}),
    ],
    "bulk_is_confirmed_by_another": [
        (bulk, {"confirmed_account": F("drawn_account")}),
        (bulk, {"confirmed_by": F("drawn_by")}),
    ],
}
BAD = [(name, make, change) for name, rows in REFUSED.items() for make, change in rows]
GOOD = [
    (due, {"fen": 0}),
    (ended, {"ended_for": "over"}),
    (awarded, {"status": "ended", "ends_on": DAY, "ended_for": "statement"}),
    (ended, {"status": "in_force", "ends_on": None, "ended_for": ""}),
]


def change(row, fields):
    """Past every operation, as whoever writes to the database by hand does."""
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**fields)


@pytest.mark.parametrize(("name", "make", "fields"), BAD)
def test_a_bad_row_is_refused_by_the_constraint_that_names_it(name, make, fields):
    row = make()
    with pytest.raises(IntegrityError, match=name):
        change(row, fields)


@pytest.mark.parametrize(("make", "fields"), GOOD)
def test_its_neighbour_is_kept(make, fields):
    row = make()
    change(row, fields)
    assert type(row).objects.filter(pk=row.pk, **fields).exists()


def doubled_award():
    one, other = awarded(), claims.at_decision("special-bereaved", of=2)
    return Award(claim=other, programme=one.programme, place=one.place, person_index=one.person_index, office=one.office, begins=2026, granted_at=LATER, status="in_force")  # fmt: skip


def doubled_due():
    one = due()
    return Due(award=one.award, year=one.year, number=one.number, fen=1, determined_at=LATER, determined_by=one.determined_by, edition="x")  # fmt: skip


def doubled_opinion():
    one = opinion()
    return Opinion(claim=one.claim, stage=one.stage, post=one.post, account=one.account, at=LATER, verdict="doubts")


def doubled_item():
    one = bulk().items.get()
    return BulkItem(bulk=one.bulk, subject_kind="claim", subject_id=one.subject_id, fen=1)


def doubled_reply():
    one = objections.replied(objected())
    return Reply(objection=one.objection, number=one.number, words="另一句", at=LATER)


DOUBLED = {
    "one_item_a_bulk_and_subject": (doubled_item, {"subject_id": uuid4()}),
    "one_award_a_person_and_programme": (doubled_award, {"person_index": b"another person"}),
    "one_due_a_year_and_number": (doubled_due, {"number": 2}),
    "one_reply_of_a_number": (doubled_reply, {"number": 2}),
    "one_opinion_a_stage_and_round": (doubled_opinion, {"round": 1}),
}


@pytest.mark.parametrize("name", DOUBLED)
def test_what_there_is_once_is_there_once_and_beside_another_one(name):
    make, other = DOUBLED[name]
    second = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)
    for field, value in other.items():
        setattr(second, field, value)
    second.save(force_insert=True)
    assert type(second).objects.count() > 1


def test_an_award_that_has_ended_stands_in_no_ones_way():
    second = doubled_award()
    Award.objects.update(status="ended", ends_on=DAY, ended_for="over")
    second.save(force_insert=True)
    assert Award.objects.count() == 2


@pytest.mark.parametrize(("model", "of"), [(Claim, "case"), (Award, "claim")])
def test_a_case_carries_one_claim_and_a_claim_one_award(model, of):
    first, second = (each if model is Award else each.claim for each in (awarded(), awarded(of=2)))
    with pytest.raises(IntegrityError):
        change(second, {of: getattr(first, of)})


def _constraints(sort):
    models = apps.get_app_config("benefits").get_models()
    return {each.name for model in models for each in model._meta.constraints if isinstance(each, sort)}


def test_no_constraint_is_without_a_bad_row():
    assert _constraints(CheckConstraint) == set(REFUSED)
    assert _constraints(UniqueConstraint) == set(DOUBLED)


def test_nothing_that_was_stated_stands_in_clear_in_any_column():
    plain = {field.name for field in Claim._meta.fields if field.get_internal_type() in {"TextField", "CharField", "SlugField", "JSONField"}}  # fmt: skip
    assert plain == {"status", "programme", "place", "edition", "stages"}
