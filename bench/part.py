"""One part in a process of its own: `python -m bench.part NAME NUMBERS…`; Django is ready before the part is read."""

from __future__ import annotations

import sys
from importlib import import_module

import django

from bench.scale import Scale


def main(name: str, *numbers: str) -> None:
    django.setup()
    import_module(f"bench.{name}").measure(Scale(*map(int, numbers)))


if __name__ == "__main__":
    main(*sys.argv[1:])
