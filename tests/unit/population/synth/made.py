"""Plausible families for tests, made once for each seed."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from chengnuo.population.synth.adults import Adults, adults
from chengnuo.population.synth.children import Children, children
from chengnuo.population.synth.couples import Couples, couples
from chengnuo.population.synth.draws import Draws
from chengnuo.population.synth.families import Families, families

NOW = 2026
HOUSEHOLDS = 30_000


@dataclass(frozen=True)
class Made:
    known: Families
    pairs: Couples
    grown: Adults
    named: Children


@cache
def made(seed=3, year=NOW, households=HOUSEHOLDS):
    known = families(Draws(seed, np.arange(1, households + 1)), year)
    pairs = couples(known)
    grown = adults(pairs, known)
    return Made(known, pairs, grown, children(known, pairs, grown))


def applies(given, rows):
    """Where it is said that something is so: a truth, or a fact that applies."""
    return given.values[rows] if given.applies is None else given.applies[rows]
