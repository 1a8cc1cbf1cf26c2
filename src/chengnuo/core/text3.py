"""A text in three scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Text3:
    """Simplified, Traditional, English; `reviewed` when a person has read all three."""

    hans: str
    hant: str
    en: str
    reviewed: bool = False

    def in_language(self, language: str) -> str:
        """The text for a language code of the settings: zh-hans, zh-hant or en."""
        return {"zh-hans": self.hans, "zh-hant": self.hant}.get(language, self.en)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> Text3:
        return cls(said["hans"], said["hant"], said["en"], bool(said.get("reviewed", False)))
