"""Writes a population as one file, a row a household with its persons, as Spark reads it."""

from __future__ import annotations

import argparse
from pathlib import Path

from chengnuo.policies.programmes import programmes
from chengnuo.population.optional import load


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", type=Path, nargs="+", help="persons.parquet households.parquet, .csv twice, or one .duckdb"
    )
    parser.add_argument("-o", "--out", type=Path, required=True, help="nested.parquet")


def run(arguments: argparse.Namespace) -> int:
    load("chengnuo.population.nesting", extra="population").write(arguments.files, programmes(), arguments.out)
    return 0
