"""Ten thousand damaged volumes, most of them with catalogue and manifests made anew: the outsider's verifier names the item in each."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench import tell
from bench.scale import Scale
from tests.factories import volumes
from tools import verify_volume

MUTANTS = 10_000


def measure(scale: Scale) -> None:
    """Exit 1 when one was taken for sound, or was refused without its item."""
    many, wrong, kinds = scale.of(MUTANTS), list[str](), Counter[str]()
    with tempfile.TemporaryDirectory(prefix="cn-volumes-") as place:
        folder = Path(place, "bag")
        if _named(volumes.written(volumes.bag(volumes.whole()), folder)):
            wrong.append("a volume in order was refused")
        for kind, files, number in volumes.mutants(many, "bench"):
            shutil.rmtree(folder)
            kinds[kind] += 1
            if number not in _named(volumes.written(files, folder)):
                wrong.append(f"{kind}: item {number} was not named")
    tell.figure("damaged volumes", many, note=f"({len(kinds)} kinds of damage)")
    tell.figure("not refused with the item named", len(wrong), goal=0)
    tell.verdict(wrong[:20], "every damaged volume is refused with the item named")
    sys.exit(bool(wrong))


def _named(folder: Path) -> set[int]:
    """The numbers of the items of which something is wrong."""
    wrong, items, _is_compared = verify_volume.verified(folder, [])
    whats = [str(each.facts.get("what")) for each in wrong]
    numbers = {items[what]["number"] for what in whats if what in items}
    return numbers | {int(what[1:]) for what in whats if what.startswith("#")}
