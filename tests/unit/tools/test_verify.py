"""The verifier stands alone: any Python, no package, no county; whatever it is given it answers in sentences."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.log import Head, Receipt, canonical, commitment, leaf_hash, tree
from tests.contracts.repository import ROOT, text
from tools import verify

FILE = ROOT / "tools" / "verify.py"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw().hex()
ORIGIN = "chengnuo/420526"
DAY = "2026-03-02T{:02}:00:00Z"


def entry(number: int) -> dict:
    public = {"class": "plain", "day": "2026-03-02", "office": "", "schema": "case.receive/1"} if number % 3 else {}
    committed = commitment(number.to_bytes(32), {"row": str(number)})
    return {
        "seq": number,
        "public": public,
        "commitment": committed,
        "leaf": leaf_hash(public, committed).hex(),
    }


def signed(said: Head | Receipt, schema: str) -> dict:
    return {
        "schema": schema,
        **{name: value for name, value in vars(said).items() if name != "next" or value},
        "key": "00000001",
        "signature": KEY.sign(said.text().encode()).hex(),
    }


class County:
    """A county made of nothing but core: so many entries, a head after each so many hours."""

    def __init__(self, size: int, *heads: int) -> None:
        self.entries = [entry(number) for number in range(size)]
        self.nodes: dict[tree.Node, bytes] = {}
        for each in self.entries:
            self.nodes |= tree.grown(each["seq"], bytes.fromhex(each["leaf"]), self.nodes.__getitem__)
        self.heads = [self.head(signed_size, hour) for hour, signed_size in enumerate(heads)]

    def head(self, size: int, hour: int) -> dict:
        root = tree.root(size, self.nodes.__getitem__).hex()
        return signed(Head(ORIGIN, 1, size, root, DAY.format(hour)), "chengnuo.head/1")

    def receipt(self, number: int, **changes: object) -> dict:
        said = {
            "issued": DAY.format(0),
            "within": 3600,
            "head_size": 0,
            "head_root": tree.EMPTY.hex(),
        } | changes
        return signed(Receipt(origin=ORIGIN, epoch=1, leaf=entry(number)["leaf"], **said), "chengnuo.receipt/1")

    def lines(self) -> list[dict]:
        header = {
            "schema": "chengnuo.export/1",
            "origin": ORIGIN,
            "size": len(self.entries),
            "keys": {"00000001": PUBLIC},
        }
        return [header, *self.heads, *self.entries]

    def written(self, path: Path) -> Path:
        path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self.lines()), encoding="utf-8")
        return path


@pytest.fixture
def county():
    return County(40, 7, 20, 33)


@pytest.fixture
def run(tmp_path, capsys):
    """`run(export lines or county, heads=…, receipts=…)` answers the exit code and what was said."""

    def given_to(log, *, heads=None, receipts=None, explained=()):
        arguments = []
        if log is not None:
            path = tmp_path / "log.jsonl"
            arguments = [str(log.written(path) if isinstance(log, County) else written(path, log))]
        for option, said in (("--heads", heads), ("--receipt", receipts)):
            if said is not None:
                arguments += [option, str(written(tmp_path / f"{option}.json", said))]
        arguments += ["--explained", *map(str, explained)] if explained else []
        code = verify.main(arguments)
        return code, capsys.readouterr().out

    return given_to


def written(path: Path, said: object) -> Path:
    path.write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")
    return path


def test_it_is_one_short_file_for_any_python():
    source = text(FILE)
    assert len(source.splitlines()) <= 300
    module = ast.parse(source, feature_version=(3, 9))
    imported = {
        name.partition(".")[0]
        for node in ast.walk(module)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([each.name for each in node.names] if isinstance(node, ast.Import) else [node.module])
    }
    assert imported <= sys.stdlib_module_names


def test_it_runs_without_any_package(county, tmp_path):
    command = [sys.executable, "-I", "-S", str(FILE), str(county.written(tmp_path / "log.jsonl"))]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Checked: 40 entries, 3 published heads")


# RFC 8032, 7.1: public key, message, signature
VECTORS = [
    ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "r",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
]  # fmt: skip


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_signatures_of_the_standard_are_verified(public, message, signature):
    key, code = verify.Key(public), bytes.fromhex(signature)
    assert key.signed(message, code)
    assert not key.signed(message + " ", code)
    for at in range(64):
        assert not key.signed(message, code[:at] + bytes([code[at] ^ 1]) + code[at + 1 :])


@given(
    seed=st.binary(min_size=32, max_size=32),
    message=st.text(st.characters(exclude_categories=["Cs"])),
    bit=st.integers(0, 511),
)
def test_it_agrees_with_another_program(seed, message, bit):
    private = Ed25519PrivateKey.from_private_bytes(seed)
    key = verify.Key(private.public_key().public_bytes_raw().hex())
    signature = private.sign(message.encode())
    assert key.signed(message, signature)
    bent = bytearray(signature)
    bent[bit // 8] ^= 1 << bit % 8
    assert not key.signed(message, bytes(bent))
    assert not key.signed(message + "x", signature)


def test_a_signature_can_be_written_in_one_way_only():
    """The second half plus the order of the group would pass too, if it were not refused (5.1.7)."""
    signature = KEY.sign(b"said")
    second = int.from_bytes(signature[32:], "little") + verify.ORDER
    assert verify.Key(PUBLIC).signed("said", signature)
    for other in (
        signature[:32] + second.to_bytes(32, "little"),
        signature + b"\0",
        signature[:63],
        b"",
        bytes(64),
    ):
        assert not verify.Key(PUBLIC).signed("said", other)


@pytest.mark.parametrize("code", ["ff" * 32, "02" + "00" * 31, "01" + "00" * 30 + "80", "zz"])
def test_what_is_no_key_is_refused(code):
    with pytest.raises(ValueError, match=r".+"):
        verify.Key(code)


def test_it_writes_entries_as_core_does():
    for said in ({"b": "承诺", "a": [1, "\u2028", {"z": "😀", "A": ""}]}, {}, [], '\x00\x1f"\\'):
        assert verify.canonical(said) == canonical(said)
    assert verify.leaf_of(entry(5)) == entry(5)["leaf"]


def leads(*proof) -> bytes:
    try:
        return verify.root_by_proof(*proof)
    except ValueError:
        return b""


def test_its_proofs_are_those_of_core():
    county = County(70)
    for size in (1, 2, 3, 5, 64, 70):
        for index in range(size):
            path = [tree.hash_of(span, county.nodes.__getitem__) for span in tree.inclusion(index, size)]
            leaf, root = county.nodes[0, index], tree.root(size, county.nodes.__getitem__)
            assert verify.root_by_proof(leaf, index, size, path) == root
            assert verify.root_by_proof(leaf, index, size, [leaf, *path]) != root
            assert size == 1 or leads(leaf, (index + 1) % size, size, path) != root
    with pytest.raises(ValueError, match="not enough"):
        verify.root_by_proof(leaf, 3, 5, [])


def test_a_log_in_order(county, run):
    code, said = run(
        county, heads=county.heads[:1], receipts=[county.receipt(3), county.receipt(39, issued=DAY.format(2))]
    )
    assert code == 0
    assert said.splitlines() == [
        "Checked: 40 entries, 3 published heads, 1 kept heads, 2 receipts (0 not in the log yet), 0 entries and proofs.",
        "Signed last at 2026-03-02T02:00:00Z. What follows and has no receipt could vanish unseen.",
        "All of this is in order.",
    ]


WITHDRAWN = "its head is not published any more"


@pytest.mark.parametrize("number", range(3))
def test_a_kept_head_that_is_published_no_longer_is_found(county, run, number):
    """The entries are all there and the other heads fit them: only whoever kept this one can say that it is gone."""
    kept = county.heads.pop(number)
    code, said = run(county, heads=[kept])
    assert code == 1
    assert f"({kept['size']} entries)" in said.replace("epoch 1, ", "")
    assert WITHDRAWN in said
    assert "altered" not in said


def test_a_receipt_remembers_the_head_that_was_published_before_it(county, run):
    head = county.heads[1]
    receipt = county.receipt(25, head_size=head["size"], head_root=head["root"], issued=DAY.format(1))
    assert run(county, receipts=[receipt])[0] == 0
    del county.heads[1]
    code, said = run(county, receipts=[receipt])
    assert (code, WITHDRAWN in said) == (1, True)


def test_a_head_whose_root_was_exchanged_is_published_no_longer(county, run):
    kept = county.heads[1]
    county.heads[1] = kept | {"root": "ab" * 32}
    assert WITHDRAWN in run(county, heads=[kept])[1]


def test_what_is_still_published_and_a_receipt_before_any_head_are_in_order(county, run):
    code, said = run(county, heads=county.heads, receipts=[county.receipt(3)])
    assert (code, WITHDRAWN in said) == (0, False)


def test_it_says_what_it_cannot_know(county, run):
    _, said = run(county)
    assert "You gave no head that somebody kept: whether the whole log was made anew cannot be known." in said


def test_no_heads_and_no_entries_is_in_order(run):
    assert run(County(0))[0] == 0


@pytest.mark.parametrize("number", [0, 6, 7, 19, 20, 32])
@pytest.mark.parametrize("field", ["public", "commitment", "leaf", "seq"])
def test_every_changed_field_of_every_signed_entry_is_found(county, run, number, field):
    other = {"public": {"day": "2026-03-01"}, "commitment": "ab" * 32, "leaf": "cd" * 32, "seq": 1_000}
    county.entries[number] |= {field: other[field]}
    code, said = run(county)
    assert code == 1
    assert f"ntry {'1000' if field == 'seq' else number} " in said


@pytest.mark.parametrize("number", [0, 6, 7, 19, 20, 31])
def test_every_entry_that_is_gone_doubled_moved_or_slipped_in_is_found(county, run, number):
    def renumbered(entries):
        return [each | {"seq": seq} for seq, each in enumerate(entries)]

    before = county.entries
    moved = [*before[:number], *before[number + 1 :], before[number]]
    for entries in (before[:number] + before[number + 1 :], [*before[: number + 1], *before[number:]], moved,
                    [*before[:number], entry(99), *before[number:]], before[:number]):  # fmt: skip
        county.entries = renumbered(entries)
        code, said = run(county)
        assert code == 1
        assert "altered, removed, inserted or moved" in said or "were taken away" in said


def test_heads_out_of_the_order_of_time_are_found(county, run):
    county.heads.append(county.head(36, 1))
    assert "The heads do not stand in the order of time." in run(county)[1]


def test_an_export_that_breaks_off_is_found(county, run):
    lines = [json.dumps(line) for line in county.lines()]
    assert "The export announces 40 entries and holds 39." in run("\n".join(lines[:-1]))[1]
    assert "cannot be read" in run("\n".join([*lines[:-1], lines[-1][:50]]))[1]


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({}, 0, "in order"),
        ({"issued": DAY.format(1), "within": 3600}, 0, "in order"),
        ({"within": 3601}, 0, "in order"),
        ({"issued": DAY.format(2)}, 0, "in order"),
        ({"head_size": 7}, 1, "was altered, removed"),
        ({"head_size": 41}, 1, "there were 41 entries, now there are 40"),
    ],
)
def test_receipts_of_an_entry_that_is_there(county, run, changes, code, words):
    found, said = run(county, receipts=county.receipt(15, **changes))
    assert (found, words in said) == (code, True)


@pytest.mark.parametrize(
    ("number", "within", "code", "words"),
    [
        (20, 3600, 1, "its entry came too late"),
        (19, 3600, 0, "in order"),
        (20, 3601, 0, "in order"),
        (35, 7200, 1, "its entry came too late"),
        (35, 7201, 0, "in order"),
        (77, 7200, 1, "its entry is not in the log. It was promised within 7200 seconds."),
        (77, 7201, 0, "1 receipts (1 not in the log yet)"),
    ],
)
def test_a_promise_is_kept_by_the_first_head_after_its_time(county, run, number, within, code, words):
    found, said = run(county, receipts=county.receipt(number, within=within))
    assert (found, words in said) == (code, True)


def test_heads_and_receipts_without_an_export(county, run):
    keys = {"keys": {"00000001": PUBLIC}, "heads": county.heads}
    assert run(None, heads=keys, receipts=county.receipt(3))[0] == 0
    forged = [county.heads[0] | {"size": 8}, county.receipt(3) | {"within": 9}]
    said = run(None, heads=keys, receipts=forged)[1]
    assert said.count("is not signed by a key of this log") == 2


@pytest.mark.parametrize(
    "log",
    ["", "\n", "nonsense", "{}", "[]", "null", '{"keys": {}}', '{"keys": {"1": "zz"}, "size": 0}', '{"keys": {}, "size": 0}\n{}',
     '{"keys": {}, "size": 0}\n{"schema": "chengnuo.head/1"}', '{"keys": [], "size": 0}', '{"keys": {}, "size": 1}\n{"seq": 0, "public": 3, "commitment": 4, "leaf": 5}',
     "[" * 5000, '{"keys": {"1": 5}}'],
    ids=range(14),
)  # fmt: skip
def test_bad_exports_are_answered_in_words(run, log):
    code, said = run(log)
    assert code == 1
    assert "WRONG" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "said",
    [
        "",
        "{",
        "[1",
        '{"schema": "chengnuo.head/1"}',
        '{"schema": "chengnuo.receipt/1"}',
        '{"opening": 3}',
        '{"keys": 4}',
        '{"hashes": []}',
    ],
)
def test_bad_papers_are_answered_in_words(county, run, said):
    code, answer = run(county, receipts=said)
    assert code == 1
    assert "Something here cannot be read" in answer


def test_a_paper_about_nothing_changes_nothing(county, run):
    assert run(county, receipts={"schema": "other/1", "words": ["x", 1, None, True]})[0] == 0


def test_a_file_that_is_not_there_is_answered_in_words(capsys):
    assert verify.main(["nothing-here.jsonl"]) == 1
    assert "No such file" in capsys.readouterr().out


def test_of_many_faults_the_first_twenty_are_said(county, run):
    county.entries = [each | {"leaf": "00" * 32} for each in county.entries]
    assert run(county)[1].count("it was altered") == 20


def test_it_is_fast(tmp_path, capsys):
    """The goal is 100,000 entries in some seconds; a fifth of that here, and the measure is printed."""
    path = County(20_000, *range(1000, 20_001, 1000)).written(tmp_path / "log.jsonl")
    began = time.process_time()
    assert verify.main([str(path)]) == 0
    took = time.process_time() - began
    capsys.readouterr()
    print(f"20,000 entries verified in {took:.2f} s")
    assert took < 5
