"""Whatever file the verifier is given, it answers in sentences and with 1 or 2: never with a traceback, never with "in order"."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.tools.test_verify import County
from tools import verify

OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw().hex()
HUGE = 10**400
WRONG_TYPES = (None, True, 1.5, HUGE, -1, "", "zz", "\u0000", [], ["0" * 64], {}, {"a": {}}, "00" * 31, "٣")


@pytest.fixture(scope="module")
def lines():
    """A small log in order: the header, two heads, twelve entries."""
    return [json.dumps(line) for line in County(12, 5, 12).lines()]


@pytest.fixture
def verified(tmp_path, capsys):
    """Verifies these bytes, with further words on the command line; answers what was said after a refusal."""

    def ask(log: bytes | str, *more: str) -> str:
        path = tmp_path / "log.jsonl"
        path.write_bytes(log if isinstance(log, bytes) else log.encode(errors="surrogatepass"))
        code = verify.main([str(path), *more])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert (code, said.out.splitlines()[-1]) == (1, "WRONG"), said.out
        return said.out

    return ask


def changed(lines: list[str], number: int, **fields: object) -> str:
    made = list(lines)
    made[number] = json.dumps(json.loads(made[number]) | fields)
    return "\n".join(made)


def without(lines: list[str], number: int, key: str) -> str:
    said = json.loads(lines[number])
    del said[key]
    return "\n".join([*lines[:number], json.dumps(said), *lines[number + 1 :]])


def test_as_it_is_it_is_in_order(lines, tmp_path, capsys):
    """Or everything below would prove nothing."""
    path = tmp_path / "log.jsonl"
    path.write_text("\n".join(lines))
    assert verify.main([str(path)]) == 0
    assert capsys.readouterr().out.endswith("All of this is in order.\n")


BYTES = [
    ("empty", b""),
    ("one line end", b"\n"),
    ("white space", b"  \n \n"),
    ("zero bytes", bytes(100)),
    ("not UTF-8", b"\xff\xfe{\x00}\x00"),
    ("GB 18030", '{"origin": "承诺"}'.encode("gb18030")),
    ("UTF-16", '{"keys": {}}'.encode("utf-16")),
    ("a mark of byte order", b'\xef\xbb\xbf{"keys": {}, "size": 0}'),
    ("a compressed file", b"\x1f\x8b\x08\x00\x00\x00\x00\x00"),
    ("a web page", b"<!doctype html><title>404</title>"),
    ("a table", b"seq,leaf\n0,ab\n"),
    ("a number alone", b"12"),
    ("no number", b"NaN"),
    ("a number of 5,000 digits", b"9" * 5000),
    ("an object that never ends", b'{"keys": {"a": '),
    ("half a pair of surrogates", b'{"keys": {"\\ud800": "zz"}, "size": 0}'),
    ("deep lists", b"[" * 100_000),
    ("deep objects", b'{"a":' * 100_000),
]


@pytest.mark.parametrize("log", [row[1] for row in BYTES], ids=[row[0] for row in BYTES])
def test_what_is_no_export_at_all(verified, log):
    assert verified(log)


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_an_export_that_is_cut_anywhere(verified, lines, share):
    whole = "\n".join(lines)
    assert verified(whole[: int(len(whole) * share)])


HEADER, HEAD, ENTRY = 0, 2, 3
KEYS = [
    *[(HEADER, key) for key in ("keys", "size")],
    *[(ENTRY, key) for key in ("seq", "leaf", "public", "commitment")],
    *[(HEAD, key) for key in ("size", "root", "at", "key", "signature", "epoch", "before", "origin")],
]
each_key = pytest.mark.parametrize(("number", "key"), KEYS, ids=[f"{key} of line {number}" for number, key in KEYS])


@each_key
def test_a_key_that_is_missing(verified, lines, number, key):
    assert "cannot be read" in verified(without(lines, number, key))


@each_key
def test_a_value_of_another_kind(verified, lines, number, key):
    for value in WRONG_TYPES:
        if value == json.loads(lines[number])[key]:
            continue  # a public part may be empty
        assert verified(changed(lines, number, **{key: value})), value


def test_two_entries_of_one_number(verified, lines):
    assert "Entry 3 stands where entry 4 belongs." in verified(changed(lines, ENTRY + 4, seq=3))
    doubled = [*lines[: ENTRY + 4], *lines[ENTRY + 3 :]]
    said = verified("\n".join(doubled))
    assert "Entry 3 stands where entry 4 belongs." in said
    assert "announces 12 entries and holds 13" in said


@pytest.mark.parametrize("seq", [10**30, -1, 11, 12, 2**63, -(2**63)])
def test_an_entry_of_an_impossible_number(verified, lines, seq):
    assert "belongs." in verified(changed(lines, ENTRY, seq=seq))


@pytest.mark.parametrize("size", [10**30, 0, -1, 11, 13, 2**63])
def test_a_header_that_announces_another_number(verified, lines, size):
    assert f"announces {size} entries and holds 12" in verified(changed(lines, HEADER, size=size))


@pytest.mark.parametrize("size", [HUGE, 13, 2**63], ids=["huge", "13", "2**63"])
def test_a_head_over_more_than_there_is(verified, lines, size):
    said = verified(changed(lines, HEAD, size=size))
    assert "is not signed by a key of this log" in said
    assert f"there were {size} entries, now there are 12" in said


def test_a_log_signed_with_another_key(verified, lines):
    assert verified(changed(lines, HEADER, keys={"00000001": OTHER})).count("is not signed by a key of this log") == 2


def test_a_log_whose_heads_name_a_key_that_nobody_knows(verified, lines):
    assert "is not signed by a key of this log" in verified(changed(lines, HEAD, key="00000002"))


@pytest.mark.parametrize("origin", ["chengnuo/420527", "chengnuo/42052", "chengnuo/420526 ", ""])
def test_a_head_of_another_county(verified, lines, origin):
    assert "is not signed by a key of this log" in verified(changed(lines, HEAD, origin=origin))


@pytest.mark.parametrize(
    "at", ["2026-03-02T03:00:00Z", "2026-03-02T01:00:00+00:00", "yesterday", "٢٠٢٦-03-02T01:00:00Z"]
)
def test_a_head_of_another_time(verified, lines, at):
    assert "is not signed by a key of this log" in verified(changed(lines, HEAD, at=at))


def test_a_kept_key_outweighs_the_one_in_the_export(verified, lines, tmp_path):
    """Whoever makes the whole log anew signs it anew: the keys that were kept tell."""
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps({"keys": {"00000001": OTHER}}))
    assert "is not signed by a key of this log" in verified("\n".join(lines), "--heads", str(kept))


@pytest.mark.parametrize("said", [row[1] for row in BYTES if b"NaN" not in row[1] and row[0] != "a number alone"],
                         ids=[row[0] for row in BYTES if b"NaN" not in row[1] and row[0] != "a number alone"])  # fmt: skip
@pytest.mark.parametrize("option", ["--heads", "--receipt"])
def test_what_is_no_paper_at_all(verified, lines, tmp_path, option, said):
    paper = tmp_path / "paper.json"
    paper.write_bytes(said)
    assert "cannot be read" in verified("\n".join(lines), option, str(paper))


@pytest.mark.parametrize(
    "field", ["leaf", "epoch", "issued", "within", "head_size", "head_root", "key", "signature", "origin"]
)
def test_a_receipt_with_a_value_of_another_kind(verified, lines, tmp_path, field):
    paper = tmp_path / "receipt.json"
    for value in (None, HUGE, "zz", [], {}, "2026-03-02T00:00:00Z "):
        paper.write_text(json.dumps(County(12).receipt(3) | {field: value}))
        assert verified("\n".join(lines), "--receipt", str(paper)), value


def test_a_folder_without_a_log_and_a_folder_for_a_paper(tmp_path, capsys):
    for arguments in ([str(tmp_path)], [str(tmp_path / "none.jsonl")], ["--heads", str(tmp_path)]):
        assert verify.main(arguments) == 1
        assert "Something here cannot be read" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--explained", "two"], ["--explained"], ["--heads"], ["one", "two"], ["--fly"]])
def test_what_is_asked_wrongly_is_told_how_to_ask(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        verify.main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: ")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_one_byte_that_is_changed_is_found(verified, lines, data):
    """Only a space between two words of JSON may differ: this export has them after `:` and `,` alone."""
    whole = bytearray("\n".join(lines).encode())
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(33, 126).filter(lambda one: one != whole[at]))
    before, whole[at] = bytes(whole), byte
    if same(before, bytes(whole)):
        return
    assert verified(bytes(whole))


def same(one: bytes, other: bytes) -> bool:
    """Whether both say the same of what is signed: what a header and an entry say beside it is not looked at."""
    try:
        read = [[json.loads(line) for line in log.splitlines()] for log in (one, other)]
        return [signed_part(line) for line in read[0]] == [signed_part(line) for line in read[1]]
    except (ValueError, TypeError, KeyError):
        return False


def signed_part(said: dict) -> dict:
    part = deepcopy(said)
    if "keys" in part:
        part = {"keys": sorted(part["keys"].values()), "size": part["size"]}
    return part
