"""A receipt promises, a proof shows: both can be checked by anybody with the county's public key."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations_with_replacement
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengnuo.core.log import Receipt, commitment, leaf_hash, tree
from chengnuo.foundation.keys import ring
from chengnuo.foundation.log import heads, proofs, store
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.models.noun import Trace
from tests.factories import county, log

pytestmark = pytest.mark.django_db
AT = county.MONDAY
HOUR = timedelta(hours=1)
LEAF = bytes(range(32))


@pytest.fixture(autouse=True)
def _empty(db):
    LogEntry.objects.all().delete()


def thing(*schemas: str, group: str = "plain"):
    """One thing with an entry of each schema, an hour apart."""
    row = uuid4()
    for hours, schema in enumerate(schemas):
        facts = [("thing", row, Trace(office=None, group=group), {"to": "done", "by": "post"})]
        store.write(schema, facts, at=AT + hours * HOUR)
    return row


def test_before_the_first_head_a_receipt_names_the_empty_log():
    found = proofs.promised(LEAF, group="plain", at=AT)
    assert (found["head_size"], found["head_root"], found["head"]) == (0, tree.EMPTY.hex(), None)
    assert (found["schema"], found["epoch"], found["leaf"]) == ("chengnuo.receipt/1", 1, LEAF.hex())


def test_a_receipt_carries_the_newest_head():
    log.written(3)
    head = log.settle(AT)
    found = proofs.promised(LEAF, group="plain", at=AT + HOUR)
    assert (found["head_size"], found["head_root"]) == (3, head.root)
    assert found["head"] == heads.as_data(head)


def test_a_receipt_is_signed_over_its_text():
    found = proofs.promised(LEAF, group="sensitive", at=AT)
    text = Receipt(**{name: found[name] for name in Receipt.__dataclass_fields__}).text()
    key = Ed25519PublicKey.from_public_bytes(ring().public_keys()[found["key"]])
    key.verify(bytes.fromhex(found["signature"]), text.encode())
    assert f"issued {AT:%Y-%m-%d}T02:00:00Z\nwithin 3600\n" in text


@pytest.mark.parametrize("group", ["plain", "sensitive"])
def test_an_entry_is_promised_within_the_hour(group):
    assert proofs.promised(LEAF, group=group, at=AT)["within"] == 3600


@pytest.mark.parametrize(
    "at",
    [datetime(2026, 3, 2, 16, 0, 0, tzinfo=UTC), datetime(2026, 3, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, 15, 59, 59, tzinfo=UTC)],
    ids=["at midnight", "at ten", "a second before midnight"],
)  # fmt: skip
def test_an_anonymous_entry_is_promised_until_the_next_day_is_over(at):
    found = proofs.promised(LEAF, group="anonymous", at=at)
    assert at + timedelta(seconds=found["within"]) == datetime(2026, 3, 4, 16, tzinfo=UTC)


def test_a_promise_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        proofs.promised(LEAF, group="plain", at=AT)


def test_the_entries_of_a_thing_come_in_order_and_say_how_far_they_are():
    row = thing("thing.a/1", "thing.b/1")
    thing("other.a/1")
    found = proofs.of("thing", row)
    assert [(each["schema"], each["seq"], each["proof"]) for each in found] == [
        ("thing.a/1", None, None),
        ("thing.b/1", None, None),
    ]
    log.number(AT + 2 * HOUR)
    assert [each["proof"] for each in proofs.of("thing", row)] == [None, None], "numbered, but no head covers it"
    heads.publish(AT + 2 * HOUR)
    store.write("thing.c/1", [("thing", row, Trace(office=None), {})], at=AT + 3 * HOUR)
    log.number(AT + 3 * HOUR)
    found = proofs.of("thing", row)
    assert [each["schema"] for each in found] == ["thing.a/1", "thing.b/1", "thing.c/1"]
    assert [each["proof"] is None for each in found] == [False, False, True]
    assert [each["day"] for each in found] == ["2026-03-02"] * 3


def test_nothing_about_nothing():
    log.written(3)
    log.settle(AT)
    assert proofs.of("thing", uuid4()) == []
    assert proofs.of("other", thing("thing.a/1")) == []


@pytest.mark.parametrize("group", ["plain", "sensitive"])
@pytest.mark.parametrize("around", [0, 1, 7, 40])
def test_each_proof_leads_from_what_was_said_to_a_signed_root(group, around):
    log.written(around)
    row = thing("thing.a/1", "thing.b/1", "thing.c/1", group=group)
    log.written(around, at=AT + HOUR)
    log.settle(AT + 3 * HOUR)
    for entry in proofs.of("thing", row):
        opening, proof = entry["opening"], entry["proof"]
        assert commitment(bytes.fromhex(opening["salt"]), opening["private"]) == entry["commitment"]
        assert (
            opening["private"].items()
            >= {"schema": entry["schema"], "to": "done", "by": "post", "row": str(row)}.items()
        )
        assert leaf_hash(entry["public"], entry["commitment"]).hex() == entry["leaf"] == proof["leaf"]
        assert proof["index"] == entry["seq"]
        assert proof["head"] == heads.as_data(heads.last())
        hashes = [bytes.fromhex(each) for each in proof["hashes"]]
        root = bytes.fromhex(proof["head"]["root"])
        assert tree.included(bytes.fromhex(entry["leaf"]), entry["seq"], proof["head"]["size"], hashes, root)


def test_the_verifier_believes_the_record_without_an_export(tmp_path):
    row = thing("thing.a/1", "thing.b/1")
    log.written(20)
    log.settle(AT + 2 * HOUR)
    record = proofs.of("thing", row)
    keys = log.paper(tmp_path, log.kept())
    assert log.verify("--heads", keys, "--receipt", log.paper(tmp_path, record)).returncode == 0
    record[0]["opening"]["private"]["to"] = "refused"
    record[1]["proof"]["hashes"][0] = "ab" * 32
    found = log.verify("--heads", keys, "--receipt", log.paper(tmp_path, record))
    assert found.returncode == 1
    assert "The entry thing.a/1 of 2026-03-02 does not say what its leaf says." in found.stdout
    assert f"The proof for entry {record[1]['seq']} does not lead to the root of its head." in found.stdout


def test_the_queries_do_not_grow_with_the_entries_or_the_log():
    def asked(row):
        with CaptureQueriesContext(connection) as seen:
            assert proofs.of("thing", row)
        return len(seen)

    small = thing("thing.a/1")
    log.written(1)
    log.settle(AT)
    few = asked(small)
    many = thing(*[f"thing.{number}/1" for number in range(60)])
    log.written(600)
    log.settle(AT + 70 * HOUR)
    assert asked(many) == few == 3


def test_consistency_between_any_two_sizes():
    roots = {}
    for size in range(1, 20):
        log.written(1)
        roots[size] = bytes.fromhex(log.settle(AT + size * HOUR).root)
    for older, newer in combinations_with_replacement(roots, 2):
        proof = [bytes.fromhex(each) for each in proofs.between(older, newer)]
        assert tree.consistent(older, roots[older], newer, roots[newer], proof)
    with pytest.raises(ValueError, match="cannot begin with"):
        proofs.between(0, 3)


def test_a_promise_is_dated_from_the_writing_and_is_the_same_at_every_look():
    log.written(3)
    log.settle(AT - HOUR)
    row = thing("thing.a/1")
    first = proofs.waiting("thing", row)
    assert [each["issued"] for each in first] == [heads.stamp(AT)]
    log.number(AT + HOUR)
    store.write("other.a/1", [("other", uuid4(), Trace(office=None), {})], at=AT + 2 * HOUR)
    assert proofs.waiting("thing", row) == first, "held back for two hours, it gets no fresh one"
    heads.publish(AT + 2 * HOUR)
    assert proofs.waiting("thing", row) == []


def test_an_anonymous_one_is_dated_from_its_day():
    (promise,) = proofs.waiting("thing", thing("thing.a/1", group="anonymous"))
    assert (promise["issued"], promise["within"]) == ("2026-03-01T16:00:00Z", 2 * 24 * 3600)
