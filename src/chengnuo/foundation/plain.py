"""What an officer writes freely passes here before it is kept, and whatever is published beside people's entries before it is
shown: texts, names of files, and what attachments are made of. The one check for each.
"""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress

from chengnuo.core.messages import N_
from chengnuo.core.privacy import dwellings_in, is_mask, numbers_in
from chengnuo.core.text3 import Text3
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.refused import Refused
from chengnuo.policies.charter_words import tells_of, tells_why


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


class NotForThePublic(Refused):
    code = "not-for-the-public"
    sentence = N_(
        "This leads to a person: a long number, an address below the village, or a reason. It is not published."
    )
    remedy = N_("Leave it out: a public list shows masked names, reference numbers and villages, and nothing else.")


def public(said: object, *, known: Collection[str] = ()) -> None:
    """Whatever stands beside people's entries for everybody to see, in any nesting: texts in all their scripts, names of files, the
    data of a paper, the bytes of a file of text. `known` are numbers of offices, which are public.

    Raises NotForThePublic with what leads to a person; a file that is no text too, for nobody has looked into it.
    """
    offices = {number for each in known for number in numbers_in(each)}
    for text in _texts(said):
        found = [number for number in numbers_in(text) if number not in offices]
        why = [] if is_mask(text) else tells_why(text)
        if found := found + dwellings_in(text) + why:
            raise NotForThePublic(words="、".join(found))


def _texts(said: object) -> Iterator[str]:
    match said:
        case str():
            yield said
        case Text3():
            yield from (said.hans, said.hant, said.en)
        case bytes():
            yield _decoded(said)
        case Mapping():
            yield from _texts([*said.keys(), *said.values()])
        case Iterable():
            for each in said:
                yield from _texts(each)
        case _:
            yield str(said)


def _decoded(file: bytes) -> str:
    """A file of text, in the encodings in which offices write. Raises NotForThePublic."""
    encodings = ("utf-16",) if file.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else ("utf-8", "gb18030")
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            if "\0" not in (text := file.decode(encoding)):
                return text
    raise NotForThePublic
