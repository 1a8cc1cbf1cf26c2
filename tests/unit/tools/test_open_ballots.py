"""The trustees' tool: shares that are enough give the key and fewer give nothing; it opens, mixes, counts and prints sums alone."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.exceptions import BadSignatureError
from nacl.public import PublicKey, SealedBox
from nacl.signing import VerifyKey

from chengnuo.core.ballots.sealed import LENGTH, SEALED_LENGTH, Counts, Odd, Sealing, digest_of_all, odd, plain
from tests.contracts.repository import ROOT
from tools import open_ballots as tool

FILE = ROOT / "tools" / "open_ballots.py"
LEAST = 3
secrets = st.binary(min_size=1, max_size=4)


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Alone, as trustees have it: nothing of the repository can be imported."""
    command = [sys.executable, "-P", FILE, *arguments]
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, cwd=FILE.anchor, env={})


# ---- the shares ------------------------------------------------------------------------------------------------------
def test_bytes_are_multiplied_as_in_aes():
    assert tool.times(0x57, 0x83) == 0xC1  # FIPS 197, 4.2
    assert tool.times(0x57, 0x13) == 0xFE
    assert all(tool.times(a, tool.inverse(a)) == 1 for a in range(1, 256))


byte = st.integers(0, 255)


@given(byte, byte, byte)
def test_bytes_are_a_field(a, b, c):
    assert tool.times(a, b) == tool.times(b, a)
    assert tool.times(a, tool.times(b, c)) == tool.times(tool.times(a, b), c)
    assert tool.times(a, b ^ c) == tool.times(a, b) ^ tool.times(a, c)
    assert (tool.times(a, b) == 0) == (a == 0 or b == 0)


@settings(deadline=None, max_examples=60)
@given(secrets, st.integers(2, 5), st.integers(0, 4), st.randoms(use_true_random=False))
def test_any_shares_that_are_enough_give_the_secret(secret, enough, more, chance: Random):
    shares = tool.split(secret, enough + more, enough, chance.randbytes)
    for count in range(enough, len(shares) + 1):
        assert tool.join(chance.sample(shares, count)) == secret


@settings(deadline=None, max_examples=40)
@given(byte, st.integers(2, 4), st.randoms(use_true_random=False))
def test_one_share_too_few_could_be_of_any_secret(secret, enough, chance: Random):
    """To every byte there is one missing share that would give it: what is there says nothing."""
    few = chance.sample(tool.split(bytes([secret]), enough + 1, enough, chance.randbytes), enough - 1)
    missing = next(x for x in range(1, 9) if x not in dict(few))
    assert {tool.join([*few, (missing, bytes([each]))]) for each in range(256)} == {
        bytes([each]) for each in range(256)
    }


@pytest.mark.parametrize(("shares", "enough"), [(3, 1), (2, 3), (256, 2)])
def test_a_split_that_keeps_nothing_is_refused(shares, enough):
    with pytest.raises(tool.Wrong, match="at most 255"):
        tool.split(b"x", shares, enough)


def test_one_share_given_twice_is_one():
    share = tool.split(b"x", 3, 2)[0]
    with pytest.raises(tool.Wrong, match="given twice"):
        tool.join([share, share])


# ---- opening ---------------------------------------------------------------------------------------------------------
@dataclass
class Vote:
    """A key in a folder, and a call for it."""

    folder: Path
    call: Sealing

    @property
    def key(self) -> Path:
        return self.folder / "key"

    def sealed(self, *papers: str) -> list[bytes]:
        """`ab` marks a and b."""
        box = SealedBox(PublicKey(bytes.fromhex(self.call.box)))
        return [box.encrypt(plain(self.call, frozenset(each), bytes([n] * 16))) for n, each in enumerate(papers)]

    def opened(self, ballots: list[bytes], *shares: int, digest: str = "", call: Sealing | None = None):
        (self.folder / "call.json").write_text(json.dumps((call or self.call).call()))
        (self.folder / "ballots.txt").write_text("\n".join(each.hex() for each in ballots))
        files = [self.key / f"share-{number}.json" for number in shares or (1, 3)]
        told = digest or digest_of_all(ballots)
        return run("open", self.folder / "call.json", self.folder / "ballots.txt", *files, "--digest", told)

    def counts(self, ballots: list[bytes], *shares: int) -> Counts:
        told = self.opened(ballots, *shares)
        assert (told.returncode, told.stderr) == (0, "")
        return Counts.read(json.loads(told.stdout))

    def is_signed(self, text: bytes, signature: str) -> bool:
        try:
            VerifyKey(bytes.fromhex(self.call.signs)).verify(text, bytes.fromhex(signature))
        except BadSignatureError:
            return False
        return True


@pytest.fixture
def vote(tmp_path) -> Vote:
    made = run(
        "make-key", "--election", "e1", "--least", LEAST, "--trustees", 3, "--enough", 2, "--folder", tmp_path / "key"
    )
    assert made.returncode == 0, made.stderr
    key = json.loads((tmp_path / "key" / "key.json").read_text())["key"]
    return Vote(tmp_path, Sealing(round=1, candidates=("a", "b", "c"), seats=1, **key))


def test_a_key_is_made_of_shares_and_the_server_gets_none(vote):
    files = sorted(path.name for path in vote.key.iterdir())
    assert files == ["key.json", "share-1.json", "share-2.json", "share-3.json"]
    assert "share" not in json.loads((vote.key / "key.json").read_text())
    assert all(stat.S_IMODE((vote.key / name).stat().st_mode) == 0o600 for name in files[1:])
    again = run("make-key", "--election", "e1", "--least", 3, "--trustees", 3, "--enough", 2, "--folder", vote.key)
    assert again.returncode == 1, "a key is never written over another"


