"""What a rule's author wrote that cannot stand, said so that it can be mended."""

from __future__ import annotations


class Miswritten(TypeError):
    """`where`: programme or expression; `what`, `why`, `instead`: three sentences for the author."""

    def __init__(self, where: str, what: str, why: str, instead: str) -> None:
        super().__init__(f"{where}: {what}\n  Why: {why}\n  Write instead: {instead}")
        self.where, self.what, self.why, self.instead = where, what, why, instead
