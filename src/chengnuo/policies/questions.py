"""How a fact is asked for, by the public calculator: the question, why it is asked, and what nobody is asked unless they wish it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from chengnuo.core.rules import Fact
from chengnuo.core.text3 import Text3
from chengnuo.policies.loader import PACKS
from chengnuo.policies.sheet import Sheet

FILE = PACKS / "facts" / "questions.yaml"
YES, YEAR, ANOTHER = "yes", "year", "unknown"
NOTHING = Text3("", "", "")
NO_SUCH = Text3("没有", "沒有", "There is none")


@dataclass(frozen=True)
class Question:
    """`topic`: asked only of those who wish for it; `taken`: says that it is taken as not applying; `shared`: one answer for all members;
    `same_as`: a fact whose answer serves; `afterwards`: what the fact is once this year's support was claimed.
    """

    asks: Text3
    why: Text3 = NOTHING
    hint: Text3 = NOTHING
    none: Text3 = NO_SUCH
    topic: str = ""
    taken: Text3 | None = None
    shared: bool = False
    same_as: str = ""
    afterwards: str = ""


@dataclass(frozen=True)
class Questions:
    """`topics`: what is never asked by itself, each with a neutral name."""

    topics: Mapping[str, Text3]
    by_fact: Mapping[str, Question]

    def of(self, fact: Fact) -> Question:
        """A fact without a question of its own is asked for by its label."""
        return self.by_fact.get(str(fact)) or Question(asks=fact.label)


@cache
def questions() -> Questions:
    """Raises Unfit for a line that cannot stand."""
    sheet = Sheet.of(FILE)
    topics = {key: _name(each) for key, each in _mappings(sheet, "topics")}
    found = {key: _question(each, topics) for key, each in _mappings(sheet, "questions")}
    sheet.close()
    return Questions(topics, found)


def _mappings(sheet: Sheet, key: str) -> Iterator[tuple[str, Sheet]]:
    keys = sheet.keys(key)
    inner = sheet.sheet(key)
    return ((each, inner.sheet(each)) for each in keys)


def _name(sheet: Sheet) -> Text3:
    name = sheet.text3("name")
    sheet.close()
    return name


def _question(sheet: Sheet, topics: Iterable[str]) -> Question:
    words = {key: sheet.text3(key) for key in ("asks", "why", "hint", "none", "taken") if key in sheet}
    question = Question(
        **words,
        shared=sheet.flag("shared") if "shared" in sheet else False,
        topic=sheet.choice("topic", topics) if "topic" in sheet else "",
        same_as=str(sheet.take("same_as", str, "person.employed")) if "same_as" in sheet else "",
        afterwards=sheet.choice("afterwards", (YES, YEAR, ANOTHER)) if "afterwards" in sheet else "",
    )
    sheet.close()
    return question
