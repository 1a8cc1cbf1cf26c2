"""The Merkle tree of RFC 9162: roots, inclusion proofs and consistency proofs, in O(log n) reads of stored nodes.

A store keeps the hash of every complete subtree under (level, index): level 0 are the leaves, and node (l, i) covers the
leaves from i·2^l on. Everything else is put together from those. Sizes and indexes count leaves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

Node = tuple[int, int]
Read = Callable[[Node], bytes]
Span = tuple[int, int]

EMPTY = hashlib.sha256().digest()


def parent(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown(size: int, leaf: bytes, read: Read) -> list[tuple[Node, bytes]]:
    """The nodes that become complete when a leaf is added to a tree of `size` leaves, the leaf itself first."""
    nodes = [((0, size), leaf)]
    level, index, found = 0, size, leaf
    while index % 2:
        found = parent(read((level, index - 1)), found)
        level, index = level + 1, index // 2
        nodes.append(((level, index), found))
    return nodes


def peaks(size: int) -> list[Node]:
    """The complete subtrees that make up a tree, the largest first."""
    return nodes_of((0, size)) if size else []


def root(size: int, read: Read) -> bytes:
    """The root of a tree of `size` leaves."""
    return hash_of((0, size), read) if size else EMPTY


def inclusion(index: int, size: int) -> list[Span]:
    """The spans whose hashes prove that leaf `index` stands in a tree of `size` leaves (2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size}")
    return list(_path(index, (0, size)))


def consistency(older: int, newer: int) -> list[Span]:
    """The spans whose hashes prove that a tree of `newer` leaves begins with the tree of `older` (2.1.4.1)."""
    if not 0 < older <= newer:
        raise ValueError(f"a tree of {newer} cannot begin with one of {older}")
    return list(_proof(older, (0, newer), whole=True))


def nodes_of(span: Span) -> list[Node]:
    """The complete subtrees that a span is made of, so that a store can fetch them in one query."""
    begins, ends = span
    length = ends - begins
    if length & (length - 1) == 0:
        level = length.bit_length() - 1
        return [(level, begins >> level)]
    middle = begins + _split(length)
    return nodes_of((begins, middle)) + nodes_of((middle, ends))


def hash_of(span: Span, read: Read) -> bytes:
    """The hash over the leaves of a span that begins where a subtree of its size may begin."""
    found = [read(node) for node in nodes_of(span)]
    value = found.pop()
    while found:
        value = parent(found.pop(), value)
    return value


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether the proof shows the leaf at that index of the tree with the expected root (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, value = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if at % 2 or at == last:
            value = parent(step, value)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            value = parent(value, step)
        at, last = at >> 1, last >> 1
    return last == 0 and value == expected


def consistent(older: int, older_root: bytes, newer: int, newer_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the newer tree begins with the older one (2.1.4.2)."""
    if older == newer:
        return not proof and older_root == newer_root
    if not 0 < older < newer or not proof:
        return False
    steps = list(proof) if older & (older - 1) else [older_root, *proof]
    at, last = older - 1, newer - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            old, new = parent(step, old), parent(step, new)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            new = parent(new, step)
        at, last = at >> 1, last >> 1
    return last == 0 and old == older_root and new == newer_root


def _split(length: int) -> int:
    """The largest power of two smaller than the length."""
    return 1 << (length - 1).bit_length() - 1


def _path(index: int, span: Span) -> Iterator[Span]:
    begins, ends = span
    if ends - begins == 1:
        return
    middle = begins + _split(ends - begins)
    if index < middle:
        yield from _path(index, (begins, middle))
        yield middle, ends
    else:
        yield from _path(index, (middle, ends))
        yield begins, middle


def _proof(older: int, span: Span, *, whole: bool) -> Iterator[Span]:
    begins, ends = span
    if older == ends:
        if not whole:
            yield span
        return
    middle = begins + _split(ends - begins)
    if older <= middle:
        yield from _proof(older, (begins, middle), whole=whole)
        yield middle, ends
    else:
        yield from _proof(older, (middle, ends), whole=False)
        yield begins, middle
