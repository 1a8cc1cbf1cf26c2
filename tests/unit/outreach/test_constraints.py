"""What the database itself refuses of letters, assessments and reminders, whoever asks and by whatever way."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from chengnuo.foundation.sealed import SealedField
from chengnuo.outreach.models import Assessment, FinderRun, Letter, NoContact, Reminder
from tests.factories import outreach, outreach_situations

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
DAY = date(2026, 3, 2)
WRONG = [
    (Letter, {"person": None}, "open_letter_is_for_somebody"),
    (Letter, {"ended_on": DAY}, "open_letter_is_for_somebody"),
    (Letter, {"status": "delivered"}, "ended_letter_points_to_nobody"),
    (Letter, {"status": "declined", "ended_on": DAY}, "ended_letter_points_to_nobody"),
    (Letter, {"status": "dropped", "person": None}, "ended_letter_points_to_nobody"),
    (Assessment, {"signed_by": None}, "signed_assessment_has_a_name"),
    (Assessment, {"signed_at": None}, "signed_assessment_has_a_name"),
    (Reminder, {"award": None}, "reminder_is_of_one_thing"),
    (Reminder, {"status": "told"}, "told_reminder_says_how"),
]


def test_a_row_that_cannot_be_true_is_refused_by_the_name_of_its_rule():
    outreach.one()
    outreach_situations.reminder()
    for rows, wrong, name in WRONG:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.objects.update(**wrong)


def test_a_finder_runs_once_and_a_refusal_stands_once():
    run = outreach.begun()
    twin = FinderRun(
        pk=uuid4(),
        finder=run.finder,
        assessment=run.assessment,
        office=run.office,
        begun_at=run.begun_at,
        status="running",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)
    NoContact.objects.create(identity_index=b"1" * 32, since=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        NoContact.objects.create(identity_index=b"1" * 32, since=DAY)


def test_somebody_is_reminded_once_a_year():
    reminder = outreach_situations.reminder()
    fields = {field.attname: getattr(reminder, field.attname) for field in Reminder._meta.concrete_fields}
    with pytest.raises(IntegrityError, match="award"), transaction.atomic():
        Reminder(**fields | {"id": uuid4()}).save(force_insert=True)


def test_no_column_holds_a_name_a_number_in_clear_or_an_officers_words_about_a_person():
    """A letter is known by digests; what became of it is one of a closed list."""
    for model in (Letter, NoContact, Reminder):
        fields = model._meta.concrete_fields
        sealed = {field.name for field in fields if isinstance(field, SealedField)}
        assert sealed <= {"whom"}, "and that is a digest, no words"
        texts = [field for field in fields if field.get_internal_type() == "TextField"]
        assert not texts, model
        open_ = {
            field.name
            for field in fields
            if field.get_internal_type() in ("CharField", "SlugField") and not field.choices
        }
        assert open_ <= {"status", "finder", "number"}, model
