"""The public export: enough to verify everything, and nothing about anybody."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengnuo.foundation.log import export
from chengnuo.foundation.models import LogEntry
from tests.factories import county, log

pytestmark = pytest.mark.django_db
AT = county.MONDAY
HOUR = timedelta(hours=1)
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def lines() -> list[dict]:
    return [json.loads(line) for line in b"".join(export.lines()).splitlines()]


def entries() -> list[dict]:
    return [line for line in lines() if "seq" in line]


def test_first_what_it_is_then_the_heads_then_every_entry():
    log.settle(AT)
    log.written(3, at=AT + 2 * HOUR)
    log.settle(AT + 2 * HOUR)
    log.written(2, at=AT + 2 * HOUR)
    log.number(AT + 2 * HOUR)
    first, *rest = lines()
    assert first.keys() == {"schema", "origin", "size", "keys"}
    assert (first["schema"], first["origin"]) == ("chengnuo.export/1", "chengnuo/420526")
    assert [each.get("schema") for each in rest[:3]] == ["chengnuo.head/1", "chengnuo.head/1", None]
    assert [each["seq"] for each in rest[2:]] == list(range(first["size"]))
    assert all(each.keys() == {"seq", "public", "commitment", "leaf"} for each in rest[2:])
    assert rest[1]["size"] == first["size"] - 2, "also what follows the last head"


def test_what_has_no_number_is_not_in_it():
    log.settle(AT)
    before = lines()
    log.written(3)
    assert lines() == before


def test_an_empty_log_is_a_line():
    LogEntry.objects.all().delete()
    (only,) = lines()
    assert only["size"] == 0


def test_it_is_read_in_pieces(monkeypatch):
    log.written(25)
    log.settle(AT)
    whole = b"".join(export.lines())
    monkeypatch.setattr(export, "CHUNK", 10)
    with CaptureQueriesContext(connection) as seen:
        pieces = list(export.lines())
    assert b"".join(pieces) == whole
    size = lines()[0]["size"]
    assert len(seen) == 2 + -(-size // 10)
    assert max(piece.count(b"\n") for piece in pieces) == 10


def test_a_complaint_shows_neither_its_office_nor_its_day_nor_what_it_is():
    office = uuid4()
    (county_act,) = log.written(at=AT, office=office)
    complained = log.complaint(AT + timedelta(minutes=1))
    log.settle(AT + HOUR)
    shown = {each["leaf"]: each for each in entries()}
    told, hidden = shown[county_act.hex()], shown[log.leaf_of(complained).hex()]
    assert told["public"] == {
        "class": "plain",
        "day": "2026-03-02",
        "schema": "thing.do/1",
    }
    assert hidden["public"] == {}
    text = json.dumps(hidden | {"seq": 0})
    assert not ID.search(text)
    assert "2026" not in re.sub(r'"(leaf|commitment)": "[0-9a-f]{64}"', "", text)


def test_no_id_of_a_row_is_in_it():
    """Ids are in the order of time: one would tell the second at which somebody complained."""
    log.request(AT)
    log.complaint(AT)
    log.settle(AT + HOUR)
    said = b"".join(export.lines()).decode()
    offices = {each["public"].get("office") for each in entries()}
    assert set(ID.findall(said)) <= offices
    rows = LogEntry.objects.values_list("pk", "ref_id")
    assert not [row for pair in rows for row in map(str, pair) if row and row in said and row not in offices]


def test_what_was_damaged_is_exported_as_it_stands(tmp_path):
    """The export must not fail where the verifier is needed."""
    log.settle(AT)
    LogEntry.objects.filter(seq=2).update(public={"class": None, "day": 1.5})
    found = log.outsider(tmp_path)
    assert found.returncode == 1
    assert "Entry 2 is not what its leaf says: it was altered." in found.stdout


def test_the_command_writes_the_same(tmp_path, capsys):
    log.settle(AT)
    call_command("export_log", str(tmp_path / "new" / "folder"))
    file = tmp_path / "new" / "folder" / "log.jsonl"
    assert str(file) in capsys.readouterr().out
    assert file.read_bytes() == b"".join(export.lines())
    assert [each.name for each in file.parent.iterdir()] == ["log.jsonl"]
    assert log.verify(file.parent).returncode == 0
