#!/usr/bin/env python3
# /// script
# requires-python = ">=3.9"
# dependencies = ["pynacl"]
# ///
"""The trustees' tool: opens the ballots of a vote on a screen, on a computer of theirs that is not the server and has no network.

    python3 open_ballots.py make-key --election ID --least 10 --trustees 5 --enough 3 --folder KEY
    python3 open_ballots.py open CALL BALLOTS SHARE SHARE … --digest DIGEST

`make-key` makes a key, splits it into shares of which so many are enough, and writes each into a file of its own; key.json is for the
server. Whoever runs it could keep the key: do it together, on a computer that forgets. `open` joins shares, opens, mixes and counts, and
prints the signed counts, nothing else: what one ballot says is never written. CALL is what the server hands out, BALLOTS a sealed
ballot in hexadecimal a line. DIGEST is that of all ballots on the sheet that the members have, each of whom found their own there: whoever
holds the server could have put others in their place. A share that has opened a set of ballots opens no other one, since
the difference would tell a vote; a copy of it would: give none away. Destroy the shares when the election is over. Answers 0, or 1 with what is wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import secrets
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from nacl.signing import SigningKey

Json = dict[str, Any]
Share = tuple[int, bytes]
MARK = b"chengnuo.ballot\1"
DIGEST, CHANCE, MARKS, SEAL = 32, 16, 64, 48
LENGTH = len(MARK) + DIGEST + CHANCE + MARKS
KEY = 32
MOST_SHARES = 255
FIELD = 0x11B  # x^8 + x^4 + x^3 + x + 1, as in AES (FIPS 197)


class Wrong(Exception):  # what stops the tool; the message is for the trustees
    pass


def times(a: int, b: int) -> int:
    """The product of two bytes in GF(256): shift and add, without tables."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 0x100:
            a ^= FIELD
        b >>= 1
    return product


def inverse(a: int) -> int:
    """The byte with which `a`, which is not 0, gives 1: a to the power of 254."""
    power = 1
    for _ in range(254):
        power = times(power, a)
    return power


def value(coefficients: list[int], x: int) -> int:
    """The polynomial at x, the constant term first."""
    found = 0
    for coefficient in reversed(coefficients):
        found = times(found, x) ^ coefficient
    return found


def split(secret: bytes, shares: int, enough: int, chance: Any = secrets.token_bytes) -> list[Share]:
    """Shamir's shares: each byte is the constant term of a polynomial that so many points determine, and fewer do not at all."""
    if not 1 < enough <= shares <= MOST_SHARES:
        raise Wrong("Two shares at least are enough, and there are as many or more of them, at most 255.")
    polynomials = [[byte, *chance(enough - 1)] for byte in secret]
    return [(x, bytes(value(each, x) for each in polynomials)) for x in range(1, shares + 1)]


def join(shares: list[Share]) -> bytes:
    """The value at 0 of the polynomials through these points (Lagrange). In GF(256) minus is plus, and both are `^`."""
    numbers = [x for x, _ in shares]
    if len(set(numbers)) != len(numbers) or 0 in numbers:
        raise Wrong("The same share was given twice.")
    secret = bytearray(len(shares[0][1]))
    for x, points in shares:
        weight = 1
        for other in numbers:
            if other != x:
                weight = times(weight, times(other, inverse(other ^ x)))
        for place, point in enumerate(points):
            secret[place] ^= times(weight, point)
    return bytes(secret)


def keys_of(secret: bytes) -> tuple[PrivateKey, SigningKey]:
    """One secret, two keys: one opens, one signs."""
    made = [hashlib.sha256(f"chengnuo.trustees/1 {use}\n".encode() + secret).digest() for use in ("box", "signs")]
    return PrivateKey(made[0]), SigningKey(made[1])


def public(secret: bytes) -> Json:
    box, signs = keys_of(secret)
    return {"box": bytes(box.public_key).hex(), "signs": bytes(signs.verify_key).hex()}


