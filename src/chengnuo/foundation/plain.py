"""What an officer writes freely passes here before it is kept: the one check, for every operation that takes such words."""

from __future__ import annotations

from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.refused import Refused
from chengnuo.policies.charter_words import tells_of


class NotForTheRecord(Refused):
    code = "not-for-the-record"
    sentence = N_("These words tell of something that this system never records (charter, right 1).")
    remedy = N_("Leave it out: it is not needed for the decision. Nothing of it was saved.")


def plain(words: str) -> str:
    """An officer's free text, if it may be kept. Raises NotForTheRecord with the words that may not."""
    if found := tells_of(words):
        raise NotForTheRecord(words="、".join(found))
    return words.strip()


def said_by(by: Actor, words: str) -> str:
    """Words that a resident typed are kept as they are; those that an officer or another system wrote down for them, if they may be."""
    return plain(words) if by.is_officer or by.token else words
