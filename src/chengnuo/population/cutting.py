"""Cuts a batch into blocks of households under one law, determines each, and puts the results together in the batch's order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chengnuo.core.rules.blocks import Block, Column, Result
from chengnuo.core.rules.blocks.cells import Mask, Whole
from chengnuo.policies.household import HOUSEHOLD
from chengnuo.population.arrays import EVERYBODY, Which
from chengnuo.population.batch import Batch
from chengnuo.population.laws import Laws


class Piece(NamedTuple):
    """Households of a batch under one law. `which`: by entity, which of the batch's members they are."""

    law: int
    block: Block
    which: Mapping[str, Which]


def determined(batch: Batch, laws: Laws) -> dict[str, Result]:
    """By programme, one row a member of its entity, in the batch's order. Raises NoValue."""
    counts = {HOUSEHOLD: batch.households} | {role: len(rows) for role, rows in batch.rows.items()}
    who = {programme.words.key: programme.who.name for programme in laws.programmes}
    found = {key: Result(np.zeros(counts[of], np.uint8), np.zeros(counts[of], np.int64)) for key, of in who.items()}
    for piece in pieces(batch, laws):
        if piece.which[HOUSEHOLD] is EVERYBODY:
            return laws.evaluator(piece.law).determine(piece.block)
        for key, result in laws.evaluator(piece.law).determine(piece.block).items():
            found[key].outcome[piece.which[who[key]]] = result.outcome
            found[key].amount[piece.which[who[key]]] = result.amount
    return found


def pieces(batch: Batch, laws: Laws) -> Iterator[Piece]:
    """One for each law that stands somewhere in the batch."""
    numbers = np.array([laws.number(code) for code in batch.codes], dtype=np.int64)[batch.places]
    met = np.flatnonzero(np.bincount(numbers))
    for number in met.tolist():
        which = EVERYBODY if len(met) == 1 else np.flatnonzero(numbers == number)
        yield _piece(batch, number, which)


def chosen(batch: Batch, households: Whole) -> Batch:
    """A batch of these households alone, in their order."""
    block, which = _block(batch, households)
    rows = {role: batch.rows[role][which[role]] for role in batch.rows}
    return Batch(
        block.households, block.columns[HOUSEHOLD], {role: block.columns[role] for role in rows}, rows, block.offsets, block.partly, batch.places[households], batch.codes
    )  # fmt: skip


def _piece(batch: Batch, law: int, households: Which) -> Piece:
    block, which = _block(batch, households)
    return Piece(law, block, which)


def _block(batch: Batch, households: Which) -> tuple[Block, dict[str, Which]]:
    which: dict[str, Which] = {HOUSEHOLD: households}
    columns, offsets = {HOUSEHOLD: _taken(batch.facts, households)}, dict(batch.offsets)
    for role, people in batch.people.items():
        members: Which = EVERYBODY
        if not isinstance(households, slice):
            members, offsets[role] = _members(batch.offsets[role], households)
        which[role] = members
        columns[role] = _taken(people, members)
    partly = {role: flags[households] for role, flags in batch.partly.items()}
    count = batch.households if isinstance(households, slice) else len(households)
    return Block(count, columns, offsets, partly), which


def _members(offsets: Whole, households: Whole) -> tuple[Whole, Whole]:
    """Which members some households have, and the offsets among these."""
    counts = np.diff(offsets)[households]
    begins = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    return np.repeat(offsets[households] - begins[:-1], counts) + np.arange(begins[-1]), begins


def _taken(columns: Mapping[str, Column], which: Which) -> dict[str, Column]:
    def of(mask: Mask | None) -> Mask | None:
        return None if mask is None else mask[which]

    return {name: Column(_of(each.values, which), of(each.known), of(each.absent)) for name, each in columns.items()}


def _of(values: NDArray[Any], which: Which) -> NDArray[Any]:
    taken: NDArray[Any] = values[which]
    return taken
