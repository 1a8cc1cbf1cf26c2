"""An act is whole or it is nothing: repeated keys, refusals half way, two at once, and the set form of the mover."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, connections
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.text3 import Text3
from chengnuo.foundation import acts, outbox
from chengnuo.foundation.actor import Actor, Hat, visitor
from chengnuo.foundation.acts import act
from chengnuo.foundation.gate import gate
from chengnuo.foundation.models import ActKey, Errand, LogEntry
from chengnuo.foundation.models.noun import Noun, Trace
from chengnuo.foundation.ports import ports
from chengnuo.foundation.refused import (
    AlreadyReceived,
    KeyUsedOtherwise,
    MoveRefused,
    NotAllowed,
    NotHere,
    Overtaken,
    SignInAgain,
)
from tests.factories.parcels import (
    MOVES,
    POST,
    RULES,
    Carriers,
    NobodyCarries,
    Owed,
    Parcel,
    clerk,
    parcel,
)

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
OFFICE = uuid4()
SEND = "parcel.send/1"


@pytest.fixture(scope="module", autouse=True)
def _tables(tables):
    tables(Parcel, Owed)


@pytest.fixture(autouse=True)
def _wired(monkeypatch, request):
    """Our own table, port and listeners; what the county's building left behind does not count here."""
    if {"db", "transactional_db"} & set(request.fixturenames):
        request.getfixturevalue("transactional_db" if "committed" in request.fixturenames else "db")
        for model in (LogEntry, ActKey, Errand):
            model.objects.all().delete()
    monkeypatch.setattr(gate, "rules", {rule.action: rule for rule in RULES})
    monkeypatch.setattr(ports, "duties", Carriers())
    monkeypatch.setattr(outbox, "_handlers", {SEND: {"test": print}, "parcel.post/1": {"test": print}})


@pytest.fixture
def committed(transactional_db):
    """A test whose threads really commit; the tables of this file are emptied behind it."""
    yield
    Parcel.objects.all().delete()
    Owed.objects.all().delete()


def post(*, key=None, by=None, said=None, **fields):
    with act("parcel.post/1", by=by or clerk(OFFICE), at=AT, key=key or uuid4(), said=said or fields) as a:
        return a.make(Parcel(**{"owner": OFFICE, "address": "兴山"} | fields), MOVES.post)


def send(pk, *, key=None, by=None, said=None, **evidence):
    said = {"parcel": pk} | (said or {})
    with act(SEND, by=by or clerk(OFFICE), at=AT, key=key or uuid4(), said=said) as a:
        return a.move(a.take(Parcel, pk), MOVES.send, **evidence)


def traces():
    """Everything that an act may leave behind."""
    rows = (Parcel, Owed, LogEntry, Errand, ActKey)
    statuses = list(Parcel.objects.order_by("pk").values_list("pk", "status", "version", "address"))
    return (
        statuses,
        list(Owed.objects.order_by("pk").values_list("pk", "ended")),
        [model.objects.count() for model in rows],
    )


def at_once(*works):
    """Runs them in threads that begin together, each on a connection of its own; answers results or refusals."""
    barrier = Barrier(len(works))

    def run(work):
        try:
            barrier.wait(10)
            return work()
        except Exception as trouble:  # noqa: BLE001  # the trouble is the answer that the test looks at
            return trouble
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


# what an act leaves behind


def test_a_made_noun_has_its_entry_its_duty_its_message_and_its_key(db):
    key = uuid4()
    made = post(key=key)
    assert (made.status, made.version) == ("new", 0)
    assert Parcel.objects.get() == made
    assert Owed.objects.get().parcel == made.pk
    entry = LogEntry.objects.get()
    assert (entry.schema, entry.ref_kind, entry.ref_id) == ("parcel.post/1", "parcel", str(made.pk))
    assert (entry.private["to"], entry.private["by"]) == ("new", str(POST))
    assert Errand.objects.get().payload == {"kind": "parcel", "id": str(made.pk)}
    kept = ActKey.objects.get()
    assert (kept.operation, kept.key, kept.ref_kind, kept.ref_id) == (
        "parcel.post/1",
        key,
        "parcel",
        str(made.pk),
    )


