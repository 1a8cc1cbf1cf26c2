"""Tables of residents and deaths through the import gate: hidden until they are in, undone where nobody changed anything since."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengnuo.core.identity import eighteen
from chengnuo.foundation.actor import system
from chengnuo.foundation.models import Look
from chengnuo.foundation.refused import NotAllowed, NotHere
from chengnuo.imports import queries as imports
from chengnuo.imports.models import ImportBatch
from chengnuo.imports.operations import applying, ending, onward, undoing
from chengnuo.imports.operations.stage import stage
from chengnuo.people.models import Holding
from chengnuo.registers.models import Resident, ResidentGram
from chengnuo.registers.operations import putting_right
from chengnuo.registers.operations.putting_right import PutRightMeanwhile
from chengnuo.registers.queries import COUNTS
from chengnuo.registers.tables import Deaths, Residents
from chengnuo.web.tables.words import line_of
from tests.factories import county, money, residents, tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW, DESK = county.MONDAY, "health-bureau.desk"
FINANCE = money.FINANCE_DESK
HEAD = ["公民身份号码", "姓名", "出生日期", "村代码", "户口迁出日期"]
DEATHS = ["身份证号", "去世日期"]
CODE, ELSEWHERE = "420526101201", "420526101202"


def rehearsed(rows, target="residents", head=HEAD):
    said = {"by": county.officer(DESK), "at": NOW}
    batch = stage(target=target, content=tables.text([head, *rows]), key=uuid4(), **said)
    onward.go_on_with(batch.pk, at=NOW)  # what is small does not wait for what is large
    if ImportBatch.objects.get(pk=batch.pk).status == "staged":
        onward.go_on(at=NOW, limit=1)
    return ImportBatch.objects.get(pk=batch.pk)


def ordered(rows, **how):
    return applying.apply(batch=rehearsed(rows, **how).pk, by=county.officer(DESK), at=NOW, key=uuid4())


def applied(rows, **how):
    batch = ordered(rows, **how)
    onward.go_on(at=NOW, limit=100)
    return ImportBatch.objects.get(pk=batch.pk)


def undone(batch):
    undoing.undo(batch=batch.pk, by=county.officer(DESK), at=NOW, key=uuid4())
    onward.go_on(at=NOW, limit=100)
    return ImportBatch.objects.get(pk=batch.pk)


KINDS = [("residents", HEAD, lambda: row(1)), ("deaths", DEATHS, lambda: [residents.number(order=1), "2026-02-03"])]


@pytest.mark.parametrize(("target", "head", "said"), KINDS)
def test_only_the_office_that_keeps_the_register_reads_or_writes_it_by_a_table(target, head, said):
    person = residents.living(residents.number(order=1))
    batch = ordered([said()], target=target, head=head)
    for post, offered in ((DESK, True), (FINANCE, False)):
        by = county.officer(post)
        assert (target in {each.name for each in imports.targets_of(by)}) is offered
        assert [each.pk for each in imports.batches(by, most=9)] == ([batch.pk] if offered else [])
    other, content = county.officer(FINANCE), tables.text([head, said()])
    with pytest.raises(NotAllowed):
        stage(target=target, content=content, by=other, at=NOW, key=uuid4())
    # nor where another office than the keeper's took it in before the keeper changed
    ImportBatch.objects.update(office=next(iter(other.offices)), post=next(iter(other.posts)))
    for does in (applying.apply, undoing.undo, ending.drop):
        with pytest.raises(NotHere):
            does(batch=batch.pk, by=other, at=NOW, key=uuid4())
    for action in ("see", "apply", "undo", "drop"):
        with pytest.raises(NotHere):
            imports.batch(other, batch.pk, action=f"import_batch.{action}")
    assert Resident.objects.filter(COUNTS, person=person.person).count() == 1


def test_a_rehearsal_keeps_and_shows_nothing_of_what_stands_in_the_register():
    residents.living(residents.number(order=1), "旧名字", village=county.village(CODE).pk)
    before = rehearsed([row(1, name="新名字", village=ELSEWHERE, moved="2026-01-04")])
    (planned,) = imports.rows(county.officer(DESK), before)
    assert set(planned.was) >= {"name", "village", "moved"}
    assert set(planned.was.values()) == {""}
    for target in (Residents(), Deaths()):
        assert all(column.secret for column in target.layout.columns)
    shown = " ".join(line_of(planned, Residents()).says)
    assert not [said for said in ("旧名字", "新名字", CODE, ELSEWHERE, "2026-01-04") if said in shown]


@pytest.mark.parametrize(("target", "head", "said"), KINDS)
def test_whoever_takes_a_table_in_has_looked_at_everybody_in_it_who_stands_there(target, head, said):
    """What it says of a row, that it changes or stays, tells them something: it is their look, with its reason, and no one else's."""
    person, other = (residents.living(residents.number(order=order)) for order in (1, 2))
    rehearsed([said()], target=target, head=head)
    (look,) = Look.objects.filter(label="registers.resident.name")
    assert (look.account, look.row) == (county.officer(DESK).account, str(person.pk))
    assert (look.reason, look.day) == ("a table compared with the register", NOW.date())
    assert look.row != str(other.pk)
    applied([said()], target=target, head=head)
    assert Look.objects.filter(row=str(person.pk), label="registers.resident.name").count() == 1, "once a day"


