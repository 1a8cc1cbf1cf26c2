"""What makes "no fines" of "fines": a closed list of words before or after. Whatever else stands between lets the clause be found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from chengnuo.policies.sheet import Sheet

ROOM = 48  # characters before and after that are looked at
LONGEST = 28  # no word of the lists is longer
PART = re.compile(r"[。;!?\n,:]|\.(?:\s|$)")
SENTENCE = re.compile(r"[。;!?\n]|\.(?:\s|$)")
AN_EXCEPTION = re.compile(r"除(?!法律|依法|法定|了)[^,。;]{1,24}外|\bexcept\b|\bunless\b", re.IGNORECASE)
LETTER = re.compile(r"[A-Za-z]")
Words = frozenset[str]


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
        groups = {name: frozenset(scripts(sheet.sheet(name))) for name in list(sheet)}
        sheet.close()
        return cls(**groups, listed=frozenset(word.rstrip("*").lower() for word in listed))

    def denies(self, text: str, span: tuple[int, int], *, begins: int = 0, ends: int = 0) -> bool:
        """Whether what stands at `span` is denied by words from `begins` on, or by those after `ends`, where it ends with what follows."""
        head = text[max(begins, span[0] - ROOM) : span[0]].lower().replace("’", "'")
        after = ends or span[1]
        tail = text[after : after + ROOM].lower().lstrip()
        if _starts(tail, self.turned) or AN_EXCEPTION.search(SENTENCE.split(head)[-1]):
            return False
        return self._before(PART.split(head)[-1]) or self._after(tail) or bool(ends and self._answered(tail))

    def _before(self, part: str) -> bool:
        """Peels from the right what may stand between, until a denial is reached or something else."""
        rest, listed, modal = part.rstrip(), False, False
        while rest:
            if (denial := _ends(rest, self.opening)) and _is_opening(rest.removesuffix(denial)):
                return True
            if denial := _ends(rest, self.before if listed else self.before | self.directly):
                return not modal and not self._twice(rest.removesuffix(denial))
            word = _ends(rest, self.between)
            if not word and (word := _ends(rest, self.modal)):
                modal = True
            if not word and (word := _ends(rest, self.listed)):
                listed = True
            if not word:
                return False
            rest = rest.removesuffix(word).rstrip()
        return False

    def _twice(self, rest: str) -> bool:
        return bool(_ends(rest.rstrip().rstrip("再就都而又还還是也"), self.twice))

    def _after(self, tail: str) -> bool:
        rest = tail
        while word := _starts(rest, self.glue):
            rest = rest.removeprefix(word).lstrip()
        word = _starts(rest, self.after)
        end = rest.removeprefix(word).lstrip()
        return bool(word) and (not end or bool(PART.match(end)) or end[0] in ".)、")

    def _answered(self, tail: str) -> bool:
        of, _, rest = tail.partition(",")
        owner = _starts(rest.strip(), self.owner) if of in ("的", "") else ""
        return bool(owner) and any(word in PART.split(rest)[0] for word in self.answer)


def _is_opening(before: str) -> bool:
    rest = before.rstrip()
    return not rest or rest[-1] in "、(\n" or rest.endswith((" and", " or", " that", " but", " so", " in", " under"))


def _ends(rest: str, words: Words) -> str:
    """The longest of the words with which it ends."""
    lengths = range(min(LONGEST, len(rest)), 0, -1)
    return next((rest[-n:] for n in lengths if rest[-n:] in words and _whole(rest[:-n][-1:], rest[-n])), "")


def _starts(rest: str, words: Words) -> str:
    lengths = range(min(LONGEST, len(rest)), 0, -1)
    return next((rest[:n] for n in lengths if rest[:n] in words and _whole(rest[n : n + 1], rest[n - 1])), "")


def _whole(beside: str, edge: str) -> bool:
    """English words end where they end."""
    return not (LETTER.match(beside) and LETTER.match(edge))
