"""The law by place: households whom no parameter tells apart stand under one law, and share an evaluator."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from chengnuo.core.rules import Asked, Parameters, Programme
from chengnuo.core.rules.blocks import Block, Result
from chengnuo.policies.law_places import told_apart


class Evaluator(Protocol):
    """Determines a block of households under one law."""

    def determine(self, block: Block) -> dict[str, Result]: ...


Engine = Callable[[Iterable[type[Programme]], Parameters, Asked], Evaluator]


class Laws:
    """Numbers the laws as they are met; the evaluator of each is made once and kept."""

    def __init__(
        self, engine: Engine, programmes: Iterable[type[Programme]], parameters: Parameters, asked: Asked
    ) -> None:
        self.programmes = tuple(programmes)
        self._engine, self._parameters, self._asked = engine, parameters, asked
        self._prefixes = told_apart(self.programmes, parameters)
        self._longest = max(map(len, self._prefixes), default=0)
        self._numbers: dict[tuple[tuple[str, ...] | None, tuple[str, ...]], int] = {}
        self._met: dict[str | None, int] = {}
        self._evaluators: list[Evaluator] = []

    def number(self, place: str | None) -> int:
        """The number of the law at a place: a division code or its beginning; None: not known."""
        near = None if place is None else place[: self._longest]
        if near not in self._met:
            self._met[near] = self._numbered(near)
        return self._met[near]

    def evaluator(self, number: int) -> Evaluator:
        return self._evaluators[number]

    def _numbered(self, near: str | None) -> int:
        fitting = None if near is None else tuple(filter(near.startswith, self._prefixes))
        # of the beginning of a code it is not known which of the places in it is meant
        inside = tuple(each for each in self._prefixes if near is None or (each.startswith(near) and each != near))
        if (law := (fitting, inside)) not in self._numbers:
            asked = Asked(self._asked.day, self._asked.known, near)
            self._numbers[law] = len(self._evaluators)
            self._evaluators.append(self._engine(self.programmes, self._parameters, asked))
        return self._numbers[law]