def canonical(said: Json) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def digest_of_all(sealed: list[bytes]) -> str:
    """Of all ballots, whatever their order."""
    return hashlib.sha256(b"".join(sorted(hashlib.sha256(each).digest() for each in sealed))).hexdigest()


def marks_of(opened: bytes, call: Json) -> tuple[int, ...] | None:
    """Which candidates a ballot marks, by their place in the call; None where it is no ballot of this call."""
    head, marks = MARK + hashlib.sha256(canonical(call)).digest(), opened[-MARKS:]
    stand = len(call["candidates"])
    if len(opened) != LENGTH or not opened.startswith(head) or any(marks[stand:]) or max(marks) > 1:
        return None
    return tuple(place for place in range(stand) if marks[place])


def counted(call: Json, sealed: list[bytes], box: PrivateKey) -> Json:
    """The sums over all ballots that are good. A copy counts once; what was refused is told by number and reason alone."""
    refused, papers = Counter(length=0, duplicate=0, unreadable=0), list[tuple[int, ...]]()
    seen = set[bytes]()
    opener = SealedBox(box)
    for each in sorted(sealed):
        opened = None if len(each) != LENGTH + SEAL else open_one(opener, each)
        chance = each if opened is None else opened[len(MARK) + DIGEST : -MARKS]
        if len(each) != LENGTH + SEAL:
            refused["length"] += 1
        elif chance in seen:
            refused["duplicate"] += 1
        elif opened is None or (marks := marks_of(opened, call)) is None:
            refused["unreadable"] += 1
        else:
            papers.append(marks)
        seen.add(chance)
    if len(papers) < call["least"]:
        raise Wrong(
            f"Only {len(papers)} ballots are good, fewer than {call['least']}: vote on paper. Nothing was counted."
        )
    return sums(call, papers) | {"refused": dict(refused)}


def open_one(opener: SealedBox, sealed: bytes) -> bytes | None:
    try:
        return opener.decrypt(sealed)
    except CryptoError:
        return None


def sums(call: Json, papers: list[tuple[int, ...]]) -> Json:
    """Mixed first, so that not even a debugger sees the order in which they came."""
    secrets.SystemRandom().shuffle(papers)
    good = [paper for paper in papers if len(paper) <= call["seats"]]
    votes = Counter(place for paper in good for place in paper)
    named = {name: votes[place] for place, name in enumerate(call["candidates"])}
    return {"votes": named, "blank": sum(not paper for paper in good), "spoiled": len(papers) - len(good)}


def read(path: Path, schema: str) -> Json:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Wrong(f"{path} cannot be read: {error}") from error
    if not isinstance(said, dict) or said.get("schema") != schema:
        raise Wrong(f"{path} is no file of the kind {schema}.")
    return said


def shares_of(paths: list[Path]) -> tuple[list[Share], Json]:
    """The shares in these files, and the key to which all of them say that they belong."""
    each = [read(path, "chengnuo.share/1") for path in paths]
    if len({canonical(said["key"]) for said in each}) != 1:
        raise Wrong("These shares are of different keys.")
    shares = [(int(said["number"]), bytes.fromhex(said["share"])) for said in each]
    if any(len(points) != KEY or not 0 < number <= MOST_SHARES for number, points in shares):
        raise Wrong("A share is damaged.")
    if len(shares) < each[0]["enough"]:
        raise Wrong(f"{len(shares)} shares are not enough: {each[0]['enough']} are needed.")
    return shares, each[0]["key"]


def ballots_of(path: Path) -> list[bytes]:
    """One in hexadecimal a line."""
    try:
        lines = path.read_text(encoding="utf-8").split()
    except (OSError, ValueError) as error:
        raise Wrong(f"{path} cannot be read: {error}") from error
    try:
        return [bytes.fromhex(line) for line in lines]
    except ValueError as error:
        raise Wrong(f"{path} has a line that is not hexadecimal: it is not what the server handed out.") from error


