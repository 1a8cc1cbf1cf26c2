"""The how-to page for a local programme is followed to the letter, and a town has its programme."""

import re
import sys
from pathlib import Path

import pytest

import chengnuo.policies
from chengnuo.core.rules import Miswritten
from chengnuo.policies.cases import cases_in
from chengnuo.policies.loader import PACKS
from chengnuo.policies.mistakes import with_line
from chengnuo.policies.parameter_files import read
from chengnuo.policies.programmes import found_in
from chengnuo.policies.sheet import Unfit
from tests.unit.policies.gaps import gaps

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "add-a-local-programme.md"
AGE = 'from: 2026-03-01, known_since: 2026-02-10, place: "429999", value: 60'
FILE = re.compile(r"`(madeup/[a-z_/]+\.(?:py|yaml))`.*?```[a-z]+\n(.*?)```", re.DOTALL)


@pytest.fixture
def town(tmp_path, monkeypatch):
    """Writes the files of the page, some of them changed, into a folder of packs of its own."""
    monkeypatch.setattr(chengnuo.policies, "__path__", [*chengnuo.policies.__path__, str(tmp_path)])
    before = set(sys.modules)

    def written(changes=()):
        for name, text in FILE.findall(PAGE.read_text(encoding="utf-8")):
            for old, new in changes:
                text = text.replace(old, new)  # noqa: PLW2901  # the changed text is the file's
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            (tmp_path / "madeup" / "__init__.py").touch()
        (tmp_path / "madeup" / "programmes" / "__init__.py").touch()
        known = read(PACKS).joined(read(tmp_path))
        (programme,) = found_in([tmp_path], known)
        return programme, known, tmp_path / "madeup" / "cases" / "allowance.yaml"

    yield written
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_the_page_has_the_four_files():
    names = [name for name, _ in FILE.findall(PAGE.read_text(encoding="utf-8"))]
    assert [Path(name).suffix for name in names] == [".yaml", ".yaml", ".py", ".yaml"]


def test_every_case_of_the_town_holds_and_nothing_is_left_out(town):
    programme, known, path = town()
    cases = list(cases_in(path, {programme.words.key: programme}))
    assert len(cases) == 6
    assert [case.wrong(known) for case in cases] == [""] * 6
    assert not gaps(programme, cases, known)


def test_a_case_that_does_not_hold_is_said_with_what_came_out_and_why(town):
    programme, known, path = town([("gives: 2000", "gives: 2400")])
    said = next(cases_in(path, {programme.words.key: programme})).wrong(known).splitlines()
    assert said[0] == (
        "cases/allowance.yaml › cases[1], ten months of the first year, from its first day: the case says gives: 2400."
    )
    assert said[1] == "  Why: Allowance for the old (person 1): entitled, 2,000 yuan a year, by the month"
    assert (
        "    § allowance for the old: 200 yuan from 2026-03-01, certainty A, 某镇敬老补贴办法第3条 (2026-02-10)" in said
    )
    assert said[-1] == "  Write instead: gives: 2000; or mend the rule, where the text says gives: 2400"


