"""The places that the law of the packs tells apart: those where some parameter has a value of its own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from chengnuo.core.rules import Parameters, Programme, roots
from chengnuo.core.rules.graph import reads, walk
from chengnuo.core.text3 import Text3
from chengnuo.policies.loader import parameters
from chengnuo.policies.sheet import Sheet

NAMES = Path(__file__).with_name("place_names.yaml")
DIGITS = 12


@cache
def law_places() -> dict[str, Text3]:
    """Names by the beginning of a division code, the smallest places first. One without a name here is called by its code.

    Raises Unfit, for a name of a place that the law does not tell apart too.
    """
    sheet = Sheet.of(NAMES)
    known = {row.place for name in parameters().names() for row in parameters().history(name)} - {""}
    places = sorted(known, key=lambda code: (-len(code), code))
    named = {code: sheet.text3(code) if code in sheet else Text3(code, code, code) for code in places}
    sheet.close()
    return named


def told_apart(programmes: Iterable[type[Programme]], known: Parameters) -> tuple[str, ...]:
    """The beginnings of division codes that a parameter of the programmes names."""
    nodes = walk(*(root for programme in programmes for root in roots(programme)))
    names = {name for node in nodes if (name := reads(node))}
    return tuple(sorted({row.place for name in names for row in known.history(name) if row.place}))


def as_law(place: str, codes: Iterable[str] | None = None) -> str:
    """A place as the law tells it apart, or as these codes do: what holds in a village of Yichang holds in all of Yichang. The
    beginning of a code that may be one of several such places is left as it is.
    """
    apart = tuple(law_places() if codes is None else codes)
    if any(code.startswith(place) and code != place for code in apart):
        return place
    nearest = max(filter(place.startswith, apart), key=len, default="")
    return nearest and nearest.ljust(DIGITS, "0")
