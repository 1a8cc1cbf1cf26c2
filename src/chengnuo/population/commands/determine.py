"""Determines what a family is owed, with reasons (family.yaml), or a whole population (persons and households)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from chengnuo.population import family
from chengnuo.population.commands import asking
from chengnuo.population.optional import load

LANGUAGES = ("zh-hans", "zh-hant", "en")
OF_A_FAMILY = {".yaml", ".yml", ".json"}


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", help="family.yaml, or persons.parquet households.parquet")
    asking.add(parser)
    of_one = parser.add_argument_group("one family")
    of_one.add_argument("--language", choices=LANGUAGES, default="en")
    of_one.add_argument("--json", action="store_true", help="as docs/reference/determination.schema.json says")
    of_many = parser.add_argument_group("a population (docs/how-to/compute-a-population.md)")
    of_many.add_argument("-o", "--out", help="where the results go: .parquet, .csv or .duckdb")
    of_many.add_argument("--engine", choices=("blocks", "fused", "scalar", "spark"), default="blocks")
    of_many.add_argument("--processes", type=int, default=0, metavar="N", help="one a core where it is left out")
    of_many.add_argument("--by", type=int, choices=(2, 4, 6, 9), default=6, help="digits of the places in the summary")
    of_many.add_argument("--master", default="local[*]", help="of Spark: local[2], spark://host:7077")


def run(arguments: argparse.Namespace) -> int:
    first = Path(arguments.files[0])
    if len(arguments.files) == 1 and first.suffix in OF_A_FAMILY:
        only = asking.wanted(arguments.only)
        how = {"language": arguments.language, "as_json": arguments.json}
        sys.stdout.write(family.determined(first, only, asking.asked(arguments), **how) + "\n")
        return 0
    whole: int = load("chengnuo.population.front", extra="population").determine(arguments)
    return whole
