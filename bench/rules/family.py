"""One family: determined with every reason by the product, and without a trace by OpenFisca."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from statistics import median

from bench import timing
from bench.rules import ours, sheet
from bench.rules.files import Files
from bench.rules.peer.situation import situation
from bench.rules.peer.system import Idiom, Peer
from bench.rules.question import SIX, asked, law
from chengnuo.core.rules import Bound, Household

MILLISECONDS, TIMES = 0.2, 10
OURS, THEIRS = "ours", "theirs"


def measure(files: Files, families: int, count: int) -> None:
    """Families with members, after those that a made-up population begins with, where the law turns; in so many rounds. Both are
    told the same values; the law is bound before.
    """
    there = (each for each in islice(ours.families(files), files.rarities, None) if any(each.members.values()))
    households = list(islice(there, families))
    bound, peer = Bound(SIX, law(), asked()), Peer(Idiom.CLOSED, SIX, law(), asked())
    taken = timing.interleaved(dict(_runs(households, bound, peer)), count)
    mine, theirs = (_median(taken, which) for which in (OURS, THEIRS))
    sheet.table(f"one family, the median of {len(households)}", "goal", "measured")
    sheet.row("six programmes, with every reason", f"≤ {MILLISECONDS} ms", sheet.at_most(mine, " ms", MILLISECONDS))
    sheet.row(f"OpenFisca, {Idiom.CLOSED}, without its trace", "", sheet.said(theirs, " ms"))
    sheet.row("times as fast", f"≥ {TIMES}×", sheet.at_least(theirs / mine, "×", TIMES))


def _runs(households: Sequence[Household], bound: Bound, peer: Peer) -> Iterator[tuple[str, Callable[[], object]]]:
    """Both sides of a family one after the other."""
    for number, each in enumerate(households):
        yield f"{OURS} {number}", partial(bound.determine, each)
        yield f"{THEIRS} {number}", partial(peer.of_family, situation(each))


def _median(taken: Mapping[str, list[float]], which: str) -> float:
    """Milliseconds."""
    return median(second for name, of in taken.items() if name.startswith(which) for second in of) * 1000
