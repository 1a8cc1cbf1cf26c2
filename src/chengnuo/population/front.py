"""`chengnuo determine persons households`: from what was typed to a run, and to what is said of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from chengnuo.population import on_spark, summary
from chengnuo.population.commands import asking
from chengnuo.population.processes import cores
from chengnuo.population.run import Order, Outcome, run
from chengnuo.population.trouble import Trouble

PLACES = 12  # that a terminal shows


def determine(arguments: argparse.Namespace) -> int:
    """Raises NotDone, NoValue."""
    if arguments.out is None:
        raise Trouble("Nobody said where the results go.", "Add -o out.parquet.")
    order = Order(
        files=tuple(Path(file) for file in arguments.files),
        out=Path(arguments.out),
        programmes=asking.wanted(arguments.only),
        others=programmes(),
        parameters=parameters(),
        asked=asking.asked(arguments),
        engine=arguments.engine,
        digits=arguments.by,
        processes=arguments.processes or cores(),
    )
    if arguments.engine == "spark":
        done = on_spark.run(order, arguments.files, arguments.out, arguments.master, sys.stderr)
    else:
        done = run(order, sys.stderr)
    sys.stdout.write(told(done, arguments.out, order.parameters.whole(summary.SMALL_CELL, order.asked.day)))
    return 0


def told(done: Outcome, out: str, threshold: int) -> str:
    """What is said at the end; every place stands in a file beside the results. `threshold`: fewer people are not told."""
    found = list(summary.lines(done.tally, threshold))
    # beside results on a cluster's disks there is no file of ours: it comes to where the command was given
    path = Path(Path(out).name if on_spark.is_elsewhere(out) else out).with_suffix(".summary.csv")
    summary.write(found, path)
    few = len({line.place for line in found}) <= PLACES
    shown = summary.table([line for line in found if few or line.place == summary.ALL])
    return (
        f"{shown}\n\n{done.persons:,} persons in {done.households:,} households: {out}; by place: {path}\n"
        f"{done.guarded:,} households were drawn (seed {done.seed[:20]}) and determined again one by one: no difference.\n"
        f"Amounts are fen, days or marks. Counts under {threshold} are withheld, and so is whatever would give them away.\n"
    ) + _too_many(summary.most_places(done.tally))


def _too_many(places: int) -> str:
    """What is said where no place is told alone."""
    if places <= summary.MOST_PLACES:
        return ""
    return f"There are {places:,} places, too many to be guarded together: larger ones are told with --by, up to {summary.MOST_PLACES}.\n"