def test_a_move_writes_status_version_and_evidence_and_the_object_says_the_same(db):
    made = post()
    moved = send(made.pk, address="古夫镇", number=7)
    row = Parcel.objects.get()
    told = [(each.status, each.version, each.address, each.number) for each in (moved, row)]
    assert told == [("sent", 1, "古夫镇", 7)] * 2
    assert Owed.objects.get().ended
    assert [entry.private["to"] for entry in LogEntry.objects.order_by("pk")] == ["new", "sent"]


def test_a_move_that_stays_keeps_the_status_and_counts_the_version(db):
    one = parcel(OFFICE)
    with act("parcel.readdress/1", by=clerk(OFFICE), at=AT, key=uuid4(), said={}) as a:
        a.permit()
        a.move(one, MOVES.readdress, address="峡口镇")
    row = Parcel.objects.get()
    assert (row.status, row.version, row.address) == (one.status, one.version, one.address) == ("new", 1, "峡口镇")


def test_an_act_without_a_noun_keeps_its_key_with_nothing_to_show(db):
    with act("parcel.post/1", by=clerk(OFFICE), at=AT, key=uuid4(), said={}) as a:
        a.permit()
    assert ActKey.objects.get().ref_kind == ""


def test_an_entry_by_hand_is_signed_like_the_mover_s(db):
    with act("parcel.post/1", by=clerk(OFFICE), at=AT, key=uuid4(), said={"n": 1}) as a:
        a.permit()
        a.record("parcel", 5, Trace(office=OFFICE), {"note": "x"})
    entry = LogEntry.objects.get()
    assert entry.private["by"] == str(POST)
    assert entry.private["note"] == "x"
    assert entry.private["body"] == bytes(ActKey.objects.get().body).hex()
    assert entry.private["office"] == str(OFFICE)


# a repeated key


@pytest.mark.parametrize(
    ("again", "refusal"),
    [
        ({}, AlreadyReceived),
        ({"address": "别处"}, KeyUsedOtherwise),
        ({"said": {"address": "别处"}}, KeyUsedOtherwise),
    ],
)
def test_the_same_key_counts_once(db, again, refusal):
    key = uuid4()
    first = {"key": key, "address": "兴山"}
    made = post(**first)
    before = traces()
    with pytest.raises(refusal) as refused:
        post(**first | again)
    assert traces() == before
    if refusal is AlreadyReceived:
        assert (refused.value.kind, refused.value.row) == ("parcel", str(made.pk))


def test_a_repeat_is_told_before_the_gate_and_the_table_are_asked(db):
    key = uuid4()
    one = parcel(OFFICE)
    send(one.pk, key=key)
    with pytest.raises(AlreadyReceived):
        send(one.pk, key=key)


def test_a_key_belongs_to_its_operation(db):
    key = uuid4()
    made = post(key=key)
    assert send(made.pk, key=key).status == "sent"


def test_a_refused_act_leaves_its_key_free(db):
    key, one = uuid4(), parcel(OFFICE, address="")
    with pytest.raises(MoveRefused):
        send(one.pk, key=key)
    Parcel.objects.update(address="兴山")
    assert send(one.pk, key=key).status == "sent"


@given(
    said=st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=9) | st.dates(), max_size=4),
    other=st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=9) | st.dates(), max_size=4),
)
def test_a_digest_depends_on_every_word_and_on_no_order(said, other):
    told = acts._digest("a.b/1", said)
    assert len(told) == 32
    assert told == acts._digest("a.b/1", dict(reversed(said.items())))
    plain = {key: str(value) if not isinstance(value, int) else value for key, value in said.items()}
    same = plain == {k: str(v) if not isinstance(v, int) else v for k, v in other.items()}
    assert (told == acts._digest("a.b/1", other)) == same
    assert told != acts._digest("a.c/1", said)


