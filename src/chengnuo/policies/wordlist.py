"""How closed lists of words are looked for in a text: the one mechanism for what is never recorded and for unlawful clauses.

Full-width forms, invisible signs and gaps between characters hide nothing, and what is found is told as it is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

HAN = "\u3400-\u9fff"
A_SIGN_OF_HAN = re.compile(rf"[{HAN}]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
GAPS = r" \t\u3000·.*_\-"
GAP_IN_HAN = re.compile(rf"(?<=[{HAN}])[{GAPS}]+(?=[{HAN}])")
# brackets, quotes and single line ends too: a clause is typeset, and may be wrapped in the middle of a word
_SIGNS = rf"[{GAPS}\r\"'“”‘’「」『』()《》<>【】\[\]|/~+=]"
TYPESETTING = re.compile(rf"(?<=[{HAN}])(?:{_SIGNS}+(?:\n{_SIGNS}*)?|\n{_SIGNS}*)(?=[{HAN}])")
LETTERS_APART = re.compile(r"(?<![^\W_])(?:[A-Za-z][ .*_\-]){3,}[A-Za-z](?![^\W_])")
_DIGITS = "0-9零〇一二两兩三四五六七八九十百千万萬壹贰貳叁參肆伍陆陸柒捌玖拾佰仟"
NUMBER = rf"\s?[{_DIGITS}][{_DIGITS},. ]*"
MOST_MARKS = 30  # on one letter (UAX 15, stream-safe): to put more of them in order takes ever longer
TAKEN_OUT = "\u241f"  # so that what stood left and right of an ordinary word does not grow together


@dataclass(frozen=True)
class Reading:
    """A text as it is looked through, and the place in what was written of each of its characters."""

    plain: str
    places: tuple[int, ...]
    written: str

    def without(self, gaps: Iterable[tuple[int, int]]) -> Reading:
        kept = [at for begins, ends in _between(gaps, len(self.plain)) for at in range(begins, ends)]
        return Reading("".join(self.plain[at] for at in kept), tuple(self.places[at] for at in kept), self.written)

    def masked(self, ordinary: re.Pattern[str]) -> Reading:
        """Ordinary words taken out; every place stays."""
        return Reading(ordinary.sub(lambda word: TAKEN_OUT * len(word.group()), self.plain), self.places, self.written)

    def span(self, begins: int, ends: int) -> tuple[int, int]:
        """Where it stands in what was written."""
        return self.places[begins], self.places[ends - 1] + 1


def read(written: str, *, gaps: re.Pattern[str] = GAP_IN_HAN) -> Reading:
    pairs = [(sign, at) for at, each in _clusters(written) for sign in unicodedata.normalize("NFKC", each)]
    whole = Reading("".join(sign for sign, _ in pairs), tuple(at for _, at in pairs), written)
    seen = whole.without(_spans(INVISIBLE, whole))
    joined = seen.without(_spans(gaps, seen))
    return joined.without(
        (at, at + 1) for run in LETTERS_APART.finditer(joined.plain) for at in range(run.start() + 1, run.end(), 2)
    )


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """One expression for all of them; of two that begin alike the longer is found."""
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile("|".join(_expression(word) for word in longest_first), re.IGNORECASE)


def words_in(part: Mapping[str, Any]) -> Iterable[str]:
    """The words of a part of a list, in whatever nesting."""
    for value in part.values():
        yield from words_in(value) if isinstance(value, Mapping) else value


def _clusters(written: str) -> Iterator[tuple[int, str]]:
    """Each character with the marks that belong to it, and its place: they are made plain together."""
    begins = 0
    for at in range(1, len(written) + 1):
        if at == len(written) or at - begins > MOST_MARKS or not unicodedata.combining(written[at]):
            yield begins, written[begins:at]
            begins = at


def _spans(sought: re.Pattern[str], reading: Reading) -> Iterator[tuple[int, int]]:
    return (found.span() for found in sought.finditer(reading.plain))


def _between(gaps: Iterable[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    ends = 0
    for gap, after in gaps:
        yield ends, gap
        ends = after
    yield ends, length


def _expression(word: str) -> str:
    """Han words stand anywhere; English ones begin at a word's beginning and end at its end, unless marked with *."""
    if A_SIGN_OF_HAN.match(word):
        return re.escape(word).replace(r"\#", NUMBER)
    stem = re.escape(word.rstrip("*")).replace(r"\ ", r"\s+").replace(r"\#", NUMBER)
    return rf"\b{stem}\w*" if word.endswith("*") else rf"\b{stem}\b"
