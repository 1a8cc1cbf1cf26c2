"""What a block holds that cannot be reckoned with, said so that it can be mended."""

from __future__ import annotations


class Unfitting(ValueError):
    """`where`: entity and fact; `what`, `why`, `instead`: three sentences for whoever made the block."""

    def __init__(self, where: str, what: str, why: str, instead: str) -> None:
        super().__init__(f"{where}: {what}\n  Why: {why}\n  Give instead: {instead}")
        self.where, self.what, self.why, self.instead = where, what, why, instead
