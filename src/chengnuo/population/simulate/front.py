"""`chengnuo simulate`: from what was typed to a report, and to a dossier."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from chengnuo.policies.loader import parameters
from chengnuo.population.commands import asking
from chengnuo.population.processes import cores
from chengnuo.population.simulate.dossier import free, pictures, publish
from chengnuo.population.simulate.found import Found
from chengnuo.population.simulate.law import Law, pair
from chengnuo.population.simulate.printed import printed
from chengnuo.population.simulate.reform import read
from chengnuo.population.simulate.report import report
from chengnuo.population.simulate.running import Population, simulated
from chengnuo.population.simulate.sealed import look_beside


def simulate(arguments: argparse.Namespace) -> int:
    """Raises NotDone, Unfit, Miswritten, NoValue."""
    if arguments.publish:
        free(arguments.publish)
        look_beside(arguments.publish, arguments.files, arguments.by)
    known, asked = parameters(), asking.asked(arguments)
    reform = read(arguments.reform, known)
    both = pair(Law(asking.wanted(arguments.only), known), reform, asked)
    population = Population(
        tuple(arguments.files), by=arguments.by, engine=arguments.engine, processes=arguments.processes or cores()
    )
    found = simulated(population, reform, both, asked, sys.stderr)
    sys.stdout.write(printed(found, arguments.language))
    if arguments.out:
        _written(found, arguments.out, arguments.language)
    if arguments.publish:
        publish(found, population.files, arguments.publish)
    return 0


def _written(found: Found, folder: Path, language: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ((f"report.{language}.html", report(found, language)), *pictures(found, language)):
        (folder / name).write_text(text, encoding="utf-8")
