"""A text in three scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar


def _simplified() -> str:
    return "zh-hans"


@dataclass(frozen=True)
class Text3:
    """Simplified, Traditional, English; `reviewed` when a person has read all three.

    `str()` is the text in the language of whoever reads: `config/wiring.py` binds `reads`; unbound, it is simplified.
    """

    hans: str
    hant: str
    en: str
    reviewed: bool = False
    reads: ClassVar[Callable[[], str]] = _simplified

    def __str__(self) -> str:
        return self.in_language(type(self).reads())

    def in_language(self, language: str) -> str:
        """The text for a language code of the settings: zh-hans, zh-hant or en."""
        return {"zh-hans": self.hans, "zh-hant": self.hant}.get(language, self.en)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> Text3:
        return cls(said["hans"], said["hant"], said["en"], bool(said.get("reviewed", False)))