@pytest.mark.parametrize("is_vacant", [True, False])
def test_a_table_goes_in_when_its_post_is_no_longer_theirs_and_who_took_it_in_has_looked(is_vacant):
    batch, brought_by = ordered([row(1)]), county.officer(DESK).account
    Holding.objects.filter(post__key=DESK).update(ends=NOW.date())
    assert is_vacant or county.officer(DESK).account != brought_by
    person = residents.living(residents.number(order=1))
    onward.go_on(at=NOW, limit=5)
    batch.refresh_from_db()
    assert (batch.status, batch.left) == ("applied", 1)
    (look,) = Look.objects.filter(label="registers.resident.name")
    assert (look.account, look.row) == (brought_by, str(person.pk))


def test_looks_at_five_hundred_people_are_kept_in_few_statements():
    for order in range(1, 301):
        residents.living(residents.number(order=order), name="旧名字")
    ordered([row(order) for order in range(1, 301)])
    with CaptureQueriesContext(connection) as asked:
        onward.go_on(at=NOW, limit=1)
    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) <= 30
    assert Look.objects.filter(label="registers.resident.name").count() == 300


def row(order=1, name="欧阳桂兰", born="1956-03-01", village=CODE, moved=""):
    return [residents.number(order=order), name, born, village, moved]


def counting():
    """Everybody as the register knows them, by number."""
    found = Resident.objects.filter(COUNTS).select_related("village")
    told = {"by": system(), "reason": "a test"}
    return {
        each.identity.reveal(**told): (each.name.reveal(**told), each.standing, each.since, str(each.born))
        for each in found
    }


def test_a_table_of_residents_and_one_of_deaths_go_in_and_out():
    rows = [row(1), row(2, name="王秀英", born=""), row(3, moved="2025-12-01")]
    first = applied(rows)
    before = counting()
    assert before == {
        rows[0][0]: ("欧阳桂兰", "living", None, "1956-03-01"),
        rows[1][0]: ("王秀英", "living", None, "1956-03-01"),
        rows[2][0]: ("欧阳桂兰", "moved", date(2025, 12, 1), "1956-03-01"),
    }
    nobody = residents.number(order=9)
    dead = applied(
        [[rows[1][0], "2026-02-03"], [rows[2][0], "2026-02-04"], [nobody, "2026-02-05"]], target="deaths", head=DEATHS
    )
    assert (dead.changes, dead.refusals) == (2, 1), "who is not in the register is named"
    assert counting()[rows[1][0]][1:3] == ("died", date(2026, 2, 3))
    assert undone(dead).stayed == 0
    assert counting() == before, "who had moved has moved again"
    assert undone(first).stayed == 2, "two rows were changed since: they stay, and are listed"
    assert counting() == {number: said for number, said in before.items() if number != rows[0][0]}


def test_an_undo_of_what_nobody_touched_leaves_nothing():
    undone(applied([row(1), row(2)]))
    assert (Resident.objects.count(), ResidentGram.objects.count()) == (0, 0)


def test_nothing_of_a_large_table_is_seen_before_all_of_it_is_in():
    residents.living(residents.number(order=1), name="旧名字")
    rows = [row(order, name="新名字") for order in range(1, 700)]
    ordered(rows)
    assert onward.go_on(at=NOW, limit=1) == 1
    assert Resident.objects.count() == 501
    assert [name for name, *_rest in counting().values()] == ["旧名字"]
    onward.go_on(at=NOW, limit=5)
    assert {name for name, *_rest in counting().values()} == {"新名字"}
    assert len(counting()) == 699


def test_of_two_tables_that_go_in_together_neither_undoes_the_other():
    applied([row(order) for order in range(1, 600)])
    died = rehearsed([[residents.number(order=550), "2026-02-03"]], target="deaths", head=DEATHS)
    ordered([row(order, village=ELSEWHERE) for order in range(1, 600)])
    onward.go_on(at=NOW, limit=5)
    applying.apply(batch=died.pk, by=county.officer(DESK), at=NOW, key=uuid4())
    onward.go_on(at=NOW, limit=5)
    died.refresh_from_db()
    assert (died.left, counting()[residents.number(order=550)][1]) == (1, "living"), "left as it stood, and listed"


