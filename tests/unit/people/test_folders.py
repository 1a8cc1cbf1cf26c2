"""A resident's own folder of receipts: a name and a password open it, and a reader of the database learns neither."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengnuo.foundation.actor import visitor
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.refused import NotHere
from chengnuo.foundation.seals import SealBroken
from chengnuo.people.models import Folder
from chengnuo.people.operations import folders
from chengnuo.people.operations.accounts import NameTaken, WeakPassword
from chengnuo.people.operations.folders import MOST, FolderFull
from tests.factories import county

pytestmark = pytest.mark.django_db
NAME, GOOD = "桂兰的 Folder", "四个 不相干 的词 长江"
TODAY = county.MONDAY.date()
ME = visitor()


@pytest.fixture
def folder():
    return folders.make(name=NAME, password=GOOD, on=TODAY).pk


def opened(name=NAME, password=GOOD, on=TODAY):
    return folders.opened(name=name, password=password, on=on)


def held(folder):
    return folders.receipts(folder, by=ME)


@pytest.mark.parametrize("typed", [NAME, NAME.upper(), NAME.lower()])
def test_its_name_opens_it_whatever_its_letters(folder, typed):
    assert opened(typed).pk == folder
    with pytest.raises(NameTaken):
        folders.make(name=typed, password=GOOD, on=TODAY)


@pytest.mark.parametrize(("name", "password"), [(NAME, "另外 四个 词语 黄河"), ("nobody", GOOD), (NAME, ""), ("", "")])
def test_what_does_not_fit_opens_nothing_and_prolongs_nothing(folder, name, password):
    assert opened(name, password, TODAY + timedelta(days=9)) is None
    assert Folder.objects.get(pk=folder).used_on == TODAY


def test_opening_it_says_that_it_is_still_used(folder):
    later = TODAY + timedelta(days=99)
    opened(on=later)
    assert Folder.objects.get(pk=folder).used_on == later


@pytest.mark.parametrize("password", ["", "short", "password", "12345678"])
def test_a_password_that_would_be_guessed_is_refused(password):
    with pytest.raises(WeakPassword):
        folders.make(name=NAME, password=password, on=TODAY)
    assert not Folder.objects.exists()


def test_the_database_tells_neither_name_password_nor_case(folder):
    case = uuid4()
    folders.add(folder, case=case, codes=1, by=ME)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_folder")
        row = b" ".join(
            bytes(part) if isinstance(part, (bytes, memoryview)) else str(part).encode() for part in cursor.fetchone()
        )
    for secret in (NAME.encode(), NAME.casefold().encode(), GOOD.encode(), str(case).encode(), case.hex.encode()):
        assert secret not in row


def test_it_is_no_act_of_an_institution_and_in_no_log(folder):
    before = LogEntry.objects.count()
    folders.add(folder, case=uuid4(), codes=0, by=ME)
    opened()
    folders.delete(folder, at=county.MONDAY)
    assert LogEntry.objects.count() == before


def test_the_same_receipt_again_is_one_with_its_newest_number_of_codes(folder):
    one, other = uuid4(), uuid4()
    for case, codes in ((one, 0), (other, 2), (one, 3), (one, 3)):
        folders.add(folder, case=case, codes=codes, by=ME)
    assert held(folder) == {one: 3, other: 2}


def test_fifty_fit_and_not_one_more_and_what_is_in_it_can_still_be_renewed(folder):
    several = [UUID(int=number) for number in range(1, MOST + 1)]
    for case in several:
        folders.add(folder, case=case, codes=0, by=ME)
    with pytest.raises(FolderFull):
        folders.add(folder, case=uuid4(), codes=0, by=ME)
    folders.add(folder, case=several[0], codes=1, by=ME)
    assert held(folder) == dict.fromkeys(several, 0) | {several[0]: 1}
    folders.take_out(folder, cases=frozenset(several[:1]), by=ME)
    folders.add(folder, case=uuid4(), codes=0, by=ME)
    assert len(held(folder)) == MOST


CASE = st.integers(1, 6).map(lambda number: UUID(int=number))
STEPS = st.lists(st.tuples(st.just("add"), CASE, st.integers(0, 9)) | st.tuples(st.just("out"), st.frozensets(CASE)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_put_in_and_taken_out_it_holds_what_a_table_would(folder, steps):
    folders.take_out(folder, cases=frozenset(held(folder)), by=ME)
    wanted: dict[UUID, int] = {}
    for kind, *said in steps:
        if kind == "add":
            folders.add(folder, case=said[0], codes=said[1], by=ME)
            wanted[said[0]] = said[1]
        else:
            folders.take_out(folder, cases=said[0], by=ME)
            wanted = {case: codes for case, codes in wanted.items() if case not in said[0]}
    assert held(folder) == wanted


def test_what_was_deleted_on_another_telephone_is_told_and_not_made_again(folder):
    Folder.objects.all().delete()
    with pytest.raises(NotHere):
        folders.add(folder, case=uuid4(), codes=0, by=visitor())
    with pytest.raises(NotHere):
        folders.take_out(folder, cases=frozenset({uuid4()}), by=visitor())


def test_deleted_it_is_gone_and_its_name_is_free(folder):
    folders.delete(folder, at=county.MONDAY)
    folders.delete(folder, at=county.MONDAY)
    assert held(folder) is None
    assert opened() is None
    assert held(folders.make(name=NAME, password=GOOD, on=TODAY).pk) == {}


def test_the_receipts_of_one_folder_do_not_open_in_another(folder):
    """Whoever owns the database copies a sealed list into a folder whose password they know."""
    folders.add(folder, case=uuid4(), codes=0, by=ME)
    mine = folders.make(name="mine", password=GOOD, on=TODAY).pk
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_folder SET receipts = (SELECT receipts FROM people_folder WHERE id = %s)", [folder.hex]
        )
    with pytest.raises(SealBroken):
        held(mine)


def test_one_that_was_deleted_does_not_come_back_with_an_older_copy(folder):
    kept, before = folders.make(name="another", password=GOOD, on=TODAY), Folder.objects.get(pk=folder)
    folders.delete(folder, at=county.MONDAY)
    before.save(force_insert=True)  # as a restore brings it back
    assert opened()
    folders.delete_again(county.MONDAY)
    assert opened() is None
    assert list(Folder.objects.values_list("pk", flat=True)) == [kept.pk]