def test_a_digest_of_a_text_does_not_depend_on_who_reads(monkeypatch):
    text = Text3("简", "簡", "plain")
    told = acts._digest("a.b/1", {"text": text})
    monkeypatch.setattr(Text3, "reads", lambda: "en")
    assert acts._digest("a.b/1", {"text": text}) == told
    assert acts._digest("a.b/1", {"text": Text3("简", "簡", "other")}) != told


def test_no_word_of_what_was_said_is_kept(db):
    post(said={"name": "张三丰"})
    kept = ActKey.objects.get()
    assert "张三丰" not in f"{vars(kept)}{LogEntry.objects.get().private}"
    assert len(bytes(kept.body)) == 32


# all or nothing


def _guard(made):
    with act(SEND, by=clerk(OFFICE), at=AT, key=uuid4(), said={}) as a:
        a.make(Parcel(owner=OFFICE), MOVES.post)
        a.move(made, MOVES.send, number=3)
        a.move(made, MOVES.send)


def _port(made):
    with act(SEND, by=clerk(OFFICE), at=AT, key=uuid4(), said={}) as a:
        a.tell("parcel.post/1", id="1")
        a.move(made, MOVES.send, address="nowhere")


def _constraint(made):
    with act(SEND, by=clerk(OFFICE), at=AT, key=uuid4(), said={}) as a:
        a.move(made, MOVES.send, number=1)
        a.make(Parcel(owner=OFFICE, number=1), MOVES.post)


def _mistake(made):
    with act(SEND, by=clerk(OFFICE), at=AT, key=uuid4(), said={}) as a:
        a.move(made, MOVES.send)
        raise ZeroDivisionError


def _foreign(_made):
    post(owner=uuid4())


def _stale(made):
    with act(SEND, by=clerk(OFFICE), at=AT, key=uuid4(), said={}) as a:
        a.make(Parcel(owner=OFFICE), MOVES.post)
        Parcel.objects.filter(pk=made.pk).update(version=5)
        a.move(made, MOVES.send)


@pytest.mark.parametrize(
    ("breaks", "trouble"),
    [
        (_guard, MoveRefused),
        (_port, NobodyCarries),
        (_constraint, IntegrityError),
        (_mistake, ZeroDivisionError),
        (_foreign, NotAllowed),
        (_stale, Overtaken),
    ],
)
def test_what_breaks_half_way_leaves_nothing_behind(db, breaks, trouble):
    made = post()
    before = traces()
    with pytest.raises(trouble):
        breaks(made)
    assert traces() == before


def test_a_refused_move_says_which_guard_and_why(db):
    with pytest.raises(MoveRefused) as refused:
        send(parcel(OFFICE, address="").pk)
    assert (refused.value.said, refused.value.facts) == ("It has no address.", {"why": "addressed"})
    with pytest.raises(MoveRefused) as refused:
        send(parcel(OFFICE, status="sent").pk)
    assert refused.value.facts == {"why": "status"}


# the gate


def test_missing_and_foreign_rows_give_one_answer_at_one_cost(db):
    foreign, key, costs = parcel(), uuid4(), []
    for pk in (foreign.pk, uuid4()):
        with CaptureQueriesContext(connection) as seen, pytest.raises(NotHere) as refused:
            send(pk, key=key)
        asked = [query["sql"].replace(pk.hex, "?").replace(str(pk), "?") for query in seen]
        costs.append(([sql for sql in asked if "SAVEPOINT" not in sql], str(refused.value)))
    assert costs[0] == costs[1]


def test_who_has_no_cell_is_told_so_before_any_row_is_read(db):
    one = parcel(OFFICE)
    with CaptureQueriesContext(connection) as seen, pytest.raises(NotAllowed):
        send(one.pk, by=visitor())
    assert not [query for query in seen if "shelf_parcel" in query["sql"]]


