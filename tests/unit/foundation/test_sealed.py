"""A sealed field shows nothing, opens for its own row alone, and tells of every look."""

from __future__ import annotations

import copy
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.apps.registry import Apps
from django.core import serializers
from django.db import connection, models, transaction
from django.db.models import F, Q, Value
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.foundation import sealed
from chengnuo.foundation.actor import system
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.keys import KeyRingUnusable, create
from chengnuo.foundation.sealed import MASK, SealBroken, SealedField, SealMisused, blind_index
from chengnuo.foundation.seals import seal, unseal

apps = Apps()
NAME = "张三丰"


class Letter(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id)
    name = SealedField(label="test.letter.name")
    note = SealedField(label="test.letter.note", blank=True)
    gone = SealedField(label="test.letter.gone", null=True)
    day = models.IntegerField(default=0)

    class Meta:
        apps = apps
        app_label = "shelf"


class Enclosure(models.Model):
    """Belongs to a letter, and is sealed to it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    letter = models.UUIDField()
    text = SealedField(label="test.enclosure.text", owner="letter")

    class Meta:
        apps = apps
        app_label = "shelf"


@pytest.fixture(scope="module", autouse=True)
def _table(tables):
    tables(Letter, Enclosure)


@pytest.fixture(autouse=True)
def looks(monkeypatch):
    seen = []
    monkeypatch.setattr(sealed, "_watchers", [lambda **look: seen.append(look)])
    return seen


@pytest.fixture
def letter(db):
    return Letter.objects.create(name=NAME, note="来信")


def opened(value):
    return value.reveal(by=system(), reason="test")


def raw(letter, column="name"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM shelf_letter WHERE id = %s", [key_of(letter)])
        return bytes(cursor.fetchone()[0])


def overwrite(letter, value, column="name"):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE shelf_letter SET {column} = %s WHERE id = %s", [value, key_of(letter)])


def key_of(letter):
    return letter.pk.hex if connection.vendor == "sqlite" else letter.pk


def again(letter):
    return Letter.objects.get(pk=letter.pk)


def test_what_was_given_is_masked_before_and_after_saving(db):
    letter = Letter(name=NAME)
    assert str(letter.name) == f"{letter.name}" == MASK
    letter.save()
    assert str(letter.name) == str(again(letter).name) == MASK
    assert NAME not in repr(letter.name) + repr(vars(again(letter)))
    assert opened(letter.name) == opened(again(letter).name) == NAME


def test_the_database_holds_no_text_and_never_the_same_bytes_twice(letter):
    other = Letter.objects.create(name=NAME)
    assert NAME.encode() not in raw(letter)
    assert raw(letter) != raw(other)


@given(text=st.text(st.characters(codec="utf-8")))
def test_every_text_comes_back(text):
    assert unseal(seal(text, label="t", row="r"), label="t", row="r") == text


def test_a_look_is_told_before_anything_is_seen(letter, looks):
    opened(again(letter).name)
    assert looks == [{"by": system(), "label": "test.letter.name", "row": str(letter.pk), "reason": "test"}]


def test_when_nobody_can_be_told_nothing_is_seen(letter, monkeypatch):
    def refuse(**_look):
        raise OSError("disk full")

    monkeypatch.setattr(sealed, "_watchers", [refuse])
    with pytest.raises(OSError, match="disk full"):
        opened(letter.name)
    monkeypatch.setattr(sealed, "_watchers", [])
    with pytest.raises(SealMisused, match="somebody who is told"):
        opened(letter.name)
    with pytest.raises(SealMisused):
        opened(Letter(name=NAME).name)


def test_a_look_needs_a_reason(letter, looks):
    with pytest.raises(SealMisused):
        letter.name.reveal(by=system(), reason=" ")
    assert not looks


def test_the_watcher_is_bound_once(monkeypatch):
    monkeypatch.setattr(sealed, "_watchers", [])
    sealed.watch_reveals(print)
    sealed.watch_reveals(print)
    with pytest.raises(SealMisused):
        sealed.watch_reveals(repr)


@pytest.mark.parametrize("typed", [b"Zhang", b"", b"\x01", b"\x01" + bytes(60)])
def test_what_the_owner_of_the_database_types_in_is_refused(letter, typed):
    overwrite(letter, typed)
    with pytest.raises(SealBroken):
        opened(again(letter).name)
    assert str(again(letter).name) == MASK


@pytest.mark.sqlite
def test_plain_text_in_the_column_is_refused(letter):
    overwrite(letter, NAME)
    with pytest.raises(SealBroken):
        opened(again(letter).name)


def test_no_row_opens_what_was_sealed_for_another(letter):
    other = Letter.objects.create(name="李四")
    overwrite(other, raw(letter))
    with pytest.raises(SealBroken):
        opened(again(other).name)


def test_no_column_opens_what_was_sealed_for_another(letter):
    overwrite(letter, raw(letter, "note"))
    with pytest.raises(SealBroken):
        opened(again(letter).name)


def test_every_flipped_bit_is_noticed():
    box = seal(NAME, label="t", row="r")
    for place in range(len(box) * 8):
        flipped = bytearray(box)
        flipped[place // 8] ^= 1 << place % 8
        with pytest.raises(SealBroken):
            unseal(bytes(flipped), label="t", row="r")
    for end in range(len(box)):
        with pytest.raises(SealBroken):
            unseal(box[:end], label="t", row="r")


def test_another_ring_opens_nothing_and_no_ring_neither(letter, settings, tmp_path):
    settings.KEY_RING = tmp_path / "keys.json"
    with pytest.raises(KeyRingUnusable):
        opened(again(letter).name)
    with pytest.raises(KeyRingUnusable), transaction.atomic():
        Letter.objects.create(name=NAME)
    create(settings.KEY_RING)
    with pytest.raises(SealBroken):
        opened(again(letter).name)


def test_an_empty_text_is_sealed_too_and_known_to_be_empty(letter):
    empty = Letter.objects.create(name=NAME, note="")
    assert len(raw(empty, "note")) == len(raw(Letter.objects.create(name=NAME), "note")) > 0
    assert not again(empty).note
    assert str(again(empty).note) == ""
    assert opened(again(empty).note) == ""
    assert again(letter).note
    overwrite(letter, raw(empty, "note"), "note")
    with pytest.raises(SealBroken):
        opened(again(letter).note)


def test_null_stays_null(letter):
    assert again(letter).gone is None
    assert Letter.objects.filter(gone__isnull=True, name__isnull=False).count() == 1


def test_equality_tells_nothing(letter):
    assert letter.name != NAME
    assert letter.name != Letter(name=NAME).name
    assert again(letter).name != again(letter).name


def test_pickles_and_copies_hold_nothing_to_open(letter):
    stored = pickle.dumps(letter.__getstate__())
    assert NAME.encode() not in stored
    assert raw(letter) not in stored
    assert NAME.encode() not in pickle.dumps(Letter(name=NAME).__getstate__())
    thawed = Letter(pk=letter.pk, name=pickle.loads(stored)["name"])  # noqa: S301  # our own, of a moment ago
    assert not thawed.name
    with pytest.raises(SealMisused):
        opened(thawed.name)
    with pytest.raises(SealMisused), transaction.atomic():
        thawed.save()
    assert opened(again(letter).name) == NAME
    assert opened(copy.deepcopy(letter.name)) == opened(copy.copy(letter.name)) == NAME


def test_it_goes_into_no_json_no_fixture_and_no_form(letter):
    with pytest.raises(TypeError):
        json.dumps(letter.name)
    with pytest.raises(SealMisused):
        serializers.serialize("json", [letter])
    assert Letter._meta.get_field("name").formfield() is None


def test_saving_other_columns_leaves_the_seal_alone(letter):
    before = raw(letter)
    known = again(letter)
    known.day = 3
    known.save()
    assert raw(letter) == before
    known.name = "王五"
    known.save(update_fields=["name"])
    assert opened(again(letter).name) == "王五"
    known.refresh_from_db()
    assert opened(known.name) == "王五"


def test_a_deferred_text_opens(letter):
    assert opened(Letter.objects.defer("name").get(pk=letter.pk).name) == NAME


def test_bulk_create_seals(db):
    made = Letter.objects.bulk_create(Letter(name=f"{NAME}{n}") for n in range(30))
    assert [opened(again(letter).name) for letter in made] == [f"{NAME}{n}" for n in range(30)]


def test_a_queryset_neither_writes_nor_searches(letter):
    other = Letter(pk=letter.pk, name="李四")
    for refused in (
        lambda: Letter.objects.update(name="李四"),
        lambda: Letter.objects.update(name=other.name),
        lambda: Letter.objects.update(name=b"x"),
        lambda: Letter.objects.update(name=F("note")),
        lambda: Letter.objects.update(name=Value("x")),
        lambda: Letter.objects.bulk_update([other], ["name"]),
        lambda: Letter.objects.filter(name=NAME).exists(),
        lambda: Letter.objects.filter(Q(name__in=[NAME])).exists(),
        lambda: Letter.objects.exclude(name__contains="张").exists(),
    ):
        with pytest.raises(SealMisused), transaction.atomic():
            refused()
    assert opened(again(letter).name) == NAME


def test_values_cannot_be_opened_without_their_row(letter):
    (name,) = Letter.objects.values_list("name", flat=True)
    assert str(name) == MASK
    with pytest.raises(SealMisused):
        opened(name)


def test_the_text_of_one_row_is_not_given_to_another_unopened(letter):
    for borrowed in (again(letter), letter):
        with pytest.raises(SealMisused, match="sealed for row"), transaction.atomic():
            Letter(name=borrowed.name).save()
    copied = again(letter)
    copied.pk = uuid4()
    with pytest.raises(SealMisused), transaction.atomic():
        copied.save(force_insert=True)


@pytest.mark.parametrize("wrong", [7, b"bytes", ["list"]])
def test_only_a_text_is_taken(wrong):
    with pytest.raises(SealMisused, match="takes a text"):
        Letter(name=wrong)


def test_eight_threads_see_only_masks_and_their_own_texts(letter):
    rows = [Letter(name=f"{NAME}{n}") for n in range(40)]
    field = Letter._meta.get_field("name")

    def work(_):
        for _round in range(25):
            for n, row in enumerate(rows):
                field.pre_save(row, add=False)
                assert str(row.name) == MASK
                assert opened(row.name) == f"{NAME}{n}"
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))


def test_a_blind_index_depends_on_label_value_and_ring(settings, tmp_path):
    one = blind_index("a", "13800000000")
    assert len(one) == 32
    assert one == blind_index("a", "13800000000")
    assert one not in (blind_index("b", "13800000000"), blind_index("a", "13800000001"))
    settings.KEY_RING = tmp_path / "keys.json"
    create(settings.KEY_RING)
    assert one != blind_index("a", "13800000000")


def test_the_label_is_frozen_in_migrations():
    _, path, args, kwargs = Letter._meta.get_field("note").deconstruct()
    assert (path, args, kwargs) == (
        "chengnuo.foundation.sealed.SealedField",
        [],
        {"blank": True, "label": "test.letter.note"},
    )


def test_checks_ask_for_a_made_id_and_a_label_of_its_own():
    class Bad(models.Model):
        one = SealedField(label="test.bad")
        two = SealedField(label="test.bad")

        class Meta:
            apps = Apps()
            app_label = "shelf"

    assert {found.id for found in Bad._meta.get_field("one").check()} == {
        "foundation.E001",
        "foundation.E002",
    }
    assert Letter._meta.get_field("name").check() == []
    with pytest.raises(SealMisused):
        Bad._meta.get_field("one").pre_save(Bad(one="x"), add=True)


# what belongs to something else


@pytest.fixture
def enclosure(letter):
    return Enclosure.objects.create(letter=letter.pk, text=NAME)


def read_for(enclosure, letter):
    return Enclosure.objects.get(pk=enclosure.pk).text.reveal(by=system(), reason="test", of=letter.pk)


def test_what_is_sealed_to_an_owner_opens_for_it_alone(enclosure, letter, looks):
    assert read_for(enclosure, letter) == NAME
    assert looks[-1]["row"] == str(enclosure.pk)
    with pytest.raises(SealBroken):
        read_for(enclosure, Letter.objects.create(name="别人"))
    with pytest.raises(SealBroken):
        opened(Enclosure.objects.get(pk=enclosure.pk).text)
    assert len(looks) == 1


def test_a_row_that_is_given_another_owner_opens_for_neither(enclosure, letter):
    other = Letter.objects.create(name="别人")
    Enclosure.objects.filter(pk=enclosure.pk).update(letter=other.pk)
    for each in (letter, other):
        with pytest.raises(SealBroken):
            read_for(enclosure, each)


def test_without_its_owner_it_is_neither_written_nor_read(enclosure, letter):
    with pytest.raises(SealMisused), transaction.atomic():
        Enclosure(text=NAME).save(force_insert=True)
    with pytest.raises(SealMisused):
        Enclosure.objects.only("text").get(pk=enclosure.pk).text.reveal(by=system(), reason="test", of=letter.pk)


def test_it_can_be_saved_again_for_the_same_owner(enclosure, letter):
    found = Enclosure.objects.get(pk=enclosure.pk)
    found.text = "另一句"
    found.save()
    assert read_for(enclosure, letter) == "另一句"
