"""Rows that are written without a model each: every column as a model would have written it, sealed words sealed, none lost."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from chengnuo.foundation import rows
from chengnuo.foundation.actor import system
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.models.outbox import Errand
from chengnuo.foundation.rows import Alike, insert, insert_all, ready
from chengnuo.foundation.seals import SealBroken
from chengnuo.people.models import Contact
from tests.factories import county

pytestmark = pytest.mark.django_db
AT = county.MONDAY
ALIKE = {"topic": "a.b/1", "handler": "x", "created_at": AT, "next_at": AT + timedelta(hours=1)}


def plain(row):
    """Every column of a row but its id."""
    return {name: value for name, value in vars(row).items() if name not in ("_state", "id")}


def errands(count: int) -> list:
    alike = Alike(Errand, **plain(Errand(payload={"名": "值"}, **ALIKE)))
    return [alike.row(id=ready(Errand, "id", uuid4())) for _ in range(count)]


def test_a_row_is_what_a_model_would_have_written():
    Errand.objects.create(payload={"名": "值"}, **ALIKE)
    insert(Errand, errands(1))
    one, other = Errand.objects.order_by("pk")
    assert plain(one) == plain(other)


@pytest.mark.parametrize("count", [0, 1, 2, 700])
def test_any_number_is_as_few_statements_as_the_database_takes(monkeypatch, count):
    monkeypatch.setattr(rows, "MOST_VALUES", 3000)
    with CaptureQueriesContext(connection) as asked:
        insert(Errand, errands(count))
    a_statement = 3000 // len(errands(1)[0])
    assert len(asked) == -(-count // a_statement)
    assert Errand.objects.count() == count


def test_nothing_is_written_of_no_models():
    with CaptureQueriesContext(connection) as asked:
        insert_all([])
    assert not asked.captured_queries


def test_what_the_database_refuses_is_refused():
    made = errands(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Errand, [[None] * len(made[0])])
    assert not Errand.objects.exists()


def test_a_column_that_nobody_gave_is_a_mistake():
    with pytest.raises(KeyError):
        Alike(LogEntry, seq=None).row(id=uuid4())


def test_sealed_words_are_sealed_for_their_row():
    made = [Contact(owner=uuid4(), name="欧阳桂兰", phone="") for _ in range(3)]
    insert_all(made)
    for contact in Contact.objects.all():
        assert contact.name.reveal(by=system(), reason="a test", of=contact.owner) == "欧阳桂兰"
        with pytest.raises(SealBroken):
            contact.name.reveal(by=system(), reason="a test", of=uuid4())
    made[0].no_paper = True
    made[0].save()
    assert Contact.objects.filter(no_paper=True).count() == 1, "updated, and not written twice"
