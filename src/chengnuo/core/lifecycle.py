"""Moves as data: which change of status may happen, and if not, why.

A noun with states has one `Status` and one `Lifecycle`. The table is the only truth about its states:
the mover obeys it, the pages ask it which buttons to show, and the diagrams in the docs are drawn from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from chengnuo.core.messages import N_


@dataclass(frozen=True)
class Passage:
    """From one of the sources to the target.

    No source at all: the noun is made by the move. An empty target: the status stays as it is.
    """

    sources: frozenset[str]
    target: str

    @property
    def statuses(self) -> frozenset[str]:
        """Every status that it names."""
        return self.sources | ({self.target} - {""})


@dataclass(frozen=True)
class Sources:
    """Several statuses from which the same move starts: `(RECEIVED | WAITING) >> WITHDRAWN`."""

    of: frozenset[str]

    def __or__(self, other: Status) -> Sources:
        return Sources(self.of | {other.value})

    def __rshift__(self, target: Status) -> Passage:
        return Passage(self.of, target.value)


class Status(StrEnum):
    """Base of every status. `A >> B` reads "from A to B"."""

    def __or__(self, other: Status) -> Sources:
        return Sources(frozenset({self.value, other.value}))

    def __rshift__(self, target: Status) -> Passage:
        return Passage(frozenset({self.value}), target.value)


START = Sources(frozenset())


def staying(sources: Sources | Status) -> Passage:
    """A move that leaves the status alone, such as handing a case to another officer."""
    return Passage(sources.of if isinstance(sources, Sources) else frozenset({sources.value}), "")


@dataclass(frozen=True)
class Guard:
    """A condition on the noun at an instant, with the sentence said to the person when it does not hold."""

    name: str
    holds: Callable[[Any, datetime], bool]
    otherwise: str


def guard(otherwise: str) -> Callable[[Callable[[Any, datetime], bool]], Guard]:
    """Turns a predicate into a guard: `@guard(N_("Somebody else has been asked to take this case."))`."""
    return lambda predicate: Guard(predicate.__name__, predicate, otherwise)


@dataclass(frozen=True, kw_only=True)
class Objection:
    """Why a move may not happen: `code` for programs, `sentence` (to be translated) for people."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Move:
    """One change of status, and what it does to the duties of the office that makes it.

    `opens`, `ends`, `pauses`, `resumes`, `discharges` and `breaks` (what can no longer be done) name kinds of duty; who may
    make the move stands in the gate's table under `noun.name`.
    """

    name: str
    passage: Passage
    guards: tuple[Guard, ...] = ()
    opens: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    discharges: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()

    def target(self, status: str) -> str:
        """The status after the move."""
        return self.passage.target or status

    def objection(self, status: str, noun: object, at: datetime) -> Objection | None:
        """Why the move may not happen to this noun now, or None when it may. A noun not yet made has the status ""."""
        if status not in (self.passage.sources or {""}):
            sentence = N_("This can no longer be done: something else happened in the meantime.")
            return Objection(code="status", sentence=sentence)
        failing = (g for g in self.guards if not g.holds(noun, at))
        return next((Objection(code=g.name, sentence=g.otherwise) for g in failing), None)


class Lifecycle:
    """The table of moves of one noun. `MOVES.finish` is the move of that name; `ends` are the statuses that nothing leaves,
    `open` the others.

    Raises ValueError for two moves of one name, and for a status that is not the noun's.
    """

    def __init__(self, noun: str, statuses: type[Status], moves: Iterable[Move]) -> None:
        self.noun = noun
        self.statuses = statuses
        self._moves: dict[str, Move] = {}
        for move in moves:
            if foreign := move.passage.statuses - {status.value for status in statuses}:
                raise ValueError(f"{noun}.{move.name} names a status that no {noun} has: {sorted(foreign)}")
            if self._moves.setdefault(move.name, move) is not move:
                raise ValueError(f"{noun} has two moves named {move.name}")
        left = {source for move in self for source in move.passage.sources if move.passage.target}
        self.open = tuple(status for status in statuses if status in left)
        self.ends = tuple(status for status in statuses if status not in left)

    def __getattr__(self, name: str) -> Move:
        moves: dict[str, Move] = self.__dict__.get("_moves", {})
        if name not in moves:
            raise AttributeError(f"{self.__dict__.get('noun')} has no move {name!r}; it has {', '.join(moves)}")
        return moves[name]

    def __iter__(self) -> Iterator[Move]:
        return iter(self._moves.values())

    def open_to(self, status: str, noun: object, at: datetime) -> list[Move]:
        """The moves that may happen now, in the order of the table."""
        return [move for move in self if move.objection(status, noun, at) is None]

    def diagram(self) -> str:
        """The table as a Mermaid state diagram; statuses that nothing leaves are its ends."""
        lines = ["stateDiagram-v2"]
        for move in self:
            sources = sorted(move.passage.sources) or ["[*]"]
            lines += [f"    {source} --> {move.target(source)}: {move.name}" for source in sources]
        lines += [f"    {status.value} --> [*]" for status in self.ends]
        return "\n".join(lines)
