"""The program that reads: what it may use, what it knows, and how its ends become words."""

from __future__ import annotations

import time

import pytest

from chengnuo.imports import reader
from chengnuo.imports.reader import sheets_of
from chengnuo.imports.reading.limits import MOST_BYTES
from chengnuo.imports.refusals import SENTENCES, FileRefused, ReadersBusy
from tests.factories import tables


def refusal_of(content):
    with pytest.raises(FileRefused) as refused:
        sheets_of(content)
    return refused.value.reason


def instead(monkeypatch, words):
    """In its place another program."""
    monkeypatch.setattr(reader, "PROGRAM", words)


def test_both_kinds_of_table_are_read():
    (sheet,) = sheets_of(tables.workbook([["姓名"], ["张三"]], names=["名单"]))
    assert (sheet.kind, sheet.name, sheet.rows) == ("xlsx", "名单", [["姓名"], ["张三"]])
    (sheet,) = sheets_of(tables.text([["姓名"], ["张三"]], encoding="gb18030"))
    assert (sheet.kind, sheet.name, sheet.rows) == ("csv", "", [["姓名"], ["张三"]])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b",,,\n,,,", "empty"),
        (tables.workbook([]), "empty"),
        (b"x" * (MOST_BYTES + 1), "too-large"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old"),
        (b"%PDF-1.7\n", "kind"),
        (b"<html><table>", "kind"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "kind"),
        (b"PK\x03\x04" + b"\0" * 50, "broken"),
        (tables.packed({"a.txt": b"no workbook"}), "broken"),
        (tables.workbook([["a"]])[:-40], "broken"),
        (b'a,"b\n' + b"x" * 200_000, "cell"),
        (b",".join([b"1"] * 100).join([b"\n"] * 20_002), "rows-many"),
    ],
)
def test_each_reason_has_its_sentence(content, reason):
    assert refusal_of(content) == reason


def test_no_sentence_repeats_what_stands_in_the_file():
    with pytest.raises(FileRefused) as refused:
        sheets_of(b'11010519491231002X,"=secret')
    assert refused.value.said in SENTENCES.values()
    assert refused.value.facts == {"words": ""}


def test_the_program_has_limits_and_no_secrets(monkeypatch):
    monkeypatch.setenv("CHENGNUO_SECRET_KEY", "secret")
    instead(
        monkeypatch,
        "import json, os, sys; sys.stdin.buffer.read(); print(json.dumps({'kind': 'csv', 'name': os.getcwd()}));"
        "print(json.dumps([str(dict(os.environ)), sys.argv[2:]]))",
    )
    (sheet,) = sheets_of(b"a")
    assert sheet.name == "/"
    environment, limits = sheet.rows[0]
    assert "secret" not in environment
    assert "CHENGNUO" not in environment
    assert limits == [str(reader.MEMORY), str(reader.SECONDS)]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("import os; os.abort()", "memory"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "time"),
        ("import sys; sys.stdout.write('macros'); sys.exit(3)", "macros"),
        ("import sys; sys.stdout.write('no such reason'); sys.exit(3)", "broken"),
        ("import sys; sys.exit(1)", "broken"),
    ],
)
def test_every_end_of_the_program_is_one_refusal(monkeypatch, words, reason):
    instead(monkeypatch, words)
    assert refusal_of(b"a") == reason


def test_a_program_that_hangs_is_ended(monkeypatch):
    instead(monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(reader, "PATIENCE", 0.5)
    began = time.monotonic()
    assert refusal_of(b"a") == "time"
    assert time.monotonic() - began < 10


def test_a_program_that_takes_all_memory_is_refused(monkeypatch):
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2); "
    instead(
        monkeypatch,
        limited
        + "sys.stdin.read()\ntry:\n x = b'x' * 10**9\nexcept MemoryError:\n print('memory', end=''); sys.exit(3)",
    )
    assert refusal_of(b"a") == "memory"


def test_whoever_comes_while_another_file_is_read_is_asked_to_come_again(monkeypatch):
    monkeypatch.setattr(reader, "PATIENCE", 0.05)
    with reader._one_at_a_time, pytest.raises(ReadersBusy) as busy:
        sheets_of(b"a,b\n1,2")
    assert (busy.value.http, busy.value.retry_after) == (503, 60)