WRONG = [
    # sentence, changes, error, what is said
    ("a fact misspelt", [("person.born.year", "person.bron.year")], Miswritten,
     r"allowance.py, line 12: asks for person.bron.\n  Why: Facts are declared in chengnuo/policies/facts/person.py.*\n  Write instead: person.born"),
    ("a part of a day misspelt", [("born.year", "born.yaer")], Miswritten, "line 12: asks a Day for its yaer.*A Day has none.*….year"),
    ("a word of the language misspelt", [("<= YEAR_ASKED", "<= YEAR_ASKD")], Miswritten, "line 12: speaks of YEAR_ASKD.*Write instead: YEAR_ASKED"),
    ("an import misspelt", [("YEARS_END, Programme, accrued,", "YEARS_END, Programme, acrued,")], Miswritten, "line 3: imports acrued.*Write instead: accrued"),
    ("a bracket too few", [("<= YEAR_ASKED}", "<= YEAR_ASKED")], Miswritten, "line 12: is no Python: .*was never closed.*bracket"),
    ("units that do not mix", [('dated("madeup.age", "years")', 'dated("madeup.age", "months")')], Miswritten,
     "line 12, year . months: means nothing.*count different things.*a month and months"),
    ("`and` for `&`", [("<= YEAR_ASKED}", "<= YEAR_ASKED and person.rural}")], Miswritten, r"line 12, at_most: is used as true or false.*\(a\) & \(b\)"),
    ("a chain of comparisons", [("<= YEAR_ASKED}", "<= YEAR_ASKED < 2100}")], Miswritten, r"line 12.*a < b < c decide now.*\(a < b\) & \(b < c\)"),
    ("a fraction", [("<= YEAR_ASKED", "<= 2026.5")], Miswritten, r"line 12, 2026.5: stands where a year is needed.*Nothing here is a fraction.*share"),
    ("a day for its year", [("person.born.year + ", "person.born + ")], Miswritten, "line 12, day: stands where a years is needed.*….year"),
    ("a day less years", [("person.born.year + ", "person.born - ")], Miswritten, "line 12, day: stands where a years is needed.*….year"),
    ("a step that there is not", [("person.born.year + ", "person.born @ ")], Miswritten, "line 12: does not go together: unsupported.*no such step"),
    ("a number for a condition", [("person.born.year + dated(\"madeup.age\", \"years\") <= YEAR_ASKED", "person.children_ever")], Miswritten,
     "line 8, madeup-allowance: has a condition age that is neither true nor false.*yes or no"),
    ("a fact that may not apply, used bare", [("person.died.otherwise(YEARS_END).month", "person.died.month")], Miswritten, "line 14, person.died: may not apply"),
    ("a parameter that does not exist", [('"madeup.age"', '"madeup.agee"')], Miswritten, "asks for madeup.agee.*madeup.age"),
    ("a sum read as monthly", [("unit: fen a month", "unit: fen")], Miswritten, "reads madeup.a_month as fen a month.*in fen\\."),
    ("a yearly rate from March", [("unit: fen a month", "unit: fen a year")], Unfit, "from: is 2026-03-01.*first of a January"),
    ("a number that begins later", [(AGE, AGE.replace("from: 2026-03", "from: 2026-04"))], Miswritten,
     'needs madeup.age, which has no value on 2026-03-01 at 429999.*stands then and there.*from: 2026-03-01, known_since: 2026-02-10, place: "429999"'),
    ("a number that was known later", [(AGE, AGE.replace("2026-02-10", "2026-02-11"))], Miswritten, "needs madeup.age.*became known on 2026-02-11"),
    ("a place with a wrong digit", [(AGE, AGE.replace("429999", "429998"))], Miswritten, "needs madeup.age.*at 429999.*only in 429998"),
    ("a place in other digits", [(AGE, AGE.replace("429999", "４２９９９９"))], Unfit, "place: is '４２９９９９'.*2, 4, 6, 9 or 12 digits"),
    ("a place in no province", [(AGE, AGE.replace("429999", "249999"))], Unfit, "place: is '249999'.*No province.*for Hubei"),
    ("a condition without words", [("  age:\n    name", "  old:\n    name")], Miswritten, "line 8, madeup-allowance: has conditions without words: age and words without conditions: old.*the same keys in both"),
    ("a key of another programme", [("key: madeup-allowance", "key: Made_up")], Unfit, "Keys stand in addresses"),
    ("a source that is not named", [("source: text", "source: law")], Unfit, "one of text"),
    ("a line too many", [("payer:", "paid_by: x\npayer:")], Unfit, "paid_by: is not a key here"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "changes", "error", "said"), WRONG, ids=[row[0] for row in WRONG])
def test_an_author_is_told_what_to_write_instead(town, sentence, changes, error, said):
    with pytest.raises(error, match=f"(?s){said}"):
        town(changes)


CASES = [
    ("a condition that the programme has not", [("fails: [age]", "fails: [aged]")], r"the case says fails: \[aged\].*Write instead: fails: \[age\]"),
    ("a fact that nobody asks", [("born: 1967-01-01}", "born: 1967-01-01, married: true}")], "married: is not a key here"),
    ("a number for a day", [("born: 1967-01-01}", "born: 1967}")], "born: is 1967.*2024-05-01"),
    ("a place that is none", [('"420526"', '"42052"')], "place: is '42052'.*2, 4, 6, 9 or 12 digits"),
    ("a sum with a point but no quotes", [("gives: 2000", "gives: 2000.00")], "gives: is 2000.0"),
    ("a sum with one digit of fen", [("gives: 2000", 'gives: "2000.5"')], "gives: is '2000.5'"),
    ("another sum with fen", [("gives: 2000", 'gives: "2000.50"')], "the case says gives: 2000.50"),
    ("a sum for a day", [("fails: [until_death]", "gives: 0")], "the case says gives: 0.*the person did not die before this year"),
    ("a word for a fact that always applies", [("born: 1967-01-01}", "born: none}")], "born: is 'none'"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "changes", "said"), CASES, ids=[row[0] for row in CASES])
def test_a_case_is_read_strictly(town, sentence, changes, said):
    programme, known, path = town(changes)
    try:
        told = " ".join(case.wrong(known) for case in cases_in(path, {programme.words.key: programme}))
    except Unfit as error:
        told = str(error)
    assert re.search(f"(?s){said}", told)


def test_words_that_are_missing_are_missed(town, tmp_path):
    town()
    (tmp_path / "madeup" / "programmes" / "allowance.yaml").unlink()
    del sys.modules["chengnuo.policies.madeup.programmes.allowance"]
    with pytest.raises(Unfit, match="words stand beside its class"):
        found_in([tmp_path], read(PACKS))


def test_an_error_that_no_programme_led_to_is_left_as_it_is():
    error = AttributeError("somewhere else")
    assert with_line(error) is error
