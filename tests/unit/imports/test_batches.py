"""A batch from its reading to its end: nothing before the order, everything at one stroke, and back again row by row."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from chengnuo.foundation import files, space
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import CHUNK
from chengnuo.foundation.log.erasure import buried
from chengnuo.foundation.models import Look, StoredFile
from chengnuo.foundation.pace import Pace
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, NotAllowed, NotHere, SignInAgain
from chengnuo.foundation.space import NoRoomToWrite
from chengnuo.imports import kept, queries
from chengnuo.imports.models import ImportBatch, ImportChunk
from chengnuo.imports.operations import applying, ending, onward, undoing
from chengnuo.imports.operations.applying import AnotherUnderWay
from chengnuo.imports.operations.stage import stage
from chengnuo.imports.refusals import FileRefused
from chengnuo.imports.targets import PART
from tests.factories import cases, county, register, tables
from tests.factories.register import HEAD, LAYOUT, Entry, admin, applied, ordered, people, rehearsed, sent, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY
MANY = 1203  # twenty-five chunks, three acts


def values(row, **other):
    """As the register holds a row."""
    return {"id": row[0], "name": row[1], "born": row[2], "money": row[3] * 100} | other


def does(operation, batch, by=None, **told):
    return operation(batch=batch.pk, by=by or admin(), **{"at": NOW, "key": uuid4()} | told)


# staging and rehearsing


def test_what_was_read_is_kept_sealed_and_the_file_is_not():
    rows = people(3)
    batch = sent(rows, target="office_contacts", head=["机构编号", "姓名", "x", "电话"])
    file = StoredFile.objects.get()
    lying = (files.folder() / str(file.pk)).read_bytes()
    assert (batch.status, batch.rows, batch.columns) == ("staged", 3, ["key", "telephone"])
    assert rows[0][0].encode() not in lying
    sheet, _header = kept.opened(batch, by=system(), reason="a test")
    assert [row[0] for row in sheet.rows[1:]] == [row[0] for row in rows]


def test_a_rehearsal_says_of_every_row_what_would_happen(register):
    known, changed, new, broken = people(4)
    register.entries = [Entry(row[0], values(row), None) for row in (known, changed)]
    changed[1] = "改名"
    batch = rehearsed([known, changed, new, [broken[0][:-1], *broken[1:]]])
    assert (batch.sames, batch.changes, batch.adds, batch.refusals) == (1, 1, 1, 1)
    rows = list(queries.rows(admin(), batch))
    assert [(row.line, row.verdict) for row in rows] == [(2, "same"), (3, "change"), (4, "add"), (5, "refuse")]
    assert rows[1].was == {"name": "虚构1"}
    assert len(register.entries) == 2, "nothing happened"


@pytest.mark.parametrize("is_hidden", [True, False])
def test_every_row_stands_in_one_chunk_and_what_is_seen_at_once_in_a_single_one(register, is_hidden):
    register.is_hidden = is_hidden
    many = MANY if is_hidden else CHUNK
    batch = rehearsed(people(many))
    assert (batch.rows, batch.adds, batch.chunks) == (many, many, 25 if is_hidden else 1)
    sizes = [len(kept.planned(chunk, by=system(), reason="a test")) for chunk in ImportChunk.objects.order_by("number")]
    assert sizes == [*[PART] * 24, 3] if is_hidden else [CHUNK]
    first = [row.line for row in queries.first_rows(admin(), batch)]
    assert first == list(range(2, CHUNK + 2)), "below the header, in their order"


@pytest.mark.parametrize("size", [10, 120, 500])
def test_as_many_rows_go_in_and_out_with_one_act_as_the_pace_says(register, monkeypatch, size):
    for module in (applying, undoing):
        monkeypatch.setattr(module, "PACE", Pace(size, least=size, most=size))
    rows = people(260)
    batch = ordered(rows)
    acts = onward.go_on(at=NOW, limit=99)
    whole = max(PART, size // PART * PART)
    assert acts == -(-260 // whole)
    assert register.seen() == {row[0]: values(row) for row in rows}
    does(undoing.undo, batch)
    assert onward.go_on(at=NOW, limit=99) == acts + 1, "the end is an act of its own"
    assert register.entries == []


def test_a_rehearsal_that_was_broken_off_begins_anew(register):
    batch = sent(people(700))
    ImportChunk.objects.create(batch=batch, number=1, rows="[]")
    onward.go_on(at=NOW, limit=1)
    assert sum(len(kept.planned(chunk, by=system(), reason="t")) for chunk in ImportChunk.objects.all()) == 700


def test_more_rows_than_a_layout_takes_are_refused():
    with pytest.raises(FileRefused) as refused:
        sent([["k"]] * 501, target="office_contacts", head=["机构编号"])
    assert refused.value.reason == "rows-many"
    with pytest.raises(FileRefused) as refused:
        sent([], target="office_contacts", head=["机构编号"])
    assert refused.value.reason == "empty"


def test_the_same_form_twice_counts_once(register):
    content, key = tables.text([HEAD, *people(2)]), uuid4()
    told = {"target": "register", "by": admin(), "at": NOW, "key": key}
    stage(content=content, **told)
    with pytest.raises(AlreadyReceived):
        stage(content=content, **told)
    assert ImportBatch.objects.count() == StoredFile.objects.count() == 1


# taking in


def test_nothing_is_seen_before_everything_is(register):
    rows = people(MANY)
    ordered(rows)
    for done in (1, 2):
        assert onward.go_on(at=NOW, limit=1) == 1
        assert ImportBatch.objects.get().done == done * 500 // PART
        assert len(register.entries) == done * 500
        assert register.seen() == {}
    assert onward.go_on(at=NOW, limit=10) == 1, "the last chunk, and then nothing waits"
    assert register.seen() == {row[0]: values(row) for row in rows}
    batch = ImportBatch.objects.get()
    assert (batch.status, batch.done, batch.left, batch.applied_at) == ("applied", 25, 0, NOW)


def test_a_row_that_somebody_changed_after_the_rehearsal_is_left_and_listed(register):
    old, new, gone = people(3)
    register.entries = [Entry(row[0], values(row), None) for row in (old, gone)]
    batch = ordered([[old[0], "甲"], [new[0], "乙"], [gone[0], "丙"]])
    register.change({old[0]: {"name": "别人改的"}}, None, None)
    register.add({new[0]: values(new)}, None, None)
    register.entries = [entry for entry in register.entries if entry.key != gone[0]]
    onward.go_on(at=NOW, limit=10)
    batch.refresh_from_db()
    assert (batch.status, batch.left) == ("applied", 3)
    assert queries.not_in(batch) == ([2, 3, 4], [])
    assert register.seen()[old[0]]["name"] == "别人改的"
    assert register.seen()[new[0]] == values(new)


def test_an_interruption_within_a_chunk_leaves_nothing_of_it(register, monkeypatch):
    ordered(people(700))
    onward.go_on(at=NOW, limit=1)
    monkeypatch.setattr(type(register), "_written", lambda *_more: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        onward.go_on(at=NOW, limit=1)
    monkeypatch.undo()
    batch = ImportBatch.objects.get()
    assert (batch.status, batch.done) == ("applying", 10)
    assert not ImportChunk.objects.filter(number__gte=10, before__isnull=False).exists()


def test_it_goes_on_where_it_was_interrupted_and_no_chunk_goes_in_twice(register):
    rows = people(MANY)
    batch = ordered(rows)
    onward.go_on(at=NOW, limit=1)
    stale = ImportBatch.objects.get()
    onward.go_on(at=NOW, limit=1)
    applying.put_next(stale, at=NOW)
    applying.put_next(batch, at=NOW)
    assert len(register.entries) == 1000
    onward.go_on(at=NOW, limit=10)
    assert len(register.entries) == MANY


def test_two_tables_of_one_kind_never_go_in_together(register):
    first, second = rehearsed(people(2)), rehearsed(people(2, "others"))
    does(applying.apply, first)
    with pytest.raises(AnotherUnderWay):
        does(applying.apply, second)
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportBatch.objects.filter(pk=second.pk).update(status="applying", ordered_at=NOW)
    onward.go_on(at=NOW, limit=10)
    does(applying.apply, second)


def test_a_batch_is_never_ordered_without_a_rehearsal_nor_on_a_full_disk(register):
    batch = sent(people(2))
    with pytest.raises(MoveRefused):
        does(applying.apply, batch)
    onward.go_on(at=NOW, limit=1)
    with space.said(1), pytest.raises(NoRoomToWrite):
        does(applying.apply, batch)


def test_what_is_small_is_done_while_its_person_waits_and_what_is_large_is_not(register):
    small, large = sent(people(500)), sent(people(501, "others"))
    for batch in (small, large):
        onward.go_on_with(batch.pk, at=NOW)
    assert set(ImportBatch.objects.values_list("rows", "status")) == {(500, "rehearsed"), (501, "staged")}


def test_at_the_slowest_pace_too_what_is_small_is_done_to_its_end_and_then_asks_no_more(
    register, monkeypatch, django_assert_num_queries
):
    for module in (applying, undoing):
        monkeypatch.setattr(module, "PACE", Pace(1, least=1, most=1))
    batch = ordered(people(500))
    onward.go_on_with(batch.pk, at=NOW)
    assert (ImportBatch.objects.get().status, len(register.seen())) == ("applied", 500)
    with django_assert_num_queries(1):
        onward.go_on_with(batch.pk, at=NOW)
    does(undoing.undo, batch)
    onward.go_on_with(batch.pk, at=NOW)
    assert (ImportBatch.objects.get().status, register.entries) == ("undone", [])


# undoing


def test_an_undo_takes_back_what_nobody_changed_and_lists_the_rest(register):
    old, touched, new = people(3)
    register.entries = [Entry(row[0], values(row), None) for row in (old, touched)]
    before = register.seen()
    batch = applied([[old[0], "甲"], [touched[0], "乙"], [new[0], "丙"]])
    assert register.seen()[old[0]] == values(old, name="甲")
    register.change({touched[0]: {"name": "后来改的"}}, None, None)
    batch = undone(batch)
    assert (batch.status, batch.stayed, batch.done) == ("undone", 1, 0)
    assert queries.not_in(batch) == ([], [3])
    assert register.seen() == before | {touched[0]: values(touched, name="后来改的")}


def test_an_undo_of_many_goes_chunk_by_chunk_and_can_be_interrupted(register):
    batch = applied(people(MANY))
    does(undoing.undo, batch)
    for left in (750, 250):
        onward.go_on(at=NOW, limit=1)
        assert len(register.seen()) == left
    stale = ImportBatch.objects.get()
    assert onward.go_on(at=NOW, limit=10) == 2, "the first chunk, and the end"
    undoing.take_back_next(stale, at=NOW)
    assert register.entries == []
    assert ImportBatch.objects.get().status == "undone"


# the end


@pytest.mark.parametrize("bring", ["staged", "rehearsed"])
def test_what_is_dropped_is_erased_at_once(register, bring):
    batch = sent(people(3)) if bring == "staged" else rehearsed(people(3))
    file = batch.file_id
    does(ending.drop, batch)
    assert (ImportBatch.objects.get().status, StoredFile.objects.count()) == ("dropped", 0)
    assert not ImportChunk.objects.filter(rows__isnull=False).exists()
    assert file in buried()
    assert list(queries.rows(admin(), ImportBatch.objects.get())) == []
    with pytest.raises(MoveRefused):
        does(applying.apply, batch)


@pytest.mark.parametrize(("bring", "ends"), [(sent, "dropped"), (rehearsed, "dropped"), (applied, "closed")])
def test_after_thirty_days_nothing_is_kept(register, bring, ends):
    bring(people(3))
    assert ending.end_old(at=NOW + timedelta(days=29), limit=10) == 0
    assert ending.end_old(at=NOW + timedelta(days=30), limit=10) == 1
    assert ending.end_old(at=NOW + timedelta(days=30), limit=10) == 0
    assert (ImportBatch.objects.get().status, StoredFile.objects.count()) == (ends, 0)
    assert not ImportChunk.objects.filter(before__isnull=False).exists()
    assert len(register.seen()) == (3 if ends == "closed" else 0)


def test_a_restore_ends_what_could_bring_erased_rows_back(register):
    applied(people(2))
    rehearsed(people(2, "others"))
    ending.drop_all(NOW)
    assert set(ImportBatch.objects.values_list("status", flat=True)) == {"closed", "dropped"}
    assert not StoredFile.objects.exists()


def test_a_table_whose_file_was_altered_is_dropped(register):
    batch = sent(people(2))
    (files.folder() / str(batch.file_id)).write_bytes(b"altered")
    assert onward.go_on(at=NOW, limit=10) == 1
    assert ImportBatch.objects.get().status == "dropped"


@pytest.mark.parametrize(
    "wrong",
    [{"status": "rehearsed"}, {"status": "applied"}, {"ordered_at": NOW}, {"status": "dropped", "ended_at": NOW}],
)
def test_a_status_without_its_instants_is_no_row(register, wrong):
    batch = sent(people(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(**wrong)


# who may


def test_nobody_else_sees_or_moves_a_batch(register):
    batch = rehearsed(people(2))
    for post in (cases.BUREAU_HEAD, cases.DESK, "health-bureau.auditor"):
        by = county.officer(post, at=NOW)
        assert queries.batches(by, most=5) == []
        assert queries.targets_of(by) == []
        with pytest.raises(NotHere):
            queries.batch(by, batch.pk)
        for operation in (applying.apply, ending.drop):
            with pytest.raises(NotAllowed):
                does(operation, batch, by)
        with pytest.raises(NotAllowed):
            stage(target="register", content=b"", by=by, at=NOW, key=uuid4())


def test_taking_in_and_undoing_ask_for_a_fresh_sign_in(register):
    stale = county.officer(register_admin(), at=NOW - timedelta(hours=1))
    batch = rehearsed(people(2))
    with pytest.raises(SignInAgain):
        does(applying.apply, batch, stale)
    with pytest.raises(SignInAgain):
        does(undoing.undo, batch, stale)
    assert does(ending.drop, batch, stale).status == "dropped"


def test_a_look_at_the_rows_is_recorded(register):
    batch = rehearsed(people(2))
    queries.first_rows(admin(), batch)
    assert Look.objects.filter(label="imports.chunk.rows").count() == 1


def test_the_layout_of_the_test_is_one_of_secrets():
    assert LAYOUT.column("id").secret


def register_admin():
    return register.ADMIN
