"""Computes a population before and after a reform: who gains, who loses, and what it costs, by place and programme."""

from __future__ import annotations

import argparse
from pathlib import Path

from chengnuo.population.commands import asking
from chengnuo.population.optional import load

LANGUAGES = ("zh-hans", "zh-hant", "en")
LEVELS = ("province", "city", "county", "township", "village")


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", help="persons.parquet households.parquet, or another form")
    parser.add_argument("--reform", type=Path, required=True, help="reform.yaml (docs/how-to/simulate-a-reform.md)")
    asking.add(parser)
    parser.add_argument("--by", choices=LEVELS, default="county", help="what counts as a place (county)")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    parser.add_argument("-o", "--out", type=Path, help="a folder for the report and its charts")
    parser.add_argument("--publish", type=Path, metavar="FOLDER", help="a dossier for everybody, in a new folder")
    parser.add_argument("--engine", choices=("blocks", "fused", "scalar"), default="blocks")
    parser.add_argument("--processes", type=int, default=0, metavar="N", help="one a core where it is left out")


def run(arguments: argparse.Namespace) -> int:
    done: int = load("chengnuo.population.simulate.front", extra="population").simulate(arguments)
    return done