def test_a_serious_act_asks_for_a_fresh_sign_in(db):
    one = parcel(status="sent")
    chief = Actor(name="", hats=(Hat("chief", post=POST),), account=2)
    with (
        pytest.raises(SignInAgain),
        act("parcel.lose/1", by=chief, at=AT, key=uuid4(), said={}) as a,
    ):
        a.take(Parcel, one.pk)


# the set form


def fill(count, **fields):
    rows = [Parcel(owner=OFFICE, **{"address": "兴山"} | fields) for _ in range(count)]
    for row in rows:
        row.status = "new"
    return Parcel.objects.bulk_create(rows)


def send_all(parcels, **evidence):
    with act(SEND, by=clerk(OFFICE), at=AT, key=uuid4(), said={"n": len(parcels)}) as a:
        a.permit()
        return a.move_all(parcels, MOVES.send, **evidence)


def test_each_of_a_set_has_its_entry_duty_and_message(db):
    parcels = [post() for _ in range(3)]
    Errand.objects.all().delete()
    assert send_all(parcels, address="全县") == []
    assert {(row.status, row.version, row.address) for row in (*parcels, *Parcel.objects.all())} == {
        ("sent", 1, "全县")
    }
    sent = {str(each.pk) for each in parcels}
    assert {entry.ref_id for entry in LogEntry.objects.filter(schema=SEND)} == sent
    assert LogEntry.objects.filter(schema=SEND).count() == 3
    assert {errand.payload["id"] for errand in Errand.objects.all()} == sent
    assert Owed.objects.filter(ended=True).count() == 3


def test_those_that_may_not_move_are_listed_and_left_alone(db):
    good, sent, bare = parcel(OFFICE), parcel(OFFICE, status="sent"), parcel(OFFICE, address="")
    refused = send_all([bare, good, sent])
    assert [(noun, why.code) for noun, why in refused] == [(bare, "addressed"), (sent, "status")]
    assert [Parcel.objects.get(pk=each.pk).version for each in (good, sent, bare)] == [1, 0, 0]
    assert LogEntry.objects.get().ref_id == str(good.pk)


def test_a_set_of_nothing_changes_nothing(db):
    assert send_all([]) == []
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("change", [{"version": 4}, {"status": "gone"}, {"version": 2, "status": "new"}])
def test_one_that_was_changed_meanwhile_stops_the_whole_set(db, change):
    parcels = [parcel(OFFICE) for _ in range(3)]
    Parcel.objects.filter(pk=parcels[1].pk).update(**change)
    before = traces()
    with pytest.raises(Overtaken):
        send_all(parcels)
    assert traces() == before


def test_a_set_may_hold_several_versions_and_statuses(db):
    one, two = parcel(OFFICE, version=3), parcel(OFFICE, status="sent", version=8)
    with act("parcel.readdress/1", by=clerk(OFFICE), at=AT, key=uuid4(), said={}) as a:
        a.permit()
        assert a.move_all([one, two], MOVES.readdress, address="榛子乡") == []
    for noun, status, version in ((one, "new", 4), (two, "sent", 9)):
        row = Parcel.objects.get(pk=noun.pk)
        assert (row.status, row.version) == (noun.status, noun.version) == (status, version)


def test_a_chunk_costs_as_many_statements_as_one_noun(db, monday, monkeypatch):
    """Seventy, since Django splits longer inserts on SQLite by the number of their values. While time stands still, no act asks
    for the mark of the clock.
    """
    monkeypatch.setattr(acts, "CHUNK", 70)
    counted = {}
    for count in (1, 70, 140):
        parcels = fill(count)
        with CaptureQueriesContext(connection) as seen:
            send_all(parcels)
        counted[count] = len([q for q in seen if "SAVEPOINT" not in q["sql"]])
    own = 2  # its key is looked for, and kept
    assert counted[70] == counted[1]
    assert counted[140] - own == 2 * (counted[70] - own)


def test_a_chunk_is_five_hundred():
    assert acts.CHUNK == 500


# two at once


