"""What the database itself refuses of a review, whoever asks and by whatever way."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from chengnuo.reviews.codes import code_of
from chengnuo.reviews.models import Campaign, Check, Contact, Renewal, Review
from tests.factories import review_situations, reviews

pytestmark = pytest.mark.django_db


def refused(does, name):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        does()
    return name in str(error.value) or "UNIQUE" in str(error.value) or "unique" in str(error.value)


def copied(row, **other):
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**fields | {"id": uuid4()} | other).save


def test_what_no_update_gets_through():
    review = reviews.contacted(reviews.reviewed())
    contact = Contact.objects.get()
    reviews.unchanged(review, at=reviews.CONTACTED)
    renewal = reviews.proposed(review.campaign)
    wrong = [
        (Review, {"contacts": 3}, "asked_two_times_at_most"),
        (Review, {"ready_at": None}, "what_may_be_renewed_has_an_instant"),
        (Contact, {"number": 3}, "two_contacts_at_most"),
        (Contact, {"number": 0}, "two_contacts_at_most"),
        (Renewal, {"confirmed_by": renewal.proposed_by}, "two_people_renew"),
    ]
    for model, changes, name in wrong:
        assert refused(lambda m=model, c=changes: m.objects.update(**c), name), name
    twice = [
        (copied(reviews.again(review), code_index=b"x" * 32), "one_review_a_campaign_and_award"),
        (copied(contact), "one_contact_a_review_and_number"),
        (copied(Campaign.objects.get()), "one_campaign_a_programme_and_year"),
    ]
    for does, name in twice:
        assert refused(does, name), name


def test_a_check_visits_twice_and_a_review_has_one():
    check = review_situations.chance_met()
    assert refused(lambda: Check.objects.update(visits=3), "two_visits_at_most")
    assert refused(copied(check), "review_id")


def test_a_number_stands_there_only_as_long_as_a_call_is_owed():
    review = review_situations.call_came(phone="13800000001")
    for changes in ({"change": "facts"}, {"status": "unchanged", "ready_at": reviews.BEGUN}, {"status": "determined"}):
        wrong = Review.objects.filter(pk=review.pk)
        assert refused(lambda c=changes, w=wrong: w.update(**c), "a_number_is_held_while_a_call_is_owed"), changes


def test_nothing_of_what_is_stated_stands_in_clear():
    review = reviews.stated_anew(reviews.reviewed(), rural=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT facts FROM reviews_review")
        stored = bytes(cursor.fetchone()[0])
    assert b"rural" not in stored
    assert len(stored) > 50
    assert str(reviews.again(review).facts) == "••••"
    # the code of the letter stands nowhere: by its index alone nobody makes it
    assert code_of(review.pk).encode() not in bytes(reviews.again(review).code_index)
