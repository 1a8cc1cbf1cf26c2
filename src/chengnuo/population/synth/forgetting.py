"""Makes a share of all answers unknown: of facts, of the place, and of whether everybody is named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from chengnuo.population.synth.block import Answers, Block
from chengnuo.population.synth.draws import Draws

PERCENT = 10  # in a thousand


def forgotten(block: Block, seed: int, percent: int) -> Block:
    """Which answers are missing depends on the household, the member and the question alone."""
    if not percent:
        return block
    share = percent * PERCENT
    of_households = Draws(seed, block.numbers)
    rows = np.repeat(np.arange(len(block.sizes)), block.sizes)
    member = np.arange(len(rows)) - np.repeat(np.cumsum(block.sizes) - block.sizes, block.sizes)
    of_persons = of_households.of(rows, member)
    return replace(
        block,
        places=np.where(of_households.chance("place unknown", share), -1, block.places),
        complete={
            role: there & ~of_households.chance(f"whether every {role} unknown", share)
            for role, there in block.complete.items()
        },
        answers={
            name: _some(each, of_persons.chance(f"{name} unknown", share)) for name, each in block.answers.items()
        },
    )


def _some(answers: Answers, forget: np.ndarray) -> Answers:
    return Answers(answers.values, answers.known & ~forget, answers.none & ~forget)
