"""What templates read by name."""

from __future__ import annotations


class Named:
    """A template asks for a key first and for an attribute only then; in a list, the failed keys cost a third of the page."""

    def __getitem__(self, name: str) -> object:
        return getattr(self, name)
