"""Verifies the log of a county as an outsider: one file, nothing but Python 3.9 or newer and its standard library.

    python3 verify.py [EXPORT] [--heads FILE …] [--receipt FILE …] [--explained EPOCH …]

EXPORT is what the page "The log and its heads" lets you download (a file, or a folder with log.jsonl). --heads are heads that
somebody kept: without them nobody can tell whether the whole log was made anew. --receipt are receipts, entries and proofs of
your own requests. docs/reference/log-format.md describes every byte. Answers 0 when all is in order, else 1, and says why.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import reduce
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Point = tuple[int, int, int, int]
P = 2**255 - 19  # Ed25519 (RFC 8032, 5.1)
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ZERO: Point = (0, 1, 1, 0)
HEAD = "{origin}\n{size}\n{root}\nepoch {epoch}\nat {at}\nbefore {before}\n"
RECEIPT = "{origin} receipt\n{leaf}\nepoch {epoch}\nissued {issued}\nwithin {within}\nhead {head_size} {head_root}\n"
TROUBLE = (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError)


def added(a: Point, b: Point) -> Point:
    """The sum of two points in extended coordinates (5.1.4)."""
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    t, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, z - t, z + t, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def decoded(code: bytes) -> Point:
    """The point that 32 bytes stand for (5.1.3). Raises ValueError when they stand for none."""
    y = int.from_bytes(code, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        raise ValueError("this is no public key")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def multiples(point: Point) -> list[list[Point]]:
    """0 to 15 times the point, times every power of 16: to multiply is then to add, and heads are many."""
    rows = []
    for _ in range(64):
        rows.append(list(accumulate([point] * 15, added, initial=ZERO)))
        point = added(rows[-1][-1], point)
    return rows


def times(number: int, rows: list[list[Point]]) -> Point:
    return reduce(added, (row[number >> 4 * place & 15] for place, row in enumerate(rows)), ZERO)


BASE = multiples(decoded(bytes.fromhex("58" + "66" * 31)))


class Key:  # a public key of the county
    def __init__(self, code: str) -> None:
        self.code = bytes.fromhex(code)
        x, y, z, t = decoded(self.code)
        self.minus = multiples((P - x, y, z, P - t))

    def signed(self, text: str, signature: bytes) -> bool:
        """Whether this key made the signature over the text (5.1.7)."""
        first, second = signature[:32], int.from_bytes(signature[32:], "little")
        digest = hashlib.sha512(first + self.code + text.encode()).digest()
        x, y, z, _ = added(times(second, BASE), times(int.from_bytes(digest, "little") % ORDER, self.minus))
        inverse = pow(z, P - 2, P)
        found = y * inverse % P | (x * inverse % P & 1) << 255
        return second < ORDER and signature == found.to_bytes(32, "little") + second.to_bytes(32, "little")


def canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def leaf_of(entry: Json) -> str:
    return hashlib.sha256(b"\0" + canonical({name: entry[name] for name in ("commitment", "public")})).hexdigest()


def parent(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """The tree of RFC 9162 while it grows: only its complete subtrees are kept, the largest first."""

    def __init__(self) -> None:
        self.size, self.peaks = 0, list[bytes]()

    def add(self, leaf: bytes) -> None:
        rest, self.size = self.size, self.size + 1
        while rest & 1:
            leaf, rest = parent(self.peaks.pop(), leaf), rest >> 1
        self.peaks.append(leaf)

    def root(self) -> str:
        peaks = self.peaks[::-1] or [hashlib.sha256().digest()]
        return reduce(lambda value, peak: parent(peak, value), peaks).hex()


def root_by_proof(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root to which a proof of inclusion leads (RFC 9162, 2.1.3). Raises ValueError where the proof is too short."""
    if size == 1:
        return leaf if index == 0 and not path else b""
    half = 1 << (size - 1).bit_length() - 1
    *below, beside = path
    if index < half:
        return parent(root_by_proof(leaf, index, half, below), beside)
    return parent(beside, root_by_proof(leaf, index - half, size - half, below))


def named(head: Json) -> tuple[int, int, str]:
    """The last head before a restore, which the heads of the epoch after it name; "-" in the first epoch."""
    epoch, size, root = (head["before"] if head["before"] != "-" else "0/0/").split("/")
    return int(epoch), int(size), root


