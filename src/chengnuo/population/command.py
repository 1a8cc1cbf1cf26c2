"""`chengnuo`: what a family is owed, and what a population is."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from chengnuo.core.rules import NoValue
from chengnuo.policies.sheet import Unfit
from chengnuo.population.trouble import NotDone

COMMANDS = ("determine", "nest", "simulate", "synth")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; what the caller can mend is said in words."""
    parser = argparse.ArgumentParser(prog="chengnuo", description=__doc__)
    chosen = parser.add_subparsers(dest="command", required=True)
    for name in COMMANDS:
        module = importlib.import_module(f"chengnuo.population.commands.{name}")
        said = chosen.add_parser(name, help=module.__doc__, description=module.__doc__)
        module.add(said)
        said.set_defaults(run=module.run)
    told = parser.parse_args(arguments)
    try:
        return int(told.run(told))
    except (NotDone, Unfit, NoValue, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
