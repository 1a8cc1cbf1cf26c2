"""Keeps pairs that a program found alike, for a person to compare. One that was compared once is not asked about again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID, uuid5

from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import act
from chengnuo.people.models import Post
from chengnuo.registers.checks import keepers
from chengnuo.registers.lifecycle import PAIR
from chengnuo.registers.models import Pair

MANY = 50
Two = tuple[UUID, UUID]


def keep(found: Iterable[Two], *, at: datetime) -> int:
    """Returns how many were new; none where nobody keeps the register."""
    post = keepers()
    return sum(_kept(part, post, at) for part in _parts(found)) if post else 0


def _parts(found: Iterable[Two]) -> Iterator[list[Two]]:
    each = iter(found)
    while part := list(islice(each, MANY)):
        yield [(min(two), max(two)) for two in part]


def _kept(part: list[Two], post: Post, at: datetime) -> int:
    known = set(Pair.objects.filter(first__in=[first for first, _second in part]).values_list("first", "second"))
    new = [_pair(two, post, at) for two in dict.fromkeys(part) if two not in known]
    if new:
        key, said = uuid5(new[0].pk, "pairs"), {"pairs": [[each.first, each.second] for each in new]}
        with act("pair.find/1", by=system(), at=at, key=key, said=said) as a:
            a.make_all(new, PAIR.find, action="pair.find")
    return len(new)


def _pair(two: Two, post: Post, at: datetime) -> Pair:
    first, second = two
    return Pair(first=first, second=second, office=post.office, holder=post, found_on=local_date(at))
