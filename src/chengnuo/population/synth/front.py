"""`chengnuo synth`: from what was typed to two files."""

from __future__ import annotations

import argparse
import sys

from chengnuo.population.synth.population import Wanted, population
from chengnuo.population.synth.writing import FICTIONAL, write
from chengnuo.population.trouble import Trouble

YEARS = range(2016, 2041)  # edge cases are made of people who were born in the century before
HUNDRED = 100


def synth(arguments: argparse.Namespace) -> int:
    """Raises Trouble for a number that cannot be."""
    if arguments.persons < 1:
        raise Trouble(f"--persons is {arguments.persons}.", "1 or more.")
    if not 0 <= arguments.unknown <= HUNDRED:
        raise Trouble(f"--unknown is {arguments.unknown}.", "0 to 100: it is a share of all answers.")
    if arguments.on not in YEARS:
        raise Trouble(f"--on is {arguments.on}.", f"{YEARS[0]} to {YEARS[-1]}.")
    wanted = Wanted(arguments.persons, arguments.seed, arguments.on, arguments.unknown)
    households, persons = write(arguments.folder, population(wanted), wanted.told)
    sys.stdout.write(f"{persons:,} persons in {households:,} households in {arguments.folder}. {FICTIONAL}\n")
    return 0