def test_of_eight_equal_forms_at_one_instant_one_counts(committed):
    key = uuid4()
    told = at_once(*[lambda: post(key=key)] * 8)
    made = [each for each in told if isinstance(each, Noun)]
    assert len(made) == 1
    assert [type(each) for each in told if each not in made] == [AlreadyReceived] * 7
    assert {each.row for each in told if isinstance(each, AlreadyReceived)} == {str(made[0].pk)}
    assert Parcel.objects.count() == Owed.objects.count() == LogEntry.objects.count() == 1


def test_a_form_pressed_twice_at_one_instant_is_received_not_refused(committed):
    """The loser finds its noun moved: by its own twin."""
    key, one = uuid4(), parcel(OFFICE)
    told = at_once(*[lambda: send(one.pk, key=key)] * 4)
    assert sorted(type(each).__name__ for each in told) == ["AlreadyReceived"] * 3 + ["Parcel"]
    assert Parcel.objects.get().version == 1


def test_equal_keys_with_other_words_at_one_instant_are_told_apart(committed):
    key = uuid4()
    told = at_once(*[lambda n=n: post(key=key, address=f"门牌{n}") for n in range(4)])
    assert sorted(type(each).__name__ for each in told) == ["KeyUsedOtherwise"] * 3 + ["Parcel"]


def test_of_two_officers_who_saw_the_same_row_one_moves_it(committed):
    one = parcel(OFFICE)
    seen = [Parcel.objects.get(pk=one.pk) for _ in range(2)]
    inside = Barrier(2) if connection.vendor == "postgresql" else None

    def move(noun):
        def run():
            with act(SEND, by=clerk(OFFICE), at=AT, key=uuid4(), said={}) as a:
                if inside:
                    inside.wait(10)  # both transactions are open: the row alone decides
                a.permit()
                return a.move(noun, MOVES.send)

        return run

    told = at_once(*map(move, seen))
    assert sorted(type(each).__name__ for each in told) == ["Overtaken", "Parcel"]
    assert Parcel.objects.get().version == 1
    assert LogEntry.objects.count() == ActKey.objects.count() == 1


@pytest.mark.postgres
def test_two_sets_that_overlap_do_not_move_a_noun_twice(committed):
    parcels = [parcel(OFFICE) for _ in range(20)]

    def run(order):
        def work():
            with suppress(Overtaken):
                return len(order) - len(send_all([Parcel.objects.get(pk=each.pk) for each in order]))
            return 0

        return work

    told = at_once(run(parcels[:15]), run(parcels[5:]))
    assert not [each for each in told if isinstance(each, Exception)]
    assert LogEntry.objects.count() == sum(told)
    assert set(Parcel.objects.values_list("version", flat=True)) <= {0, 1}


def test_an_act_is_refused_while_the_clock_stands_behind(db, monkeypatch):
    def behind():
        raise SignInAgain

    monkeypatch.setattr(acts.clock, "check", behind)
    with pytest.raises(SignInAgain):
        post()
    assert not ActKey.objects.exists()


def test_an_entry_and_an_errand_are_dated_by_the_act(db):
    later = AT + timedelta(days=1)
    with act("parcel.post/1", by=clerk(OFFICE), at=later, key=uuid4(), said={}) as a:
        a.make(Parcel(owner=OFFICE), MOVES.post)
    assert LogEntry.objects.get().written_at == Errand.objects.get().created_at == ActKey.objects.get().at == later


@pytest.mark.django_db
def test_an_act_that_asks_nobody_does_not_pass():
    box = parcel(OFFICE)
    before = traces()
    with (
        pytest.raises(acts.GateNotAsked, match=r"parcel\.send/1"),
        act(SEND, by=clerk(OFFICE), at=AT, key=uuid4(), said={}) as a,
    ):
        a.move(box, MOVES.send)
    assert traces() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asks", [lambda a: a.permit(), lambda a: a.allowed(Parcel), lambda a: a.take(Parcel, parcel(OFFICE).pk)]
)
def test_each_way_of_asking_is_enough(asks):
    with act(SEND, by=clerk(OFFICE), at=AT, key=uuid4(), said={}) as a:
        asks(a)
