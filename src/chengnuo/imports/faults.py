"""What is wrong with a cell or a row, as a sentence that never repeats what stands there."""

from __future__ import annotations

from dataclasses import dataclass, field

from chengnuo.core.messages import N_


class Unreadable(Exception):
    """Raised by a kind of column: the sentence (to be translated) and the facts in it."""

    def __init__(self, sentence: str, **facts: int | str) -> None:
        self.sentence, self.facts = sentence, facts
        super().__init__(sentence)


@dataclass(frozen=True)
class Fault:
    """`column` is the name of a column of the layout, or "" of the whole row."""

    column: str
    sentence: str
    facts: dict[str, int | str] = field(default_factory=dict)


NEEDED = N_("nothing stands here, and something is needed")
AGAIN = N_("the same as in row %(row)d")
