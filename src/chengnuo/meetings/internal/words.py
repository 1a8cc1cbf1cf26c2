"""Words that everybody reads: of an agenda, of minutes, of a decision and its answer."""

from __future__ import annotations

from chengnuo.foundation.plain import plain, public

# who meets is no address below the village, though it is called like one
BODIES = ("村民小组", "村民小組", "居民小组", "居民小組", "villagers' group", "residents' group")


def shown(words: str) -> str:
    """The words, if they may be kept and shown. Raises NotForTheRecord, NotForThePublic: minutes name nobody."""
    kept = read = plain(words)
    for body in BODIES:
        read = read.replace(body, "…")
    public(read)
    return kept
