from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: a sentence on what, and a sentence on what to do."""

    wrong: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.wrong}\n  {self.remedy}"
