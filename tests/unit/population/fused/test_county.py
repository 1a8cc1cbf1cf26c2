"""A county by the kernel and in blocks: every programme that exists, complete and with unknowns. Its text is run as it stands."""

from datetime import date

import numpy as np
import pytest

from chengnuo.core.rules import Asked
from chengnuo.core.rules.blocks import Block, Blocks
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from chengnuo.population import fused
from chengnuo.population.fused import Fused
from tests.unit.core.rules.blocks.county import county
from tests.unit.population.fused.interpreting import interpreted

ASKED = Asked(date(2026, 12, 31), place="420526000000")


@pytest.fixture(autouse=True)
def uncompiled(monkeypatch):
    monkeypatch.setattr(fused, "compiled", interpreted)


def same(block):
    wanted = Blocks(programmes(), parameters(), ASKED).determine(block)
    found = Fused(programmes(), parameters(), ASKED).determine(block)
    assert list(found) == list(wanted)
    for key, result in wanted.items():
        assert np.array_equal(found[key].outcome, result.outcome), key
        assert np.array_equal(found[key].amount, result.amount), key


@pytest.mark.parametrize("unknown", [0.0, 0.1], ids=["complete", "with unknowns"])
def test_a_county_is_the_same(unknown):
    same(county(400, unknown=unknown))


def test_a_county_without_a_column_is_the_same():
    block = county(200)
    columns = {**block.columns, "person": {k: v for k, v in block.columns["person"].items() if k != "children_living"}}
    same(Block(block.households, columns, block.offsets))


def test_columns_that_may_only_be_read_and_lie_apart_are_taken_too():
    block = county(100, unknown=0.1)
    for columns in block.columns.values():
        for column in columns.values():
            column.values.flags.writeable = False
    same(block)
    wide = {
        e: {k: type(c)(np.repeat(c.values, 2)[::2], c.known, c.absent) for k, c in f.items()}
        for e, f in block.columns.items()
    }
    same(Block(block.households, wide, block.offsets, block.partly))
