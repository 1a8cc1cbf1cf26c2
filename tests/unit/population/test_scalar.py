"""The scalar evaluator with the surface of blocks: each household of a block as the reference takes it."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.core.rules import Asked
from chengnuo.core.rules.blocks import Block, Blocks, Column
from chengnuo.policies.household import facts_of
from chengnuo.policies.loader import parameters
from chengnuo.population.scalar import Scalar
from tests.unit.population import made

FACTS = facts_of(made.PROGRAMMES)
QUESTION = made.PROGRAMMES, parameters(), Asked(made.ASKED.day, place="420526000000")
SCALAR, BLOCKS = Scalar(*QUESTION), Blocks(*QUESTION)


def masks(count):
    return st.none() | st.lists(st.booleans(), min_size=count, max_size=count).map(np.array)


@st.composite
def blocks(draw):
    """Any few households, with any columns of the programmes' facts."""
    count = draw(st.integers(0, 4))
    offsets, columns = {}, {}
    for entity in ("person", "child"):
        sizes = draw(st.lists(st.integers(0, 2), min_size=count, max_size=count))
        offsets[entity] = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        rows = int(offsets[entity][-1])
        columns[entity] = {
            name: draw(_columns(fact, rows)) for name, fact in FACTS[entity].items() if draw(st.booleans())
        }
    partly = {
        entity: np.array(draw(st.lists(st.booleans(), min_size=count, max_size=count)), dtype=bool)
        for entity in offsets
    }
    return Block(count, columns, offsets, partly)


def _columns(fact, rows):
    values = {
        "day": st.integers(date(1930, 1, 1).toordinal(), date(2026, 12, 31).toordinal()),
        "truth": st.booleans(),
    }.get(fact.kind, st.integers(max(fact.least, 0), min(fact.most, 3000)))
    kind = bool if fact.kind == "truth" else np.int64
    given_values = st.lists(values, min_size=rows, max_size=rows).map(lambda each: np.array(each, dtype=kind))

    def column(values, known, absent):
        absent = absent if fact.perhaps and absent is not None and rows else None
        known = None if known is None or not rows else known.astype(bool)
        if absent is not None:
            absent = absent.astype(bool)
            known = None if known is None else known | absent
        return Column(values, known, absent)

    return st.builds(column, given_values, masks(rows), masks(rows))


@settings(deadline=None)  # the first block of a process takes longer than all others
@given(block=blocks())
def test_it_gives_what_blocks_give(block):
    one, other = SCALAR.determine(block), BLOCKS.determine(block)
    assert set(one) == set(other)
    for key, result in one.items():
        assert result.outcome.tolist() == other[key].outcome.tolist()
        assert result.amount.tolist() == other[key].amount.tolist()
        assert (result.outcome.dtype, result.amount.dtype) == (np.uint8, np.int64)