def seconds(stamp: str) -> int:
    return int(datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%S%z").timestamp())


class Verifier:
    """What an outsider holds and what the log says. Every check yields a sentence for each thing that is wrong."""

    def __init__(self, papers: list[Json], explained: list[int]) -> None:
        self.kept = [each for each in papers if each.get("schema") == "chengnuo.head/1"]
        self.receipts = [each for each in papers if each.get("schema") == "chengnuo.receipt/1"]
        self.others = [each for each in papers if "opening" in each or "hashes" in each]
        self.keys = {name: Key(code) for each in papers for name, code in each.get("keys", {}).items()}
        self.known, self.roots, self.places = set(self.keys), dict[int, str](), dict[str, int]()
        self.tree, self.heads, self.explained = Tree(), list[Json](), explained

    def read(self, lines: Iterator[Json]) -> Iterator[str]:
        """Reads an export once: computes every leaf, and the root at every size that somebody speaks of."""
        header = next(lines, {})
        self.keys = {name: Key(code) for name, code in header["keys"].items()} | self.keys
        wanted = {each["leaf"] for each in self.receipts + self.others}
        sizes = {each["size"] for each in self.kept} | {each["head_size"] for each in self.receipts}
        for said in lines:
            if said.get("schema") == "chengnuo.head/1":
                self.heads.append(said)
                sizes |= {said["size"], named(said)[1]}
                continue
            at, leaf = self.tree.size, leaf_of(said)
            if at in sizes:
                self.roots[at] = self.tree.root()
            if leaf in wanted:
                self.places.setdefault(leaf, at)
            if said["seq"] != at:
                yield f"Entry {said['seq']} stands where entry {at} belongs."
            if said["leaf"] != leaf:
                yield f"Entry {at} is not what its leaf says: it was altered."
            self.tree.add(bytes.fromhex(leaf))
        self.roots[self.tree.size] = self.tree.root()
        self.shown = {(head["epoch"], head["size"], head["root"]) for head in self.heads}
        self.heads.sort(key=lambda head: (head["epoch"], head["size"]))
        if header["size"] != self.tree.size:
            yield f"The export announces {header['size']} entries and holds {self.tree.size}."

    def follow_keys(self) -> None:
        """Which keys may sign: those that were kept, else that of the first head; and what a head of theirs announced, in its place."""
        heads = sorted(self.heads + self.kept, key=lambda head: (head["epoch"], head["size"]))
        self.known = self.known or {head["key"] for head in heads[:1]} or set(self.keys)
        for name, code in (head["next"].split() for head in heads if head.get("next") and head["key"] in self.known):
            if name not in self.known:
                self.keys[name], self.known = Key(code), self.known | {name}
        self.over = {head["key"]: (head["epoch"], head["size"]) for head in heads[::-1] if head.get("next")}

    def unsigned(self, said: Json, text: str, what: str) -> Iterator[str]:
        at, name = (said["epoch"], said.get("size", 0)), said["key"]
        is_over = at > self.over.get(name, at) and said["epoch"] not in self.explained
        key = self.keys.get(name if name in self.known and not is_over else "")
        if key is None or not key.signed(text.format(**said), bytes.fromhex(said["signature"])):
            yield f"{what} is not signed by a key of this log."

    def misfit(self, epoch: int, size: int, root: str, what: str) -> Iterator[str]:
        """Whether the log begins with what was signed; what a later restore cut off is judged by `check_epochs`."""
        cut = [head["size"] for head in self.heads if head["epoch"] > epoch]
        if not self.roots or not size or size > min(cut, default=size):
            return
        if (epoch, size, root) not in self.shown:
            yield f"{what}: its head is not published any more. Download the log anew; if it is still missing, it was withdrawn."
        if size > self.tree.size:
            yield f"{what}: there were {size} entries, now there are {self.tree.size}. The others were taken away."
        elif self.roots[size] != root:
            yield f"{what}: one of the first {size} entries was altered, removed, inserted or moved since."

    def check_heads(self) -> Iterator[str]:
        """Every head, published or kept: signed, and followed by nothing but more entries."""
        epochs = {head["epoch"]: named(head) for head in self.heads}
        for head in self.kept + self.heads:
            what = "The head of {at} (epoch {epoch}, {size} entries)".format(**head)
            yield from self.unsigned(head, HEAD + "next {next}\n" * bool(head.get("next")), what)
            if self.roots and head["epoch"] not in epochs:
                yield f"{what}: this log does not know that epoch. An old copy was put back."
            else:
                _, size, root = epochs.get(head["epoch"] + 1, (0, head["size"], head["root"]))
                if head["size"] >= size and (head["size"], head["root"]) != (size, root):
                    yield f"{what} was published before a restore, and the new epoch hides it."
                yield from self.misfit(head["epoch"], head["size"], head["root"], what)
        if [head["at"] for head in self.heads] != sorted(head["at"] for head in self.heads):
            yield "The heads do not stand in the order of time."

    def check_epochs(self) -> Iterator[str]:
        """A restore is told by a new epoch that names the last head before it; what it cost must be explained."""
        for number, epoch in enumerate(sorted({head["epoch"] for head in self.heads}), 1):
            heads = [head for head in self.heads if head["epoch"] == epoch]
            before, size, root = named(heads[0])
            if not number == epoch == before + 1 or len({head["before"] for head in heads}) > 1:
                yield f"Epoch {epoch} does not name the epoch before it."
            if size > heads[0]["size"] and epoch not in self.explained:
                yield f"Epoch {epoch} began with a restore that lost {size - heads[0]['size']} published entries. Ask why; then: --explained {epoch}"
            yield from self.misfit(before, size, root, f"The head that epoch {epoch} names")

    def check_receipts(self) -> Iterator[str]:
        """Promises that an entry will stand in the log: the first head after the promised time must cover it."""
        for said in self.receipts:
            yield from self.unsigned(said, RECEIPT, what := f"The receipt of {said['issued']}")
            yield from self.misfit(said["epoch"], said["head_size"], said["head_root"], what)
            due, place = seconds(said["issued"]) + said["within"], self.places.get(said["leaf"])
            covers = [head["size"] for head in self.heads + self.kept if seconds(head["at"]) >= due]
            if self.roots and covers and (place is None or place >= min(covers)):
                yield f"{what}: its entry {'is not in the log' if place is None else 'came too late'}. It was promised within {said['within']} seconds."

    def check_others(self) -> Iterator[str]:
        """Proofs of inclusion, and entries with what opens their commitment: salt and private part."""
        for said in self.others:
            if "hashes" in said:
                head, path = said["head"], [bytes.fromhex(each) for each in said["hashes"]]
                if root_by_proof(bytes.fromhex(said["leaf"]), said["index"], head["size"], path).hex() != head["root"]:
                    yield f"The proof for entry {said['index']} does not lead to the root of its head."
                continue
            salt, private = bytes.fromhex(said["opening"]["salt"]), canonical(said["opening"]["private"])
            honest = hmac.new(salt, private, hashlib.sha256).hexdigest() == said["commitment"]
            if not honest or leaf_of(said) != said["leaf"]:
                yield f"The entry {said['schema']} of {said['day']} does not say what its leaf says."
            if self.roots and said["seq"] not in {None, self.places.get(said["leaf"])}:
                yield f"The entry {said['schema']} of {said['day']} does not stand where it says."

    def summary(self) -> Iterator[str]:
        """What was checked, and what cannot be known."""
        missing = sum(each["leaf"] not in self.places for each in self.receipts)
        held = f"{len(self.receipts)} receipts ({missing} not in the log yet), {len(self.others)} entries and proofs"
        yield f"Checked: {self.tree.size} entries, {len(self.heads)} published heads, {len(self.kept)} kept heads, {held}."
        if not self.kept:
            yield "You gave no head that somebody kept: whether the whole log was made anew cannot be known."
        if self.heads:
            yield f"Signed last at {self.heads[-1]['at']}. What follows and has no receipt could vanish unseen."


def inside(said: Any) -> Iterator[Json]:
    """Everything that is an object inside what was kept, itself included."""
    yield from [said] if isinstance(said, dict) else []
    for each in said.values() if isinstance(said, dict) else said if isinstance(said, list) else ():
        yield from inside(each)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Verifies a county's log as an outsider.")
    parser.add_argument("export", nargs="?", help="the export of the log: a file, or a folder with log.jsonl")
    parser.add_argument("--heads", nargs="+", default=[], metavar="FILE", help="heads that you kept")
    parser.add_argument("--receipt", nargs="+", default=[], metavar="FILE", help="receipts, entries, proofs")
    parser.add_argument("--explained", nargs="+", default=[], metavar="EPOCH", type=int)
    asked = parser.parse_args(arguments)
    wrong: list[str] = []
    try:
        kept = [json.loads(Path(file).read_text(encoding="utf-8")) for file in asked.heads + asked.receipt]
        log = Verifier(list(inside(kept)), asked.explained)
        if asked.export:
            path = Path(asked.export)
            with (path / "log.jsonl" if path.is_dir() else path).open(encoding="utf-8") as lines:
                wrong += log.read(map(json.loads, lines))
        log.follow_keys()
        wrong += chain(log.check_heads(), log.check_epochs(), log.check_receipts(), log.check_others())
        print(*log.summary(), sep="\n")
    except TROUBLE as trouble:
        wrong.append(f"Something here cannot be read ({trouble!r}).")
    print(*list(dict.fromkeys(wrong))[:20], "WRONG" if wrong else "All of this is in order.", sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
