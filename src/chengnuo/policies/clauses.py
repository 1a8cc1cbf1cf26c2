"""Finds what no agreement, covenant or charter may say: a closed, sourced list of unlawful patterns (`clauses.yaml`), no guess.

A clause that only denies one ("no fines") is in order. Whether a pattern is found hangs neither on the script nor on the way in which
a clause is typeset. What is not found is not thereby lawful: the list is precise before it is complete.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chengnuo.core.text3 import Text3
from chengnuo.policies import charter_words, wordlist
from chengnuo.policies.denial import Denial
from chengnuo.policies.loader import PACKS
from chengnuo.policies.sheet import SCRIPTS, Sheet

FILE = PACKS / "clauses.yaml"
CERTAINTIES = "ABCD"
FROM_THE_CHARTER = "never_recorded"
NEAR = 18  # characters of Han between two groups; English takes about four times the room
NEAR_IN_ENGLISH = 72
SENTENCE_ENDS, PART_ENDS = re.compile(r"[。;!?\n]|\.(?:\s|$)"), re.compile(r"[。;!?\n,:]|\.(?:\s|$)")
Span = tuple[int, int]


@dataclass(frozen=True)
class Source:
    document: str
    article: str
    day: str
    certainty: str


@dataclass(frozen=True)
class Shape:
    """Groups in their order; `across`: a comma may stand between."""

    groups: tuple[str, ...]
    across: bool = False


@dataclass(frozen=True)
class Pattern:
    """`says`: the sentence that refuses; `because`: which law, in plain words; `sources`: where it stands."""

    key: str
    says: Text3
    because: Text3
    sources: tuple[Source, ...]
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Finding:
    """`words` as they are written from `begins` to `ends` of the text, in its line `line` (the first is 1)."""

    pattern: Pattern
    words: str
    begins: int
    ends: int
    line: int


@dataclass(frozen=True)
class Clauses:
    patterns: tuple[Pattern, ...]
    words: Mapping[str, re.Pattern[str]]
    ordinary: re.Pattern[str]
    denial: Denial


def check(text: str) -> tuple[Finding, ...]:
    """What this text may not say, in the order of the text. Empty: nothing of the list."""
    known = clauses()
    reading = wordlist.read(text, gaps=wordlist.TYPESETTING)
    read = reading.masked(known.ordinary)
    places = {name: [match.span() for match in sought.finditer(read.plain)] for name, sought in known.words.items()}
    own = charter_words.without_ordinary(reading)
    places[FROM_THE_CHARTER] = [match.span() for match in charter_words.never_recorded().finditer(own.plain)]
    found = [
        _finding(pattern, span, reading)
        for pattern in known.patterns
        for span in _apart(_spans(pattern, places, read.plain, known.denial))
    ]
    return tuple(sorted(found, key=lambda each: (each.begins, each.ends)))


@cache
def clauses() -> Clauses:
    """Read once a process. Raises Unfit."""
    return read_file(FILE)


def read_file(path: Path) -> Clauses:
    """A list of clauses. Raises Unfit for the first line that cannot stand."""
    sheet = Sheet.of(path)
    names, keys = sheet.keys("words"), sheet.keys("unlawful")
    said, each = sheet.sheet("words"), sheet.sheet("unlawful")
    patterns = tuple(_pattern(key, each.sheet(key), [*names, FROM_THE_CHARTER]) for key in keys)
    scripts = {name: _scripts(said.sheet(name)) for name in names}
    ordinary = wordlist.pattern(_scripts(sheet.sheet("ordinary")))
    denial = Denial.of(sheet.sheet("denial"), _scripts, [word for words in scripts.values() for word in words])
    sheet.close()
    return Clauses(patterns, {name: wordlist.pattern(words) for name, words in scripts.items()}, ordinary, denial)


def _scripts(sheet: Sheet) -> list[str]:
    found = [word for script in SCRIPTS for word in sheet.strings(script)]
    sheet.close()
    return found


def _pattern(key: str, sheet: Sheet, names: list[str]) -> Pattern:
    says, because = sheet.text3("says"), sheet.text3("because")
    sources = tuple(_source(each) for each in sheet.sheets("sources"))
    if not sources:
        raise sheet.unfit("sources", "is empty.", "Nobody is refused without a law.", "at least one text")
    alone = sheet.strings("alone", names) if "alone" in sheet else ()
    shapes = [Shape((name,)) for name in alone]
    for kind in ("near", "across"):
        shapes += [Shape(tuple(groups), across=kind == "across") for groups in sheet.take(kind, list, "[[…, …]]")]
    if unknown := {name for shape in shapes for name in shape.groups} - set(names):
        raise sheet.unfit("near", f"names {min(unknown)}.", "There is no such group of words.", ", ".join(names))
    sheet.close()
    return Pattern(key, says, because, sources, tuple(shapes))


def _source(sheet: Sheet) -> Source:
    document, article = sheet.take("document", str, "村民委员会组织法"), sheet.take("article", str, '"27"')
    found = Source(document, article, sheet.day("date").isoformat(), sheet.choice("certainty", CERTAINTIES))
    sheet.close()
    return found


def _spans(pattern: Pattern, places: Mapping[str, list[Span]], text: str, denial: Denial) -> Iterator[Span]:
    """Every place where a shape of the pattern stands and is not denied."""
    for shape in pattern.shapes:
        if len(shape.groups) == 1:
            yield from (span for span in places[shape.groups[0]] if not denial.denies(text, span))
            continue
        first, second = (places[group] for group in shape.groups)
        for begin in first:
            ends = _near(begin, second, text, across=shape.across)
            free = (end for end in ends if not denial.denies(text, end, begins=begin[1]))
            if (end := next(free, None)) and not denial.denies(text, begin, ends=end[1]):
                yield begin[0], end[1]


def _near(begin: Span, second: list[Span], text: str, *, across: bool) -> Iterator[Span]:
    """Those that stand near after it, with no end of a sentence, and no comma unless it may be, between."""
    for at in range(bisect_left(second, (begin[1], 0)), len(second)):
        end = second[at]
        if end[0] > begin[1] + NEAR_IN_ENGLISH:
            break
        if _is_near(text[begin[1] : end[0]], across=across):
            yield end


def _is_near(between: str, *, across: bool) -> bool:
    han = wordlist.A_SIGN_OF_HAN.search(between)
    if (SENTENCE_ENDS if across else PART_ENDS).search(between) or between.count(",") > 1:
        return False
    return len(between) <= (NEAR if han else NEAR_IN_ENGLISH)


def _apart(spans: Iterator[Span]) -> Iterator[Span]:
    """Of those that overlap the first and shortest."""
    ends = 0
    for span in sorted(set(spans)):
        if span[0] >= ends:
            yield span
            ends = span[1]


def _finding(pattern: Pattern, span: Span, reading: wordlist.Reading) -> Finding:
    begins, ends = reading.span(*span)
    return Finding(pattern, reading.written[begins:ends], begins, ends, reading.written.count("\n", 0, begins) + 1)
