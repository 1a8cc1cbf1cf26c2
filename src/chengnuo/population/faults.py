"""What is wrong with a population: every kind of fault once, with its count and first examples."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from chengnuo.population.opaque import LONGEST, shown
from chengnuo.population.trouble import NotDone

SHOWN = 3


@dataclass
class Fault:
    count: int = 0
    examples: list[str] = field(default_factory=list)


class Faults:
    """By where (file and column), what, and what instead."""

    def __init__(self) -> None:
        self._kinds: dict[tuple[str, str, str], Fault] = {}

    def add(
        self, where: str, what: str, instead: str, *, count: int, examples: Iterable[object] = (), like: str = "{}"
    ) -> None:
        """Counts so many of a kind; none is no fault. Examples are values, which a report shows `like` this, and masks."""
        self.note((where, what, instead), count, [like.format(shown(str(each))[:LONGEST]) for each in examples])

    def note(self, kind: tuple[str, str, str], count: int, told: Iterable[str]) -> None:
        """The same with examples as a report shows them: where, what, what instead."""
        if count:
            fault = self._kinds.setdefault(kind, Fault())
            fault.count += count
            fault.examples += [each for each in told if each not in fault.examples]
            del fault.examples[SHOWN:]

    def join(self, other: Faults) -> None:
        for kind, fault in other._kinds.items():
            self.note(kind, fault.count, fault.examples)

    def rows(self) -> list[dict[str, object]]:
        """For another process, which adds them again."""
        names = ("where", "what", "instead")
        return [{**dict(zip(names, kind, strict=True)), **vars(fault)} for kind, fault in self._kinds.items()]

    def __bool__(self) -> bool:
        return bool(self._kinds)

    def report(self) -> str:
        """One line a kind."""
        kinds = "1 kind" if len(self._kinds) == 1 else f"{len(self._kinds)} kinds"
        head = f"This population cannot be determined: {kinds} of fault. Nothing was written."
        return "\n".join([head, *(_line(kind, fault) for kind, fault in self._kinds.items())])


class Faulty(NotDone):
    """The whole report, for whoever made the files."""

    def __init__(self, faults: Faults) -> None:
        super().__init__(faults.report())
        self.faults = faults


def _line(kind: tuple[str, str, str], fault: Fault) -> str:
    where, what, instead = kind
    examples = f" ({', '.join(fault.examples)})" if fault.examples else ""
    return f"- {where}: {fault.count:,} × {what}{examples}. Instead: {instead}."
