"""Answers for a programme that came after the generator: anything that may be said, and nothing else."""

import numpy as np
import pytest

from chengnuo.core.rules import Fact
from chengnuo.core.text3 import Text3
from chengnuo.population.synth.days import day, end_of
from chengnuo.population.synth.draws import Draws
from chengnuo.population.synth.invented import invented

LABEL = Text3("问", "問", "a question")


def answers(kind, *, perhaps=False):
    return invented(Fact("person", "later", kind, perhaps, LABEL), Draws(1, np.arange(5_000)), 2026)


def test_half_say_yes():
    assert abs(answers("truth").values.mean() - 0.5) < 0.05


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [("day", day(2017), end_of(2026)), ("year", 2017, 2026), ("count", 0, 4), ("fen", 0, 499_900)],
)
def test_numbers_lie_where_such_numbers_lie(kind, low, high):
    values = answers(kind).values
    assert low <= values.min() < values.max() <= high


def test_what_may_not_apply_does_not_for_half():
    assert abs(answers("day", perhaps=True).applies.mean() - 0.5) < 0.05
    assert answers("day").applies is None
