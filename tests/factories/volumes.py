"""A volume of one group with its log, made of nothing but core; and seeded mutants of it, each with the item that is wrong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chengnuo.core.log import Head, canonical, commitment, leaf_hash, tree
from chengnuo.core.text3 import Text3
from chengnuo.core.volume import Item, Retention, Volume, bagged, catalogue_of

KEY, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes(range(first, first + 32))) for first in (0, 7))
CATALOGUE, PROOFS = "catalogue.json", "proofs.json"
Payload = dict[str, bytes]
Made = tuple[Payload, int]


def documents(count: int) -> list[tuple[str, bytes]]:
    return [
        (f"items/{number:03}.txt", ("\f".join([f"第{number}件：会议记录\n"] * (1 + number % 3))).encode())
        for number in range(1, count + 1)
    ]


def volume(count: int = 12) -> Volume:
    items = [
        Item(number, Text3(f"记录{number}", f"記錄{number}", f"Minutes {number}"), "龙池村", date(2026, 3, number),
             1 + number % 3, Retention.PERMANENT, hashlib.sha256(content).hexdigest(), file=file)
        for number, (file, content) in enumerate(documents(count), 1)
    ]  # fmt: skip
    return Volume("420526101201-001", tuple(items))


def payload(said: Volume, files: Payload, key: Ed25519PrivateKey = KEY) -> Payload:
    """The files with a catalogue and with proofs under a head of this key."""
    catalogue = canonical(catalogue_of(said))
    lines = [{"number": 0, "sha256": hashlib.sha256(catalogue).hexdigest()}, *catalogue_of(said)["items"]]
    entries = [_entry(line) for line in lines]
    leaves, nodes = [leaf_hash(each["public"], each["commitment"]) for each in entries], dict[tree.Node, bytes]()
    for at, leaf in enumerate(leaves):
        nodes |= tree.grown(at, leaf, nodes.__getitem__)
    size = len(leaves)
    head = Head("chengnuo/420526", 1, size, tree.root(size, nodes.__getitem__).hex(), "2026-04-01T00:00:00Z")
    signed = {"schema": "chengnuo.head/1", **{k: v for k, v in vars(head).items() if v != ""}, "key": "00000001",
              "signature": key.sign(head.text().encode()).hex()}  # fmt: skip
    proofs = [
        {"item": line["number"], "entry": entry, "index": at,
         "hashes": [tree.hash_of(span, nodes.__getitem__).hex() for span in tree.inclusion(at, size)]}
        for at, (line, entry) in enumerate(zip(lines, entries, strict=True))
    ]  # fmt: skip
    told = {"keys": {"00000001": key.public_key().public_bytes_raw().hex()}, "head": signed, "proofs": proofs}
    return {**files, CATALOGUE: catalogue, PROOFS: json.dumps(told).encode()}


def _entry(line: dict[str, Any]) -> dict[str, Any]:
    public = {
        "item": str(line["number"]),
        "line": hashlib.sha256(canonical(line)).hexdigest(),
        "sha256": line["sha256"],
    }
    return {"public": public, "commitment": commitment(bytes(32), {"item": str(line["number"])})}


def whole(count: int = 12) -> Payload:
    return payload(volume(count), dict(documents(count)))


def bag(files: Payload) -> dict[str, bytes]:
    return bagged(files, {"Source-Organization": "龙池村"})


def kept() -> dict[str, Any]:
    """What somebody kept of the log: the head and its key."""
    told = json.loads(whole()[PROOFS])
    return {"keys": told["keys"], "heads": [told["head"]]}


def written(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def mutants(count: int, seed: str = "volumes") -> Iterator[tuple[str, dict[str, bytes], int]]:
    """Kind of damage, the files of the bag, and the number of the item that is wrong; the same ones every time."""
    chance, files = Random(seed), whole()
    kinds = [*IN_THE_BAG, *MADE_ANEW]
    for at in range(count):
        kind, number = kinds[at % len(kinds)], chance.randint(1, 12)
        if kind in IN_THE_BAG:
            made = bag(files)
            IN_THE_BAG[kind](made, f"data/items/{number:03}.txt", chance)
        else:
            fresh = deepcopy(files)
            MADE_ANEW[kind](fresh, number, chance)
            made = bag(fresh)
        yield kind, made, number


def _flip(files: dict[str, bytes], name: str, chance: Random) -> None:
    content = bytearray(files[name])
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    files[name] = bytes(content)


def _cut(files: dict[str, bytes], name: str, chance: Random) -> None:
    files[name] = files[name][: chance.randrange(len(files[name]))]


def _longer(files: dict[str, bytes], name: str, chance: Random) -> None:
    files[name] += chance.randbytes(chance.randint(1, 40))


def _gone(files: dict[str, bytes], name: str, _chance: Random) -> None:
    del files[name]


def _not_in(manifest: str) -> Callable[[dict[str, bytes], str, Random], None]:
    def damage(files: dict[str, bytes], name: str, _chance: Random) -> None:
        lines = files[manifest].splitlines(keepends=True)
        files[manifest] = b"".join(line for line in lines if not line.rstrip().endswith(name.encode()))

    return damage


def _replaced(files: Payload, number: int, chance: Random) -> None:
    files[f"items/{number:03}.txt"] = f"另一份 {chance.random()}".encode()


def _catalogue_too(files: Payload, number: int, chance: Random) -> None:
    _replaced(files, number, chance)
    digest = hashlib.sha256(files[f"items/{number:03}.txt"]).hexdigest()
    _line(files, number, sha256=digest, pages=1)


def _line(files: Payload, number: int, **said: object) -> None:
    catalogue = json.loads(files[CATALOGUE])
    catalogue["items"][number - 1] |= said
    files[CATALOGUE] = canonical(catalogue)


def _left_out(files: Payload, number: int, _chance: Random) -> None:
    catalogue = json.loads(files[CATALOGUE])
    del files[f"items/{number:03}.txt"]
    catalogue["items"] = [item for item in catalogue["items"] if item["number"] != number]
    catalogue["gaps"] = [] if number < 12 else [{"number": 13, "why": {}}]
    files[CATALOGUE] = canonical(catalogue)


def _proof(**said: Callable[[Any, Random], Any]) -> Callable[[Payload, int, Random], None]:
    def damage(files: Payload, number: int, chance: Random) -> None:
        told = json.loads(files[PROOFS])
        for name, make in said.items():
            told["proofs"][number][name] = make(told["proofs"][number][name], chance)
        files[PROOFS] = json.dumps(told).encode()

    return damage


def _no_proof(files: Payload, number: int, _chance: Random) -> None:
    told = json.loads(files[PROOFS])
    del told["proofs"][number]
    files[PROOFS] = json.dumps(told).encode()


def _swapped(files: Payload, number: int, _chance: Random) -> None:
    one, two = f"items/{number:03}.txt", f"items/{number % 12 + 1:03}.txt"
    files[one], files[two] = files[two], files[one]


IN_THE_BAG: dict[str, Callable[[dict[str, bytes], str, Random], None]] = {
    "a bit": _flip,
    "cut short": _cut,
    "longer": _longer,
    "gone": _gone,
    "not in one manifest": _not_in("manifest-sha256.txt"),
    "not in the other": _not_in("manifest-sha512.txt"),
}
MADE_ANEW: dict[str, Callable[[Payload, int, Random], None]] = {
    "replaced": _replaced,
    "replaced, catalogue too": _catalogue_too,
    "swapped": _swapped,
    "gone, manifests anew": lambda files, number, chance: _gone(files, f"items/{number:03}.txt", chance),
    "left out": _left_out,
    "pages": lambda files, number, _chance: _line(files, number, pages=9),
    "another day": lambda files, number, _chance: _line(files, number, day="2020-01-01"),
    "another author": lambda files, number, _chance: _line(files, number, author="别人"),
    "another title": lambda files, number, _chance: _line(files, number, title={"hans": "别", "hant": "別", "en": "x"}),
    "another period": lambda files, number, _chance: _line(files, number, retention="10年"),
    "no proof": _no_proof,
    "a proof of another": _proof(index=lambda at, chance: (at + chance.randint(1, 11)) % 13),
    "a proof with a wrong hash": _proof(hashes=lambda hashes, chance: [chance.randbytes(32).hex(), *hashes[1:]]),
    "another commitment": _proof(entry=lambda entry, chance: entry | {"commitment": chance.randbytes(32).hex()}),
}


def forged() -> dict[str, bytes]:
    """Volume, catalogue, log and head made anew together by somebody with a key of their own."""
    files = dict(documents(12))
    files["items/003.txt"] = "另一份".encode()
    said = volume()
    digest = hashlib.sha256(files["items/003.txt"]).hexdigest()
    items = tuple(replace(item, sha256=digest, pages=1) if item.number == 3 else item for item in said.items)
    return bag(payload(replace(said, items=items), files, OTHER))
