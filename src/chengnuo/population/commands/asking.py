"""What every command is asked alike: the day, what was known when, which programmes."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date

from chengnuo.core.rules import Asked, Programme
from chengnuo.policies.programmes import programmes
from chengnuo.population.trouble import Trouble


def add(parser: argparse.ArgumentParser) -> None:
    day = date.fromisoformat
    parser.add_argument("--on", type=day, required=True, help="as the law stands on this day, for its year")
    parser.add_argument("--known", type=day, default=date.max, help="as it was known on this day")
    parser.add_argument("--only", nargs="*", default=[], metavar="PROGRAMME", help="these programmes alone")


def asked(arguments: argparse.Namespace) -> Asked:
    return Asked(arguments.on, arguments.known)


def wanted(only: Iterable[str]) -> tuple[type[Programme], ...]:
    """The programmes of these keys; all where none is named. Raises Trouble for a key that is none."""
    known = {programme.words.key: programme for programme in programmes()}
    if unknown := sorted(set(only) - set(known)):
        raise Trouble(f"There is no programme {', '.join(unknown)}.", f"Name some of {', '.join(sorted(known))}.")
    return tuple(each for key, each in known.items() if not only or key in only)
