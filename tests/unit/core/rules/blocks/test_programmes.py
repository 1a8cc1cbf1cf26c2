"""The programmes that exist, for the families of every case: in a block and one by one."""

import pytest

from chengnuo.core.rules.blocks import Blocks
from tests.unit.core.rules.blocks.questions import CASES, KNOWN, QUESTIONS, agree, asked


@pytest.mark.parametrize("cases", QUESTIONS, ids=asked)
def test_every_case_gives_what_the_scalar_evaluator_gives(cases):
    agree(cases, Blocks)


def test_no_programme_is_left_out():
    assert {case.programme.words.key for case in CASES} == set(KNOWN)
    assert sum(map(len, QUESTIONS)) == len(CASES)
