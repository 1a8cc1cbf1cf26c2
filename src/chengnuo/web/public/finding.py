"""Finding a service by whatever people call it: a two-character word, a whole sentence, English, in any of three scripts.

The catalogue is public and small, so it is read from memory; what somebody looked for is stored nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import mul
from typing import TypeVar

T = TypeVar("T")

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
NOT_A_WORD = re.compile(r"[\W_]+")
TITLE, IN_TITLE, WORD, IN_WORDS, IN_TEXT = 140, 120, 100, 40, 20
SHORT = 2  # a run of two characters is a word in Chinese


@dataclass(frozen=True)
class Findable:
    """What an entry can be found by: its titles, the words that people use for it, and the rest of what it says."""

    titles: tuple[str, ...]
    words: tuple[str, ...]
    text: str

    @classmethod
    def of(cls, titles: Sequence[str], words: Sequence[str], text: Sequence[str]) -> Findable:
        return cls(
            tuple(map(_plain, titles)), tuple(word for each in words if (word := _plain(each))), _plain(" ".join(text))
        )


def found(query: str, entries: Sequence[T], of: Callable[[T], Findable]) -> list[T]:
    """The entries that fit, the closest first. What fits more of the query's words stands alone before what fits fewer."""
    terms = _plain(query).split()
    fits = [[_closeness(term, of(entry)) for term in terms] for entry in entries]
    telling = [_telling([fit[at] for fit in fits]) for at in range(len(terms))]
    most = max(map(_matched, fits), default=0)
    best = [
        (sum(map(mul, fit, telling)), entry)
        for fit, entry in zip(fits, entries, strict=True)
        if most and _matched(fit) == most
    ]
    return [entry for _sum, entry in sorted(best, key=lambda pair: -pair[0])]


def _plain(text: str) -> str:
    """Width, case and punctuation do not count."""
    return NOT_A_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _matched(fit: Sequence[float]) -> int:
    return sum(closeness > 0 for closeness in fit)


def _telling(closeness: Sequence[float]) -> float:
    """A word that fits few entries tells more than one that fits many."""
    return 1 / max(1, _matched(closeness)) ** 0.5


def _closeness(term: str, entry: Findable) -> float:
    """0 for no match. A sentence without spaces is matched by the words that it contains, then by its runs."""
    if term in entry.titles:
        return TITLE
    if any(_begins(term, title) for title in entry.titles):
        return IN_TITLE + (term in entry.words)
    if term in entry.words:
        return WORD
    inside = sum(len(word) for word in entry.words if len(word) >= SHORT and HAN.search(word) and word in term)
    if inside or any(_begins(term, word) for word in entry.words):
        return IN_WORDS + inside
    return IN_TEXT if _begins(term, entry.text) else _shared_runs(term, entry)


def _begins(term: str, text: str) -> bool:
    """Chinese is not divided into words; elsewhere a term must stand at the beginning of one."""
    return term in text if HAN.search(term) else f" {term}" in f" {text}"


def _shared_runs(term: str, entry: Findable) -> float:
    """How much of a longer Chinese term is said somewhere in the entry; less than half is chance."""
    runs = {term[at : at + SHORT] for at in range(len(term) - 1)} if HAN.search(term) else set()
    said = " ".join((*entry.titles, *entry.words, entry.text))
    shared = sum(run in said for run in runs)
    return IN_TEXT * shared / len(runs) / 2 if runs and shared * 2 >= len(runs) else 0