@pytest.mark.parametrize("rehearsed_first", [True, False])
def test_a_death_that_comes_in_meanwhile_shows_nothing_of_a_table_that_is_half_in(rehearsed_first):
    """It waits until that is in: nobody sees a name before its table is in, nor is anything of it undone."""
    residents.living(residents.number(order=1), name="旧名字")
    told = [[residents.number(order=1), "2026-02-03"], [residents.number(order=2), "2026-02-03"]]
    first = rehearsed(told, target="deaths", head=DEATHS) if rehearsed_first else None
    ordered([row(order, name="新名字") for order in range(1, 700)])
    onward.go_on(at=NOW, limit=1)
    assert counting() == {residents.number(order=1): ("旧名字", "living", None, "1956-03-01")}
    died = first or rehearsed(told, target="deaths", head=DEATHS)
    applying.apply(batch=died.pk, by=county.officer(DESK), at=NOW, key=uuid4())
    onward.go_on_with(died.pk, at=NOW)
    died.refresh_from_db()
    assert (died.status, died.done) == ("applying", 0)
    assert counting() == {residents.number(order=1): ("旧名字", "living", None, "1956-03-01")}, "not before it is in"
    assert onward.go_on(at=NOW, limit=5) == 2, "the rest of the large one, and then the small one"
    died.refresh_from_db()
    assert (died.status, died.left) == ("applied", 1 if rehearsed_first else 0), "changed since, where it was before"
    assert {name for name, *_rest in counting().values()} == {"新名字"}
    assert [how for _name, how, *_rest in counting().values()].count("died") == (0 if rehearsed_first else 2)


def test_a_table_leaves_alone_what_another_one_half_in_brings_and_its_undo_does_too():
    person = residents.living(residents.number(order=1), name="旧名字")
    small = applied([row(1, name="别的名字")])
    ordered([row(order, name="新名字") for order in range(1, 700)])
    onward.go_on(at=NOW, limit=1)
    with pytest.raises(applying.AnotherUnderWay):
        undoing.undo(batch=small.pk, by=county.officer(DESK), at=NOW, key=uuid4())
    with pytest.raises(PutRightMeanwhile):
        putting_right.put_right(
            person=person.person,
            name="手写的名字",
            born=person.born,
            standing="living",
            since=None,
            by=county.officer(DESK),
            at=NOW,
            key=uuid4(),
        )
    assert [name for name, *_rest in counting().values()] == ["别的名字"]
    onward.go_on(at=NOW, limit=5)
    assert {name for name, *_rest in counting().values()} == {"新名字"}


def test_a_number_of_fifteen_digits_and_one_of_eighteen_are_one_person():
    former = "420526560301001"
    whole = eighteen(former)
    batch = rehearsed([[former, "欧阳桂兰", "", CODE, ""], [whole, "欧阳桂兰", "", CODE, ""]])
    assert (batch.adds, batch.refusals) == (1, 1), "within one table"
    applied([[whole, "欧阳桂兰", "", CODE, ""]])
    again = rehearsed([[former, "欧阳桂兰", "", CODE, ""]])
    assert (again.sames, again.adds) == (1, 0), "and beside what stands there"


def test_a_name_is_a_name_and_a_remark_beside_it_is_not():
    rows = [
        row(1, name="杨超生"),
        row(2, name="阿依古丽·买买提"),
        row(3, name="王桂兰（怀孕）"),
        row(4, name="王兰怀孕"),
    ]
    batch = applied(rows)
    assert (batch.adds, batch.refusals) == (2, 2)
    assert {name for name, *_rest in counting().values()} == {"杨超生", "阿依古丽·买买提"}


def test_what_no_office_may_hold_is_not_read_and_an_unknown_village_is_refused():
    head = [*HEAD, "户主姓名", "配偶", "子女数"]
    batch = rehearsed([[*row(1), "张三", "李四", 2], [*row(2, village="420526999999"), "", "", 1]], head=head)
    assert (batch.adds, batch.refusals) == (1, 1)
    assert set(batch.columns) == {"id", "name", "born", "village", "moved"}
    said = [str(each.values) for each in imports.rows(county.officer(DESK), batch)]
    assert not [words for words in said if "张三" in words or "李四" in words]


def test_a_correction_by_a_later_table_is_a_row_of_the_same_person():
    applied([row(1)])
    (person,) = Resident.objects.values_list("person", flat=True)
    batch = applied([row(1, village=ELSEWHERE)])
    assert batch.changes == 1
    newest = Resident.objects.get(COUNTS)
    assert (newest.person, newest.number) == (person, 2)
    assert newest.village_id == county.village(ELSEWHERE).pk
    assert undone(batch).stayed == 0
    assert Resident.objects.get(COUNTS).village_id == county.village().pk


def test_what_was_read_of_a_table_is_gone_after_thirty_days_and_the_register_stays():
    applied([row(1)])
    assert onward.go_on(at=NOW + timedelta(days=31), limit=5) == 0
    assert len(counting()) == 1


def test_a_part_of_five_hundred_rows_is_one_short_act():
    ordered([row(order) for order in range(1, 501)])
    with CaptureQueriesContext(connection) as asked:
        onward.go_on(at=NOW, limit=1)
    said = [query["sql"][:90] for query in asked if "SAVEPOINT" not in query["sql"]]
    # of 999 places a statement, each row of the register takes twelve and each run of a name two
    assert len(said) <= 20, "\n".join(said)
