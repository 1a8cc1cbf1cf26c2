"""The rules on whole populations, beside OpenFisca with the same six programmes; one family; the calculator's pages."""

from __future__ import annotations

from django.conf import settings

from bench.rules import checking, family, growth, page, spark
from bench.rules.contest import Contest
from bench.rules.populations import built
from bench.scale import Scale

UNKNOWN = (1, 10)  # per cent of the answers
PROCESSES = (1, 2)
FAMILIES = 200


def measure(scale: Scale) -> None:
    """One turn is the shortest form: in two processes only, and with one share of unknown answers."""
    base, most = settings.VAR.parent / "bench-rules", PROCESSES[-1]
    shares, processes = (UNKNOWN, PROCESSES) if scale.turns > 1 else (UNKNOWN[1:], PROCESSES[1:])
    sizes = growth.sizes(scale.of(scale.persons))
    ever_more = [built(base, size) for size in sizes]
    few, *_, complete, _three_times = ever_more
    populations = {0: complete} | {share: built(base, sizes[-2], share) for share in shares}
    computed = checking.check(populations, most, base / "computed")
    contest = Contest(populations, processes, scale.turns, computed)
    contest.tell()
    contest.tell_computing()
    growth.measure(ever_more, scale.turns, most, computed)
    family.measure(complete, FAMILIES, scale.turns)
    spark.measure(few, complete, most, scale.turns, computed)
    page.measure(scale)
