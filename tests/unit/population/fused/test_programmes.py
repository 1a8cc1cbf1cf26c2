"""The programmes that exist, for the families of every case: by the kernel that is written for them, run as it stands."""

import pytest

from chengnuo.population import fused
from chengnuo.population.fused import Fused
from tests.unit.core.rules.blocks.questions import QUESTIONS, agree, asked
from tests.unit.population.fused.interpreting import interpreted


@pytest.mark.parametrize("cases", QUESTIONS[::3], ids=asked)
def test_every_case_gives_what_the_scalar_evaluator_gives(cases, monkeypatch):
    monkeypatch.setattr(fused, "compiled", interpreted)
    agree(cases, Fused)
