"""How much is measured: everything, or just enough to see that the measuring works."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass, replace
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "chengnuo"


@dataclass(frozen=True)
class Scale:
    """`lived` cases (and the demo's sixty) are played through the real operations; the rest are copies, written in bulk. `persons`:
    of a made-up population, of which `percent` are computed, in so many `turns`.
    """

    cases: int
    lived: int
    rounds: int
    requests: int
    entries: int
    pages: int
    percent: int  # of a rig's whole campaign
    persons: int = 10_000_000
    turns: int = 9

    def of(self, whole: int) -> int:
        """So many of a campaign's kills, cuts or pairs; one at least."""
        return max(1, whole * self.percent // 100)

    def before_copies(self) -> Scale:
        """The county from which a large one is copied: what was lived, and the demo's sixty."""
        return replace(self, cases=self.lived + 60)

    def arguments(self) -> list[str]:
        return [str(number) for number in astuple(self)]


FULL = Scale(cases=10_000, lived=500, rounds=40, requests=200, entries=100_000, pages=60, percent=100)
LARGE = Scale(cases=200_000, lived=500, rounds=40, requests=200, entries=100_000, pages=60, percent=100)
SMALLEST = Scale(cases=90, lived=0, rounds=2, requests=3, entries=40, pages=3, percent=1, persons=200_000, turns=1)


def fingerprint() -> str:
    """Changes with the tables and with the demo's code: a county built by other code is built anew."""
    files = sorted([*SOURCE.glob("*/migrations/*.py"), *(SOURCE / "demo").glob("*.py")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:10]
