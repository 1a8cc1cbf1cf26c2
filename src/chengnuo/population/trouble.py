"""What a command answers instead of doing what was asked: in words, without a traceback."""

from __future__ import annotations


class NotDone(Exception):
    """Whoever typed the command is told why."""


class Trouble(NotDone):
    """`what` is the matter, and what to do `instead`: two sentences."""

    def __init__(self, what: str, instead: str) -> None:
        super().__init__(f"{what}\n  Instead: {instead}")
        self.what, self.instead = what, instead
