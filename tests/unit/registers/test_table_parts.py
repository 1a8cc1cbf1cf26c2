"""What goes on without a person, with tables of the register: parts in order, once, two tables beside each other, and the end in time."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.foundation.actor import system
from chengnuo.foundation.models import LogEntry, StoredFile
from chengnuo.foundation.refused import MoveRefused
from chengnuo.imports.models import ImportBatch, ImportChunk
from chengnuo.imports.operations import applying, ending, onward, rehearsing, undoing
from chengnuo.imports.operations.stage import stage
from chengnuo.registers.models import Resident
from chengnuo.registers.queries import COUNTS, index_of
from chengnuo.registers.tables import Deaths
from tests.factories import county, residents, tables
from tests.unit.registers.test_tables import DEATHS, DESK, HEAD, applied, ordered, rehearsed, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW, MOMENT = county.MONDAY, timedelta(seconds=1)
THIRTY = NOW + timedelta(days=30)


def staged(rows, target="residents", head=HEAD, at=NOW):
    content = tables.text([head, *rows])
    return stage(target=target, content=content, by=county.officer(DESK, at=at), at=at, key=uuid4())


def fresh(batch):
    return ImportBatch.objects.get(pk=batch.pk)


def person(order=1):
    return Resident.objects.get(COUNTS, identity_index=index_of(residents.number(order=order)))


def kept_rows():
    """The parts of which anything that was read is still kept."""
    return [each.pk for each in ImportChunk.objects.all() if each.rows is not None or each.before is not None]


def name_of(row):
    return row.name.reveal(by=system(), reason="a test")


def died(order=1):
    return [residents.number(order=order), "2026-02-03"]


# parts


def test_the_table_that_waits_longest_goes_first_and_a_round_does_so_many_parts():
    later, first = staged([row(1)]), staged([row(2)], at=NOW - MOMENT)
    found = []
    for limit in (0, 1, 1, 5):
        done = onward.go_on(at=NOW, limit=limit)
        found.append((done, fresh(first).status, fresh(later).status))
    assert found == [
        (0, "staged", "staged"),
        (1, "rehearsed", "staged"),
        (1, "rehearsed", "rehearsed"),
        (0, "rehearsed", "rehearsed"),
    ], "what waits for a person is no work"


def test_a_part_that_two_workers_do_at_once_is_done_once():
    batch = ordered([row(order) for order in range(1, 502)])
    for does, left in ((applying.put_next, 500), (applying.put_next, 501)):
        before = fresh(batch)
        for _worker in range(2):
            does(before, at=NOW)
        assert Resident.objects.count() == left
    assert (fresh(batch).status, fresh(batch).done) == ("applied", 11)
    undoing.undo(batch=batch.pk, by=county.officer(DESK), at=NOW, key=uuid4())
    for left in (50, 0):
        before = fresh(batch)
        for _worker in range(2):
            undoing.take_back_next(before, at=NOW)
        assert Resident.objects.count() == left, "the last part first"
    assert LogEntry.objects.filter(schema="import_batch.take_back/1").count() == 2


@pytest.mark.parametrize(("count", "status"), [(500, "rehearsed"), (501, "staged")])
def test_five_hundred_rows_are_done_while_their_person_waits_and_one_more_is_not(count, status):
    batch = staged([row(order) for order in range(1, count + 1)])
    onward.go_on_with(uuid4(), at=NOW)
    assert fresh(batch).status == "staged", "of no other table anything"
    onward.go_on_with(batch.pk, at=NOW)
    assert fresh(batch).status == status
    assert not Resident.objects.exists(), "a rehearsal changes nothing"


# two tables beside each other


def test_a_death_that_comes_in_while_a_table_is_half_in_loses_nothing_of_either():
    residents.living(residents.number(order=1), "旧名字")
    ordered([row(order, name="新名字") for order in range(1, 502)])
    onward.go_on(at=NOW, limit=1)
    death = staged([died()], "deaths", DEATHS, at=NOW - MOMENT)
    onward.go_on(at=NOW, limit=1)
    assert (fresh(death).changes, fresh(death).refusals) == (1, 0)
    applying.apply(batch=death.pk, by=county.officer(DESK), at=NOW, key=uuid4())
    onward.go_on(at=NOW, limit=9)
    assert (person().standing, name_of(person())) == ("died", "新名字")
    assert Resident.objects.filter(person=person().person).count() == 3


def test_of_a_death_and_a_move_rehearsed_side_by_side_the_second_is_left_and_listed():
    residents.living(residents.number(order=1))
    moved, death = rehearsed([row(1, moved="2026-01-04")]), rehearsed([died()], target="deaths", head=DEATHS)
    for batch in (death, moved):
        applying.apply(batch=batch.pk, by=county.officer(DESK), at=NOW, key=uuid4())
        onward.go_on(at=NOW, limit=9)
    assert (fresh(death).left, fresh(moved).left) == (0, 1)
    assert (person().standing, person().number) == ("died", 2)
    assert list(ImportChunk.objects.filter(batch=moved).values_list("left", flat=True)) == [[2]]


def test_nobody_is_added_by_their_death():
    with pytest.raises(TypeError, match="1 rows"):
        Deaths().add({residents.number(): {}}, None, uuid4())
    assert not Resident.objects.exists()


# the end in time


def test_what_nobody_decided_about_ends_at_thirty_days_to_the_second_and_what_is_in_stays_in():
    is_in, waiting = applied([row(1)]), rehearsed([row(2)])
    unread = staged([row(3)])
    assert ending.end_old(at=THIRTY - MOMENT, limit=9) == 0
    assert ending.end_old(at=THIRTY, limit=2) == 2, "so many a night"
    assert [ending.end_old(at=THIRTY, limit=9) for _again in range(2)] == [1, 0]
    assert (fresh(waiting).status, fresh(is_in).status) == ("dropped", "closed")
    assert fresh(unread).status == "dropped"
    assert kept_rows() == []
    assert not StoredFile.objects.filter(pk__in=ImportBatch.objects.exclude(file=None).values("file")).exists()
    assert list(Resident.objects.values_list("pk", flat=True)) == [person().pk]
    with pytest.raises(MoveRefused):
        undoing.undo(batch=is_in.pk, by=county.officer(DESK, at=THIRTY), at=THIRTY, key=uuid4())


def test_what_is_half_in_at_thirty_days_goes_on_and_ends_afterwards():
    batch = ordered([row(order) for order in range(1, 502)])
    onward.go_on(at=NOW, limit=1)
    assert ending.end_old(at=THIRTY, limit=9) == 0
    assert onward.go_on(at=THIRTY, limit=9) == 1
    assert ending.end_old(at=THIRTY, limit=9) == 1
    assert (fresh(batch).status, Resident.objects.filter(COUNTS).count()) == ("closed", 501)


def test_a_table_that_two_workers_end_at_once_ends_once():
    batch = rehearsed([row(1)])
    assert [ending.end_by_itself(batch, at=THIRTY) for _worker in range(2)] == [1, 0]
    assert LogEntry.objects.filter(schema="import_batch.lapse/1").count() == 1


def test_after_a_restore_what_was_in_stays_half_in_goes_on_and_nothing_can_be_undone():
    is_in, waiting = applied([row(900)]), rehearsed([row(901)])
    half = ordered([row(order) for order in range(1, 502)])
    onward.go_on(at=NOW, limit=1)
    ending.drop_all(NOW)
    assert [fresh(each).status for each in (is_in, waiting, half)] == ["closed", "dropped", "applying"]
    onward.go_on(at=NOW, limit=9)
    assert Resident.objects.filter(COUNTS).count() == 502
    assert not Resident.objects.filter(identity_index=index_of(residents.number(order=901))).exists()


def test_a_table_that_is_dropped_in_the_middle_of_its_rehearsal_keeps_no_row(monkeypatch):
    batch, real = staged([row(1)]), rehearsing.rehearse

    def meanwhile(*said):
        ending.drop(batch=batch.pk, by=county.officer(DESK), at=NOW, key=uuid4())
        return real(*said)

    monkeypatch.setattr(rehearsing, "rehearse", meanwhile)
    onward.go_on(at=NOW, limit=1)
    assert fresh(batch).status == "dropped"
    assert kept_rows() == []
