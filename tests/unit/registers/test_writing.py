"""Rows of the register as they are written and taken away, and names as they are kept."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from chengnuo.foundation.actor import system
from chengnuo.foundation.grams import grams, matching
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.imports.faults import Unreadable
from chengnuo.registers import names, queries
from chengnuo.registers.internal.writing import take_away, write
from chengnuo.registers.models import Resident, ResidentGram
from tests.factories import residents

database = pytest.mark.django_db


def found_by(words):
    return set(matching(ResidentGram, words).values_list("owner", flat=True))


def runs_of(row):
    return {bytes(gram) for gram in ResidentGram.objects.filter(owner=row.pk).values_list("gram", flat=True)}


@database
def test_new_ones_and_later_rows_of_known_ones_are_told_apart_in_one_write():
    known = residents.living(residents.number(order=1), "欧阳桂兰")
    rows = [residents.known(residents.number(order=order), name) for order, name in ((1, "司马桂兰"), (2, "司马桂兰"))]
    later, new = write(rows, [known, None], batch=None)
    assert (later.person, later.number) == (known.person, 2)
    assert new.number == 1
    assert new.person not in {known.person, new.pk, later.pk}, "a person is known by no row"
    assert len({known.pk, later.pk, new.pk}) == 3, "what stood there stays beside it"
    assert Resident.objects.get(queries.COUNTS, person=known.person).pk == later.pk
    # whoever changes what was changed meanwhile writes no second row of that number
    with pytest.raises(IntegrityError), transaction.atomic():
        write(rows[:1], [known], batch=None)
    assert write(rows[:1], [later], batch=None)[0].number == 3


@database
def test_each_row_is_found_by_its_own_name_alone_and_shares_no_run_with_another_owner():
    first = residents.living(residents.number(order=1), "欧阳桂兰")
    later = residents.changed(first, residents.number(order=1), name="司马桂兰")
    other = residents.living(residents.number(order=2), "阿依古丽·买买提")
    assert (runs_of(first), runs_of(later)) == (grams("欧阳桂兰"), grams("司马桂兰"))
    assert found_by("桂兰") == {first.pk, later.pk}
    assert (found_by("欧阳"), found_by("丽买")) == ({first.pk}, {other.pk}), "a dot within a name is no gap"
    assert found_by("阳司") == set(), "no run from one name into the next"


@database
@pytest.mark.parametrize(("name", "runs"), [("丁", 1), ("丁丁丁丁", 1), ("·", 0), ("欧阳桂兰", 3)])
def test_a_name_of_one_sign_and_one_that_repeats_itself_have_each_run_once(name, runs):
    row = residents.living(name=name)
    assert len(runs_of(row)) == ResidentGram.objects.filter(owner=row.pk).count() == runs


@database
def test_however_many_come_two_statements_write_them_and_nothing_is_written_for_none():
    asked = []
    for count in (1, 30):
        some = [residents.known(residents.number(order=order + count)) for order in range(1, count + 1)]
        with CaptureQueriesContext(connection) as seen:
            write(some, [None] * count, batch=None)
        asked.append(len([each for each in seen if "INSERT" in each["sql"]]))
    assert asked == [2, 2]
    with CaptureQueriesContext(connection) as seen:
        assert write([], [], batch=None) == []
    assert not [each for each in seen if "INSERT" in each["sql"]]


@database
def test_rows_that_do_not_match_those_before_them_are_no_write_at_all():
    known = residents.living()
    some = [residents.known(residents.number(order=order)) for order in (2, 3)]
    for before in ([], [None], [None, None, None]):
        with pytest.raises(ValueError, match="zip"):
            write(some, before, batch=None)
    # one that cannot be takes the others with it: two entries under one number
    with pytest.raises(IntegrityError), transaction.atomic():
        write([residents.known(residents.number(order=2)), residents.known()], [None, None], batch=None)
    assert list(Resident.objects.values_list("pk", flat=True)) == [known.pk]
    assert set(ResidentGram.objects.values_list("owner", flat=True)) == {known.pk}


@database
def test_what_is_written_is_sealed_and_opened_only_by_its_own_row():
    residents.living(residents.number(order=5), "欧阳桂兰")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name, identity FROM {Resident._meta.db_table}")  # our own table
        stored = b"".join(bytes(cell) if not isinstance(cell, str) else cell.encode() for cell in cursor.fetchone())
    assert "桂兰".encode() not in stored
    assert residents.number(order=5).encode() not in stored
    fresh = Resident.objects.get()
    assert fresh.name.reveal(by=system(), reason="a test") == "欧阳桂兰"
    assert bytes(fresh.identity_index) == queries.index_of(residents.number(order=5))
    assert "欧阳" not in f"{fresh!r} {fresh} {fresh.name} {fresh.name!r}"


@database
def test_rows_that_are_taken_away_take_what_finds_them_and_no_other_row():
    first = residents.living(residents.number(order=1))
    later = residents.changed(first, residents.number(order=1), name="司马桂兰")
    other = residents.living(residents.number(order=2))
    take_away([])
    assert Resident.objects.count() == 3
    for _again in range(2):
        take_away([later.pk, uuid4()])
        assert Resident.objects.get(queries.COUNTS, person=first.person).pk == first.pk, "the former row counts again"
        assert found_by("桂兰") == {first.pk, other.pk}
    take_away([first.pk, other.pk])
    assert (Resident.objects.count(), ResidentGram.objects.count()) == (0, 0)


@database
def test_a_day_of_a_death_stands_with_a_death_alone():
    for wrong in ({"standing": "died"}, {"standing": "moved"}, {"since": date(2026, 1, 1)}, {"standing": "gone"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            residents.living(**wrong)
    assert not ResidentGram.objects.exists(), "nothing finds a row that is not there"


# names


GOOD = ["超生", "王超生", "欧阳桂兰", "阿依古丽·买买提", "丁", "名" * 40, "Zhang San"]
REMARKS = ["王兰怀孕", "王兰（怀孕）", "王 兰 怀 孕", "王兰怀\u200b孕", "王桂兰 pregnant"]


@pytest.mark.parametrize("name", GOOD)
def test_a_name_is_kept_as_it_is_from_a_table_and_from_a_hand(name):
    assert names.in_a_table(name) == names.typed(name) == name
    assert names.typed(f" \t{name}\n ") == name
    assert names.in_a_table(f"'{name} ") == name, "an apostrophe is what Excel keeps text with"


@pytest.mark.parametrize("name", REMARKS)
def test_a_remark_beside_a_name_is_refused_from_a_table_and_from_a_hand(name):
    with pytest.raises(Unreadable) as told:
        names.in_a_table(name)
    assert "王" not in str(told.value), "a refusal quotes no cell"
    with pytest.raises(NotForTheRecord):
        names.typed(name)


def test_three_signs_are_a_name_and_a_fourth_makes_it_words():
    assert len("怀孕了") == names.SHORT
    assert names.in_a_table("怀孕了") == names.typed(" 怀孕了 ") == "怀孕了"
    with pytest.raises(NotForTheRecord):
        names.typed("怀孕了吗")
    with pytest.raises(Unreadable):
        names.in_a_table("怀孕了吗")
    with pytest.raises(Unreadable):
        names.in_a_table("名" * 41)
    assert names.in_a_table(" ") == ""
