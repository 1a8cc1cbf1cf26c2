"""Makes up a population for trials, measurements and lessons: fictional families at real places."""

from __future__ import annotations

import argparse
from pathlib import Path

from chengnuo.population.optional import load


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--persons", type=int, required=True, metavar="N", help="how many persons")
    parser.add_argument("--seed", type=int, default=1, help="another number, another population (1)")
    parser.add_argument("--on", type=int, default=2026, metavar="YEAR", help="the year whose end they live at (2026)")
    parser.add_argument("--unknown", type=int, default=0, metavar="PERCENT", help="so many answers are missing (0)")
    parser.add_argument("-o", "--folder", type=Path, default=Path(), help="where the two files go (here)")


def run(arguments: argparse.Namespace) -> int:
    made: int = load("chengnuo.population.synth.front", extra="population").synth(arguments)
    return made
