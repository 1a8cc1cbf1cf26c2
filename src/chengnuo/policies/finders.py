"""Whom an office may tell of support without being asked: finders, as dated data, refused where they would look into a family."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from chengnuo.core.periods import YEAR, months_after
from chengnuo.core.rules.parameters import Source
from chengnuo.core.text3 import Text3
from chengnuo.policies.claims import claims
from chengnuo.policies.loader import PACKS
from chengnuo.policies.parameter_files import source
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import Sheet, Unfit
from chengnuo.policies.stages import is_guarded

FILE = PACKS / "finders.yaml"
AGE, PLACE, AWARD, CERTIFICATE = FACTS = ("age", "place", "award", "certificate")
VILLAGE, COUNTY, COUNTER = SENDERS = ("village", "county", "counter")
# what no finder may use, by whatever name; an age and a place are written in other words
FAMILY = re.compile(
    r"child|birth|born|order|only|daughter|son\b|parent|bereav|death|died|dead|loss|marri|marit|spouse|wife|husband|widow|divorc|sex|gender|woman"
    r"|health|ill\b|illness|sick|disab|grade|complicat|pregnan|operation|method|[子女孩独獨失次婚妻夫寡丧亡病残健孕育]"
)
# what is not true of a letter beside an award
AGED = re.compile(r"\bage\b|looked into|年龄|年齡|查过|查過")
WHY = "A finder never uses the number, order or death of children, marriage or health: the office would keep a list (charter, right 1)."
INSTEAD = "everyone of an age (age), of a place (place), or with an award in force (award)"


@dataclass(frozen=True, kw_only=True)
class Finder:
    """One row. `first` and `until` are ages, the second no longer meant; both 0 where no age decides. `place`: where it holds, the
    beginning of a division code. `office`: key of the county office that answers for it.
    """

    key: str
    begins: date
    uses: tuple[str, ...]
    first: int
    until: int
    place: str
    awards: tuple[str, ...]
    sent_by: str
    office: str
    programmes: tuple[str, ...]
    says: Text3
    source: Source

    def born(self, on: date) -> tuple[date, date]:
        """The first and last day of birth of whom it means on a day: of that age before the year is over."""
        new_year = date(on.year + 1, 1, 1)
        return months_after(new_year, -self.until * YEAR), months_after(new_year, -self.first * YEAR) - timedelta(
            days=1
        )


@dataclass(frozen=True)
class Letter:
    """What every letter says besides its own sentence: `why` it came where an age or a place decides, `supported` where an award does."""

    why: Text3
    supported: Text3
    alone: Text3
    helper: Text3
    stop: Text3


@dataclass(frozen=True)
class Finders:
    """The whole file. `label` stands on every envelope, whatever is in it; `without`: why nobody is looked for, by programme."""

    label: Text3
    helper: str
    letter: Letter
    without: Mapping[str, Text3]
    rows: tuple[Finder, ...]

    def why(self, row: Finder) -> Text3:
        """The sentence that is true of a finder's letters."""
        return self.letter.supported if AWARD in row.uses else self.letter.why

    def on(self, day: date) -> Mapping[str, Finder]:
        """The finders of a day, by key: of each the newest row that has begun."""
        return {row.key: row for row in self.rows if row.begins <= day}


@cache
def finders() -> Finders:
    """Read once a process. Raises Unfit."""
    return read(FILE)


def read(path: Path) -> Finders:
    """A file of finders. Raises Unfit for the first line that cannot stand."""
    sheet = Sheet.of(path)
    held = _held(sheet)
    names, without = sheet.keys("without"), sheet.sheet("without")
    found = Finders(
        label=sheet.text3("label"),
        helper=sheet.slug("helper"),
        letter=_letter(sheet.sheet("letter")),
        without={name: without.text3(name) for name in names},
        rows=tuple(_finder(each, held) for each in sheet.sheets("finders")),
    )
    sheet.close()
    _everybody_is_told(sheet, found)
    return found


