"""What makes "no fines" of "fines": a closed list of words before or after. Whatever else stands between lets the clause be found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from chengnuo.policies.sheet import Sheet

ROOM = 48  # characters before and after that are looked at
PART = re.compile(r"[。;!?\n,:]|\.(?:\s|$)")
SENTENCE = re.compile(r"[。;!?\n]|\.(?:\s|$)")
AN_EXCEPTION = re.compile(r"除(?!法律|依法|法定|了)[^,。;]{1,24}外|\bexcept\b|\bunless\b", re.IGNORECASE)
LETTER = re.compile(r"[A-Za-z]")


class Words:
    """A closed list by the sign with which a word ends, and by that with which it begins; the longest come first.

    So few are compared at each place that a text made of nothing but such words is read no slower than another.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        longest_first = sorted(self.words, key=lambda word: (-len(word), word))
        self._by_end, self._by_start = _by_sign(longest_first, -1), _by_sign(longest_first, 0)

    def __or__(self, others: Words) -> Words:
        return Words(self.words | others.words)

    def ending(self, rest: str) -> str:
        """The longest with which it ends; "" where there is none."""
        for word in self._by_end.get(rest[-1:], ()):
            if rest.endswith(word) and _is_whole(rest[: -len(word)][-1:], word[0]):
                return word
        return ""

    def starting(self, rest: str) -> str:
        """The longest with which it begins; "" where there is none."""
        for word in self._by_start.get(rest[:1], ()):
            if rest.startswith(word) and _is_whole(rest[len(word) : len(word) + 1], word[-1]):
                return word
        return ""


@dataclass(frozen=True)
class Denial:
    """`before` what it denies, with `between` words and those of the list in between; `directly` before it, without those of the
    list; `opening` a part of a sentence, with `modal` words too. `after` it, joined by `glue`, at the end of a part. An `owner` who
    gives an `answer` afterwards: the clause is about who does so. `twice` and `turned` take a denial back.
    """

    before: Words
    opening: Words
    directly: Words
    between: Words
    modal: Words
    twice: Words
    after: Words
    glue: Words
    owner: Words
    answer: Words
    turned: Words
    listed: Words

    @classmethod
    def of(cls, sheet: Sheet, scripts: Callable[[Sheet], list[str]], listed: Iterable[str]) -> Denial:
        """Raises Unfit."""
        groups = {name: Words(scripts(sheet.sheet(name))) for name in list(sheet)}
        sheet.close()
        return cls(**groups, listed=Words(word.rstrip("*").lower() for word in listed))

    @cached_property
    def _near_by(self) -> Words:
        return self.before | self.directly

    def denies(self, text: str, span: tuple[int, int], *, begins: int = 0, ends: int = 0) -> bool:
        """Whether what stands at `span` is denied by words from `begins` on, or by those after `ends`, where it ends with what follows."""
        head = text[max(begins, span[0] - ROOM) : span[0]].lower().replace("’", "'")
        after = ends or span[1]
        tail = text[after : after + ROOM].lower().lstrip()
        if self.turned.starting(tail) or AN_EXCEPTION.search(SENTENCE.split(head)[-1]):
            return False
        return self._before(PART.split(head)[-1]) or self._after(tail) or bool(ends and self._answered(tail))

    def _before(self, part: str) -> bool:
        """Peels from the right what may stand between, until a denial is reached or something else."""
        rest, listed, modal = part.rstrip(), False, False
        while rest:
            if (denial := self.opening.ending(rest)) and _is_opening(rest.removesuffix(denial)):
                return True
            if denial := (self.before if listed else self._near_by).ending(rest):
                return not modal and not self._twice(rest.removesuffix(denial))
            word = self.between.ending(rest)
            if not word and (word := self.modal.ending(rest)):
                modal = True
            if not word and (word := self.listed.ending(rest)):
                listed = True
            if not word:
                return False
            rest = rest.removesuffix(word).rstrip()
        return False

    def _twice(self, rest: str) -> bool:
        return bool(self.twice.ending(rest.rstrip().rstrip("再就都而又还還是也")))

    def _after(self, tail: str) -> bool:
        rest = tail
        while word := self.glue.starting(rest):
            rest = rest.removeprefix(word).lstrip()
        word = self.after.starting(rest)
        end = rest.removeprefix(word).lstrip()
        return bool(word) and (not end or bool(PART.match(end)) or end[0] in ".)、")

    def _answered(self, tail: str) -> bool:
        of, _, rest = tail.partition(",")
        owner = self.owner.starting(rest.strip()) if of in ("的", "") else ""
        return bool(owner) and any(word in PART.split(rest)[0] for word in self.answer.words)


def _is_opening(before: str) -> bool:
    rest = before.rstrip()
    return not rest or rest[-1] in "、(\n" or rest.endswith((" and", " or", " that", " but", " so", " in", " under"))


def _by_sign(words: Iterable[str], at: int) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        found[word[at]].append(word)
    return dict(found)


def _is_whole(beside: str, edge: str) -> bool:
    """English words end where they end."""
    return not (LETTER.match(beside) and LETTER.match(edge))
