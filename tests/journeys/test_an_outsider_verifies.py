"""A newspaper keeps heads, a resident keeps a record, and together they find what the county's own people altered."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path
from subprocess import run
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.cases.operations import answer, handle
from chengnuo.core.log import tree
from chengnuo.foundation import clock
from chengnuo.foundation.actor import resident
from chengnuo.foundation.models import LogEntry
from chengnuo.web.who import RECEIPTS
from tests.factories import county, log

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Outsider:
    """Somebody with a browser, a folder, and any Python."""

    def __init__(self, folder: Path) -> None:
        self.browser, self.folder = Client(), folder

    def save(self, address: str, name: str) -> Path:
        got = self.browser.get(address)
        assert got.status_code == 200, address
        content = b"".join(got.streaming_content) if got.streaming else got.content
        (self.folder / name).write_bytes(content)
        return self.folder / name

    def hold(self, case, until) -> None:
        """Has typed the receipt's code."""
        session = self.browser.session
        session[RECEIPTS] = {str(case): [until.isoformat(), ""]}
        session.save()

    def verify(self, *more: object) -> tuple[int, str]:
        """With the verifier and the log as they are downloaded now."""
        program = self.save("/log/verify.py", "verify.py")
        whole = self.save("/log/log.jsonl", "log.jsonl")
        command = [sys.executable, "-I", "-S", program, whole, *more]
        done = run(command, capture_output=True, text=True, check=False, timeout=60)
        return done.returncode, done.stdout


@pytest.fixture
def newspaper(tmp_path):
    (tmp_path / "newspaper").mkdir()
    return Outsider(tmp_path / "newspaper")


@pytest.fixture
def family(tmp_path):
    (tmp_path / "family").mkdir()
    return Outsider(tmp_path / "family")


@pytest.fixture
def asked():
    """A request of Monday morning; the officer answers on Tuesday, the family is content on Wednesday."""
    begun = log.request(county.MONDAY)
    desk = county.officer(f"{county.VILLAGE}.desk")
    log.settle(county.MONDAY + HOUR)
    handle.finish(case=begun.case.pk, result="证明开好了。", by=desk, at=county.MONDAY + DAY, key=uuid4())
    log.settle(county.MONDAY + DAY + HOUR)
    return begun


def record(family: Outsider, begun, at) -> Path:
    family.hold(begun.case.pk, at + HOUR)
    with clock.frozen(at):
        return family.save(reverse("family:proof", args=[begun.case.pk]), "record.json")


def test_everything_is_in_order_and_every_act_of_the_request_is_proven(asked, newspaper, family):
    at = county.MONDAY + DAY + 2 * HOUR
    kept = newspaper.save("/log/heads.json", "heads.json")
    mine = record(family, asked, at)
    entries = json.loads(mine.read_text())["entries"]
    assert [entry["schema"] for entry in entries] == ["case.receive/1", "case.finish/1"]
    assert all(entry["proof"] for entry in entries)
    code, said = family.verify("--heads", kept, "--receipt", mine)
    assert code == 0, said
    assert "All of this is in order." in said


def test_what_has_just_happened_is_promised_and_later_proven(asked, newspaper, family):
    at = county.MONDAY + 2 * DAY
    answer.say_resolved(case=asked.case.pk, words="", by=resident(asked.case.pk), at=at, key=uuid4())
    mine = record(family, asked, at)
    (promised,) = json.loads(mine.read_text())["promised"]
    assert promised["within"] == 3600
    code, said = family.verify("--receipt", mine)
    assert (code, "1 receipts (1 not in the log yet)" in said) == (0, True)
    log.settle(at + HOUR)
    code, said = family.verify("--receipt", mine)
    assert (code, "1 receipts (0 not in the log yet)" in said) == (0, True)
    later = record(family, asked, at + HOUR)
    assert json.loads(later.read_text())["promised"] == []
    assert family.verify("--receipt", later)[0] == 0


def test_a_day_that_was_turned_back_is_found_by_the_newspaper(asked, newspaper):
    """Somebody with the database makes a late answer look earlier, and mends commitment, leaf and tree."""
    kept = newspaper.save("/log/heads.json", "heads.json")
    finished = LogEntry.objects.get(schema="case.finish/1", ref_kind="case", ref_id=str(asked.case.pk))
    LogEntry.objects.filter(pk=finished.pk).update(public=finished.public | {"day": "2026-03-02"})
    code, said = newspaper.verify("--heads", kept)
    assert code == 1
    assert f"Entry {finished.seq} is not what its leaf says: it was altered." in said


def test_a_witness_follows_the_heads_without_downloading_the_log(asked, newspaper):
    first = json.loads(newspaper.save("/log/heads.json", "heads.json").read_text())["heads"][0]
    log.request(county.MONDAY + 2 * DAY)
    log.settle(county.MONDAY + 2 * DAY + HOUR)
    newest = json.loads(newspaper.save("/log/heads.json", "later.json").read_text())["heads"][0]
    address = f"/log/consistency.json?from={first['size']}&to={newest['size']}"
    proof = [bytes.fromhex(each) for each in json.loads(newspaper.save(address, "proof.json").read_text())["proof"]]
    roots = bytes.fromhex(first["root"]), bytes.fromhex(newest["root"])
    assert tree.consistent(first["size"], roots[0], newest["size"], roots[1], proof)