def make_key(asked: argparse.Namespace) -> None:
    secret = secrets.token_bytes(KEY)
    shares = split(secret, asked.trustees, asked.enough)
    key = {"election": asked.election, "least": asked.least, **public(secret)}
    if join(shares[-asked.enough :]) != secret:
        raise Wrong("The shares do not give the key again. Nothing was written.")
    asked.folder.mkdir(parents=True, exist_ok=False)
    how = {"enough": asked.enough, "key": key}
    for number, points in shares:
        said = {"schema": "chengnuo.share/1", "number": number, "share": points.hex(), **how}
        with os.fdopen(
            os.open(asked.folder / f"share-{number}.json", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w"
        ) as file:
            file.write(json.dumps(said, indent=1) + "\n")
    (asked.folder / "key.json").write_text(
        json.dumps({"schema": "chengnuo.key/1", "trustees": asked.trustees, **how}, indent=1) + "\n"
    )
    print(
        f"{asked.trustees} shares, of which {asked.enough} are enough, one for each trustee. key.json is for the server."
    )
    print("Give each file to its trustee, then destroy this folder.")


def open_ballots(asked: argparse.Namespace) -> None:
    call, sealed = read(asked.call, "chengnuo.call/1"), ballots_of(asked.ballots)
    shares, key = shares_of(asked.shares)
    secret = join(shares)
    if {**key, **public(secret)} != key:
        raise Wrong("These shares do not give their key: one is damaged, or was changed.")
    if key != {name: call[name] for name in key}:
        raise Wrong("The call is not for this key, or asks for fewer ballots than the key was made for.")
    if asked.digest != digest_of_all(sealed):
        raise Wrong("These are not the ballots of the sheet. Nothing was opened.")
    once(asked.shares, hashlib.sha256(canonical(call)).hexdigest(), asked.digest)
    box, signs = keys_of(secret)
    said = {
        "of": hashlib.sha256(canonical(call)).hexdigest(),
        "ballots": digest_of_all(sealed),
        "handed_in": len(sealed),
    }
    counts = {"schema": "chengnuo.counts/1", **said, **counted(call, sealed, box)}
    print(json.dumps(counts | {"signature": signs.sign(canonical(counts)).signature.hex()}, indent=1))


def once(shares: list[Path], of: str, ballots: str) -> None:
    """Notes beside each share what is opened, and refuses other ballots of the same call."""
    notes = [path.with_name(f"{path.name}.opened-{of[:16]}") for path in shares]
    if any(note.exists() and note.read_text(encoding="utf-8") != ballots for note in notes):
        raise Wrong("A share has opened other ballots of this call before. Nothing was opened.")
    for note in notes:
        note.write_text(ballots, encoding="utf-8")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    making = commands.add_parser("make-key")
    making.add_argument("--election", required=True)
    making.add_argument("--least", type=int, required=True, help="fewer ballots are never opened")
    making.add_argument("--trustees", type=int, required=True)
    making.add_argument("--enough", type=int, required=True)
    making.add_argument("--folder", type=Path, required=True)
    making.set_defaults(does=make_key)
    opening = commands.add_parser("open")
    opening.add_argument("call", type=Path)
    opening.add_argument("ballots", type=Path)
    opening.add_argument("shares", type=Path, nargs="+")
    opening.add_argument(
        "--digest", required=True, help="of all ballots, as the members' sheet has it: others are not opened"
    )
    opening.set_defaults(does=open_ballots)
    asked = parser.parse_args(arguments)
    try:
        asked.does(asked)
    except Wrong as wrong:
        print(wrong, file=sys.stderr)
    except (KeyError, TypeError, ValueError, OSError) as wrong:
        print(f"A file is not what it should be: {type(wrong).__name__}: {wrong}", file=sys.stderr)
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