def _held(sheet: Sheet) -> list[str]:
    """The certificates that an office holds for this purpose."""
    names, inner = sheet.keys("certificates"), sheet.sheet("certificates")
    _no_family(inner, "certificates", names)
    for name in names:
        inner.text3(name)
    return names


def _letter(sheet: Sheet) -> Letter:
    """Raises Unfit where whoever has an award would read that everyone of the age is written to, or that nobody looked."""
    found = Letter(*(sheet.text3(key) for key in ("why", "supported", "alone", "helper", "stop")))
    if AGED.search(f"{found.supported.hans} {found.supported.hant} {found.supported.en}"):
        why = "Who has an award is written to because of it: the letter must not say that everyone of an age is, or that nobody looked."
        raise sheet.unfit("supported", "names an age.", why, "everyone who receives support from the county")
    sheet.close()
    return found


def _finder(sheet: Sheet, held: list[str]) -> Finder:
    uses = tuple(map(str, sheet.take("uses", list, "[age]")))
    _no_family(sheet, "uses", uses)
    _no_family(sheet, "a key", sheet)
    for fact in uses:
        if fact not in FACTS:
            raise sheet.unfit("uses", f"names {fact}.", "The list of facts is closed.", INSTEAD)
    if {AGE, AWARD} <= set(uses):
        why = "Of whoever has an award the age is not asked: it stands in the register, and is not matched."
        raise sheet.unfit("uses", "names an award and an age.", why, "one of the two")
    first, until = _ages(sheet.sheet("ages")) if AGE in uses else (0, 0)
    if CERTIFICATE in uses:
        sheet.choice("certificate", held or ["nothing: no certificate is held here"])
    found = Finder(
        key=sheet.slug(),
        begins=sheet.day("from"),
        uses=uses,
        first=first,
        until=until,
        place=str(sheet.take("place", str, '"420526"')) if PLACE in uses else "",
        awards=sheet.strings("awards", claims()) if AWARD in uses else (),
        sent_by=sheet.choice("sent_by", SENDERS),
        office=sheet.slug("office"),
        programmes=sheet.strings("programmes", claims()),
        says=sheet.text3("says"),
        source=source(sheet.sheet("source")),
    )
    _who_sends(sheet, found)
    sheet.close()
    return found


def _ages(sheet: Sheet) -> tuple[int, int]:
    first, until = sheet.count("from"), sheet.count("until")
    sheet.close()
    if until <= first:
        raise sheet.unfit(
            "until", f"is {until}.", "It is the age at which somebody is no longer meant.", "a greater age"
        )
    return first, until


def _who_sends(sheet: Sheet, found: Finder) -> None:
    """A village never sends what tells of a loss or an illness, and a counter looks for nobody."""
    guarded = {each.words.key for each in programmes() if is_guarded(each) or each.words.sensitive}
    near = guarded.intersection((*found.programmes, *found.awards))
    if found.sent_by == VILLAGE and near:
        why = "Nobody near the family may learn of it: a letter about it comes from the county."
        raise sheet.unfit("sent_by", f"lets the village send {', '.join(sorted(near))}.", why, "sent_by: county")
    if (found.sent_by == COUNTER) is bool(found.uses):
        why = "What is handed out at a counter goes to everybody who stands there; every other letter needs to know to whom."
        raise sheet.unfit("uses", f"is {list(found.uses)}.", why, "uses: [] with a counter, a fact without one")


def _no_family(sheet: Sheet, key: str, words: Iterable[str]) -> None:
    for word in words:
        if word != CERTIFICATE and FAMILY.search(word.lower()):
            raise sheet.unfit(key, f"names {word}.", WHY, INSTEAD)


def _everybody_is_told(sheet: Sheet, found: Finders) -> None:
    """Every programme that is claimed here has a finder, or a sentence that says why it has none."""
    said = {key for row in found.rows for key in row.programmes} | set(found.without)
    if missing := sorted(set(claims()) - said):
        why = "No entitled family loses support because nobody told them."
        raise Unfit(sheet.where, f"says nothing of {', '.join(missing)}.", why, "a finder, or a line under without")
