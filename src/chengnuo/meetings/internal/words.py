"""Words that everybody reads: of an agenda, of minutes, of a decision and its answer."""

from __future__ import annotations

from chengnuo.foundation.plain import plain, public


def shown(words: str) -> str:
    """The words, if they may be kept and shown. Raises NotForTheRecord, NotForThePublic: minutes name nobody."""
    kept = plain(words)
    public(kept)
    return kept
