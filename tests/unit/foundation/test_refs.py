"""A lower app points up by kind and id; what points to nothing is found."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.apps.registry import Apps
from django.db import models

from chengnuo.foundation import refs
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.refs import Pair, Ref, Registry, orphans

apps = Apps()


class Book(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id)

    class Meta:
        apps = apps
        app_label = "shelf"


with pytest.MonkeyPatch.context() as own_registry:
    own_registry.setattr(refs, "registry", Registry())
    REGISTRY = refs.registry

    class Loan(models.Model):
        subject_kind = models.CharField(max_length=20)
        subject_id = models.UUIDField()
        subject = Pair()

        class Meta:
            apps = apps
            app_label = "shelf"


@pytest.fixture(scope="module", autouse=True)
def _tables(tables):
    tables(Book, Loan)


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    registry = Registry(pairs=list(REGISTRY.pairs))
    monkeypatch.setattr(refs, "registry", registry)
    registry.register("book", link=lambda pk: f"/books/{pk}", model=Book)
    registry.register("public", link=lambda _: "/")
    return registry


def lend(ref):
    loan = Loan()
    loan.subject = ref
    loan.save()
    return loan


def test_a_pair_is_read_and_written_as_one(db):
    ref = Ref("book", uuid4())
    loan = lend(ref)
    assert (loan.subject_kind, loan.subject_id) == ("book", ref.id)
    assert Loan.objects.get().subject == ref


def test_the_registry_knows_the_address(registry):
    ref = Ref("book", uuid4())
    assert registry.link(ref) == f"/books/{ref.id}"
    with pytest.raises(KeyError):
        registry.link(Ref("film", ref.id))


def test_a_kind_is_registered_once(registry):
    with pytest.raises(ValueError, match="registered already"):
        registry.register("book", link=str)


def test_the_doctor_finds_what_points_to_nothing(db, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(refs, "CHUNK", 3)
    books = Book.objects.bulk_create(Book() for _ in range(4))
    for book in books:
        lend(Ref("book", book.pk))
    lend(Ref("public", uuid4()))
    lost, unknown = lend(Ref("book", uuid4())), lend(Ref("film", books[0].pk))
    assert {(found.row, found.ref) for found in orphans()} == {
        (lost.pk, lost.subject),
        (unknown.pk, unknown.subject),
    }
    books[0].delete()
    assert len(list(orphans())) == 3


def test_no_pair_no_orphan(db, registry):
    registry.pairs.clear()
    assert list(orphans()) == []
