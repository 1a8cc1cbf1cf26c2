"""What may happen to a batch: two tables written by hand, by situation and by person, compared with the real acts."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from chengnuo.foundation.actor import Hat, resident, system, visitor
from chengnuo.foundation.acts import act
from chengnuo.foundation.gate import gate
from chengnuo.foundation.models import StoredFile
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere, Refused
from chengnuo.imports import queries
from chengnuo.imports.lifecycle import BATCH, SEEN
from chengnuo.imports.models import ImportBatch, ImportChunk
from chengnuo.imports.operations import applying, ending, undoing
from chengnuo.imports.operations.rehearsing import rehearse_batch
from tests.factories import cases, county
from tests.factories.register import admin, applied, ordered, people, rehearsed, sent, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday", "register")]
NOW = county.MONDAY


def ordered_back(rows):
    return undoing.undo(batch=applied(rows).pk, by=admin(), at=NOW, key=uuid4())


def dropped(rows):
    return ending.drop(batch=rehearsed(rows).pk, by=admin(), at=NOW, key=uuid4())


def closed(rows):
    batch = applied(rows)
    ending.end_by_itself(batch, at=NOW)
    return ImportBatch.objects.get(pk=batch.pk)


SITUATIONS = {
    "staged": sent,
    "rehearsed": rehearsed,
    "applying": ordered,
    "applied": applied,
    "undoing": ordered_back,
    "undone": lambda rows: undone(applied(rows)),
    "dropped": dropped,
    "closed": closed,
}
# situation: each move that may happen then, and where it leads
OPEN = {
    "staged": {"rehearse": "rehearsed", "drop": "dropped", "lapse": "dropped"},
    "rehearsed": {"apply": "applying", "drop": "dropped", "lapse": "dropped"},
    "applying": {"put": "applying", "finish": "applied"},
    "applied": {"undo": "undoing", "close": "closed"},
    "undoing": {"take_back": "undoing", "end_undo": "undone"},
    "undone": {},
    "dropped": {},
    "closed": {},
}
WHO = dict.fromkeys(("drop", "apply", "undo"), "admin") | dict.fromkeys(
    ("rehearse", "put", "take_back", "end_undo", "lapse", "close"), "system"
)
END = {"ended_at": NOW, "file": None}
WRITES = {"rehearse": {"rehearsed_at": NOW}, **dict.fromkeys(("end_undo", "lapse", "close"), END)}
DO = {"drop": ending.drop, "apply": applying.apply, "undo": undoing.undo}
POSTS = {
    "desk": cases.DESK,
    "head": cases.HEAD,
    "bureau": cases.BUREAU_DESK,
    "bureau head": cases.BUREAU_HEAD,
    "city": cases.CITY_HEAD,
    "supervisor": f"{county.VILLAGE}.supervisor",
    "auditor": "health-bureau.auditor",
}
OTHERS = ("admin elsewhere", "resident", "visitor", *POSTS)


def admin_elsewhere():
    """The same role at another office."""
    by, office = admin(), cases.office(county.TOWNSHIP).pk
    return replace(by, hats=tuple(replace(hat, office=office) for hat in by.hats))


def actor(who):
    made = {"admin": admin, "admin elsewhere": admin_elsewhere, "system": system, "visitor": visitor}
    if who == "resident":
        return resident(uuid4())
    return made[who]() if who in made else county.officer(POSTS[who])


def by_the_system(move, batch, by):
    with act(f"import_batch.{move}/1", by=by, at=NOW, key=uuid4(), said={"batch": batch}) as a:
        a.move(a.take(ImportBatch, batch), getattr(BATCH, move), **WRITES.get(move, {}))


def outcome(move, batch, who):
    """The status after the act, or the name of the refusal."""
    try:
        if move in DO:
            DO[move](batch=batch.pk, by=actor(who), at=NOW, key=uuid4())
        else:
            by_the_system(move, batch.pk, actor(who))
    except Refused as refused:
        return type(refused).__name__
    return ImportBatch.objects.get(pk=batch.pk).status


def test_the_tables_of_this_test_are_whole():
    assert set(OPEN) == set(SITUATIONS) == {status.value for status in BATCH.statuses}
    assert set(WHO) == {move.name for move in BATCH} - {"stage", "finish"}
    assert {status for status, moves in OPEN.items() if not moves} == {status.value for status in BATCH.ends}


@pytest.mark.parametrize("situation", OPEN)
def test_in_each_situation_these_moves_are_open(situation):
    batch = SITUATIONS[situation](people(2))
    assert batch.status == situation
    assert {move.name: move.target(situation) for move in BATCH.open_to(situation, batch, NOW)} == OPEN[situation]


@pytest.mark.parametrize("move", WHO)
@pytest.mark.parametrize("situation", OPEN)
def test_whoever_may_does_what_is_open_and_is_refused_what_is_not(situation, move):
    batch = SITUATIONS[situation](people(2))
    assert outcome(move, batch, WHO[move]) == OPEN[situation].get(move, MoveRefused.__name__)


@pytest.mark.parametrize("move", WHO)
def test_nobody_else_may(move):
    situation = next(name for name, moves in OPEN.items() if move in moves)
    batch = SITUATIONS[situation](people(2))
    for who in {"admin", "system", *OTHERS} - {WHO[move]}:
        assert outcome(move, batch, who) in {NotHere.__name__, NotAllowed.__name__}, who
    assert ImportBatch.objects.get().version == batch.version


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_finds_a_batch_nor_its_buttons(who):
    batch = rehearsed(people(2))
    by = actor(who)
    assert queries.batches(by, most=9) == []
    assert gate.which(by, [f"import_batch.{move}" for move in WHO], batch) == set()
    with pytest.raises(NotHere):
        queries.batch(by, batch.pk)


def test_a_hat_that_may_take_tables_in_opens_nothing_for_another_hat_s_office():
    """Account administrator elsewhere, head at the office that took it in: the two are not put together."""
    batch = rehearsed(people(2))
    head = Hat("head", uuid4(), batch.office)
    by = replace(admin_elsewhere(), hats=(*admin_elsewhere().hats, head))
    assert queries.batches(by, most=9) == []


@pytest.mark.parametrize("situation", OPEN)
def test_what_is_kept_of_a_table_ends_with_it(situation):
    batch = SITUATIONS[situation](people(2))
    is_open = bool(OPEN[situation])
    assert StoredFile.objects.exists() == is_open == (batch.file_id is not None)
    if situation != "staged":
        kept = ImportChunk.objects.exclude(rows__isnull=True, before__isnull=True)
        assert kept.exists() == is_open
    assert (batch.status in SEEN) == (batch.applied_at is not None)


TOO_LATE = {
    rehearse_batch: ("rehearsed", "applying", "applied", "undoing"),
    applying.put_next: ("applied", "undoing", "undone", "closed"),
    undoing.take_back_next: ("undone",),
}


@pytest.mark.parametrize(("does", "situation"), [(does, each) for does in TOO_LATE for each in TOO_LATE[does]])
def test_a_part_that_comes_too_late_changes_nothing(does, situation):
    """Two workers: the slower one has an older row of the batch in its hands."""
    batch = SITUATIONS[situation](people(2))
    old = {rehearse_batch: ("staged", 0), applying.put_next: ("applying", 0)}.get(does, ("undoing", 1))
    stale = ImportBatch.objects.get(pk=batch.pk)
    stale.status, stale.done = old
    chunks = list(ImportChunk.objects.values("number", "left", "stayed"))
    does(stale, at=NOW)
    assert ImportBatch.objects.get(pk=batch.pk).version == batch.version
    assert list(ImportChunk.objects.values("number", "left", "stayed")) == chunks
    assert len(list(queries.rows(admin(), batch))) == (2 if OPEN[situation] else 0)


# the database


INSTANTS = ("rehearsed_at", "ordered_at", "applied_at", "ended_at")
HAS = {
    "staged": "----",
    "rehearsed": "r---",
    "applying": "ro--",
    "applied": "roa-",
    "undoing": "roa-",
    "undone": "roae",
    "closed": "roae",
    "dropped": "r--e",
}


@pytest.mark.parametrize("situation", OPEN)
@pytest.mark.parametrize("instant", INSTANTS)
def test_the_database_knows_which_instants_a_status_has(situation, instant):
    batch = SITUATIONS[situation](people(1))
    there = "".join("-" if getattr(batch, name) is None else name[0] for name in INSTANTS)
    assert there == HAS[situation]
    other = NOW if getattr(batch, instant) is None else None
    if (situation, instant) == ("dropped", "rehearsed_at"):
        ImportBatch.objects.filter(pk=batch.pk).update(rehearsed_at=other)  # dropped before the rehearsal was done
        return
    if instant == "rehearsed_at" and situation in {"applied", "undoing", "undone", "closed"}:
        return  # what was ordered had been rehearsed: the order says so
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(**{instant: other})


def test_a_part_stands_in_a_batch_once():
    batch = rehearsed(people(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportChunk.objects.create(batch=batch, number=0)
