"""A new key for what is sealed: from now on everything uses it, and what was sealed before is sealed anew, step by step.

The pepper of blind indexes stays: receipts' sixteen digits are derived from it, and they are on paper with families.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from chengnuo.core.messages import N_
from chengnuo.foundation import keys
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import act
from chengnuo.foundation.models.noun import Trace
from chengnuo.foundation.refused import Refused
from chengnuo.keeping.places import Place, places

FIRST, LEAST, MOST = 20, 5, 200
SHORT, LONG = 0.03, 0.08  # seconds that the writer is held
# whoever read a row before the key was new may still write it back
GRACE = timedelta(minutes=10)


class StillNeeded(Refused):
    code = "key-still-needed"
    sentence = N_("Something is still sealed with an older key, so that key stays.")
    remedy = N_("Say ./run manage rotate_keys again until nothing is left, and look at the rows that it lists.")


class TooSoon(Refused):
    code = "key-too-new"
    sentence = N_("The new key is younger than ten minutes: somebody may still be writing with the older one.")
    remedy = N_("Wait ten minutes, then say it again.")


@dataclass
class Outcome:
    """`broken` are (place, row) that do not open with any key of the ring: they stay as they are."""

    count: int
    broken: list[tuple[str, str]]
    longest: float


def left() -> Counter[str]:
    """How many seals are on another key than the present one, by the key's id, over all places."""
    if not older():
        return Counter()  # to count means to read everything
    found: Counter[str] = sum((place.counted() for place in places()), Counter())
    found.pop(keys.ring().sealing_id, None)
    return found


def older() -> list[str]:
    """The ids of the keys in the ring that nothing new is sealed with."""
    return sorted(set(keys.ring().sealing) - {keys.ring().sealing_id})


def begin(at: datetime) -> str:
    """Adds a key to the ring, with which everything is sealed from now on; returns its id. It is an entry of the log."""
    name, key = keys.new_key()
    with keys.changing() as said:
        said["sealing"]["keys"][name] = key
        said["sealing"] |= {"now": name, "since": at.isoformat()}
    _enter("key.rotate/1", [name], at)
    return name


def renew(*, told: Callable[[str, int], None] = lambda _name, _count: None) -> Outcome:
    """Seals anew what is on an older key. May be killed, and begun again; `told` hears of every step."""
    outcome = Outcome(0, [], 0.0)
    for place in places():
        _through(place, outcome, told)
    return outcome


def retire(at: datetime) -> list[str]:
    """Drops the older keys from the ring, and returns their ids. Raises StillNeeded, TooSoon."""
    since, gone = keys.ring().since, older()
    if since is not None and at < since + GRACE:
        raise TooSoon
    if any(left()[name] for name in gone):
        raise StillNeeded
    with keys.changing() as said:
        for name in gone:
            del said["sealing"]["keys"][name]
    _enter("key.retire/1", gone, at)
    return gone


def _through(place: Place, outcome: Outcome, told: Callable[[str, int], None]) -> None:
    limit, step = FIRST, place.renew(None, FIRST)
    while step.last is not None:
        outcome.count += step.count
        outcome.broken += [(place.name, row) for row in step.broken]
        outcome.longest = max(outcome.longest, step.seconds)
        told(place.name, step.count)
        limit = following(limit, step.seconds)
        step = place.renew(step.last, limit)


def following(limit: int, seconds: float) -> int:
    """How many rows the next step takes, after one of so many that held the writer so long."""
    if seconds > LONG:
        return max(LEAST, limit // 2)
    return min(MOST, limit * 2) if seconds < SHORT else limit


def _enter(schema: str, names: Sequence[str], at: datetime) -> None:
    with act(schema, by=system(), at=at, key=uuid4(), said={"keys": list(names)}) as a:
        a.permit()
        for name in names:
            a.record("key", name, Trace(office=None), {})
