"""The cases of all programmes, gathered by what is asked: day, knowledge, place, readings."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import chengnuo.policies
from chengnuo.policies.cases import cases_in
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from tests.unit.core.rules.blocks.comparing import by_block, by_scalar, said

KNOWN = {programme.words.key: programme for programme in programmes()}
PACKS = Path(chengnuo.policies.__file__).parent
CASES = [case for path in sorted(PACKS.rglob("cases/*.yaml")) for case in cases_in(path, KNOWN)]


def question(case) -> tuple:
    return str(case.asked.day), str(case.asked.known), case.asked.place or "", sorted(case.readings.items())


QUESTIONS = [list(cases) for _, cases in groupby(sorted(CASES, key=question), key=question)]


def asked(cases) -> str:
    return " ".join(map(str, question(cases[0])))


def agree(cases, evaluator) -> None:
    """All programmes at once, for the families of all cases; where one lacks a value of the law, each alone."""
    law, asked = parameters().with_readings(cases[0].readings), cases[0].asked
    families = [case.household for case in cases]
    together = said(by_scalar, programmes(), law, asked, families)
    assert said(by_block, programmes(), law, asked, families, evaluator) == together
    for programme in programmes() if isinstance(together, str) else ():
        alone = [programme], law, asked, families
        assert said(by_block, *alone, evaluator) == said(by_scalar, *alone), programme.words.key