@pytest.mark.parametrize("shares", [(1, 2), (3, 1), (2, 3), (1, 2, 3)])
def test_it_counts_what_was_sealed(vote, shares):
    ballots = vote.sealed("a", "b", "a", "", "abc", "a")
    counts = vote.counts(ballots, *shares)
    assert odd(counts, vote.call, ballots, vote.is_signed) == ()
    assert (counts.votes, counts.blank, counts.spoiled) == ({"a": 3, "b": 1, "c": 0}, 1, 1)
    assert set(counts.refused.values()) == {0}


def test_counts_that_somebody_changed_are_not_signed(vote):
    ballots = vote.sealed("a", "b", "a")
    counts = vote.counts(ballots)
    forged = replace(counts, votes={"a": 1, "b": 2, "c": 0})
    assert odd(forged, vote.call, ballots, vote.is_signed) == (Odd.NOT_SIGNED,)


def test_other_lengths_copies_and_what_cannot_be_read_are_refused_and_counted(vote):
    good = vote.sealed("a", "b", "a")
    box = SealedBox(PublicKey(bytes.fromhex(vote.call.box)))
    same_chance = box.encrypt(plain(vote.call, frozenset("b"), bytes(16)))
    other_call = box.encrypt(plain(replace(vote.call, round=2), frozenset("b"), b"x" * 16))
    other_marks = box.encrypt(plain(vote.call, frozenset("b"), b"y" * 16)[:-1] + b"\2")
    flipped = bytes([good[0][0] ^ 1]) + good[0][1:]
    bad = [
        good[0],
        same_chance,
        good[1][:-1],
        good[1] + b"\0",
        b"",
        box.encrypt(b"short"),
        other_call,
        other_marks,
        flipped,
    ]
    counts = vote.counts([*good, *(each for each in bad if each)])
    assert counts.refused == {"length": 3, "duplicate": 2, "unreadable": 3}
    assert sum(counts.votes.values()) == counts.opened == 3
    assert len(good[0]) == SEALED_LENGTH == LENGTH + 48


def test_nothing_of_a_single_ballot_leaves_it(vote):
    """Whatever the order of the ballots, the same is printed: sums, digests and a signature."""
    ballots = vote.sealed("a", "b", "", "a")
    one, other = (vote.opened(order).stdout for order in (ballots, ballots[::-1]))
    assert one == other
    assert set(json.loads(one)) == {
        "schema", "of", "ballots", "handed_in", "refused", "votes", "blank", "spoiled", "signature"
    }  # fmt: skip


def test_fewer_than_the_key_was_made_for_are_not_opened(vote):
    told = vote.opened(vote.sealed("a", "b"))
    assert (told.returncode, told.stdout) == (1, "")
    assert "vote on paper" in told.stderr


@pytest.mark.parametrize("change", [{"least": 1}, {"election": "e2"}, {"signs": "00" * 32}])
def test_a_server_cannot_ask_for_less(vote, change):
    told = vote.opened(vote.sealed("a"), call=replace(vote.call, **change))
    assert (told.returncode, told.stdout) == (1, "")
    assert "not for this key" in told.stderr


def test_other_ballots_than_on_the_sheet_are_not_opened(vote):
    ballots = vote.sealed("a", "b", "a", "b")
    told = vote.opened(ballots[:3], digest=digest_of_all(ballots))
    assert (told.returncode, told.stdout) == (1, "")
    assert "not the ballots of the sheet" in told.stderr


def test_one_ballot_less_is_not_opened_afterwards(vote):
    ballots = vote.sealed("a", "b", "a", "b")
    assert vote.counts(ballots) == vote.counts(ballots)
    less = vote.opened(ballots[:3], 2, 3)
    assert (less.returncode, less.stdout) == (1, "")
    assert "opened other ballots" in less.stderr


def test_shares_that_are_not_enough_or_damaged_open_nothing(vote):
    ballots = vote.sealed("a", "b", "a")
    assert "not enough" in vote.opened(ballots, 1).stderr
    assert "given twice" in vote.opened(ballots, 1, 1).stderr
    file = vote.key / "share-1.json"
    share = json.loads(file.read_text())
    file.write_text(json.dumps(share | {"share": "00" * 32}))
    assert "do not give their key" in vote.opened(ballots, 1, 2).stderr
    file.write_text(json.dumps(share | {"enough": 1}))
    assert "do not give their key" in vote.opened(ballots, 1).stderr
    file.write_text(json.dumps(share | {"share": "00"}))
    assert "damaged" in vote.opened(ballots, 1, 2).stderr
    file.write_text(json.dumps(share | {"key": {}}))
    assert "different keys" in vote.opened(ballots, 1, 2).stderr
    file.write_text("[]")
    assert "no file of the kind" in vote.opened(ballots, 1, 2).stderr
    file.write_text(json.dumps({"schema": "chengnuo.share/1", "key": share["key"]}))
    assert "not what it should be" in vote.opened(ballots, 1, 2).stderr


def test_a_file_that_is_no_list_of_ballots_is_said_to_be_none(vote):
    vote.opened(vote.sealed("a"))
    (vote.folder / "ballots.txt").write_text("what?")
    told = run(
        "open",
        vote.folder / "call.json",
        vote.folder / "ballots.txt",
        vote.key / "share-1.json",
        vote.key / "share-2.json",
        "--digest",
        "x",
    )
    assert "not hexadecimal" in told.stderr
