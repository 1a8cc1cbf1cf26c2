"""The how-to page for a local programme is followed to the letter, and a town has its programme."""

import re
import sys
from pathlib import Path

import pytest

import chengnuo.policies
from chengnuo.core.rules import Miswritten
from chengnuo.policies.cases import cases_in
from chengnuo.policies.loader import PACKS
from chengnuo.policies.parameter_files import read
from chengnuo.policies.programmes import found_in
from chengnuo.policies.sheet import Unfit

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "add-a-local-programme.md"
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


def test_every_case_of_the_town_holds(town):
    programme, known, path = town()
    cases = list(cases_in(path, {programme.words.key: programme}))
    assert len(cases) == 4
    assert [case.wrong(known) for case in cases] == [""] * 4


def test_a_case_that_does_not_hold_is_said_with_what_came_out(town):
    programme, known, path = town([("gives: 2000", "gives: 2400")])
    case = next(cases_in(path, {programme.words.key: programme}))
    assert "ten months of the first year: entitled (200000, (), ()), expected (240000" in case.wrong(known)


WRONG = [
    # sentence, changes, error, what is said
    ("a parameter that does not exist", [('"madeup.age"', '"madeup.agee"')], Miswritten, "asks for madeup.agee.*madeup.age"),
    ("a yearly rate read as monthly", [("unit: fen a month", "unit: fen a year")], Miswritten, "reads madeup.a_month as fen a month.*fen a year"),
    ("a number that begins later", [("from: 2026-03-01\n        known_since: 2026-02-10\n        value: 60", "from: 2026-04-01\n        known_since: 2026-02-10\n        value: 60")], Miswritten, "needs madeup.age, which begins on 2026-04-01"),
    ("a condition without words", [("  age:\n    name", "  old:\n    name")], Miswritten, "has age, old in one of the two"),
    ("`and` for `&`", [("<= YEAR_ASKED}", "<= YEAR_ASKED and person.rural}")], Miswritten, r"\(a\) & \(b\)"),
    ("a fact that may not apply, used bare", [("person.died.otherwise(YEARS_END).month", "person.died.month")], Miswritten, "may not apply"),
    ("a key of another programme", [("key: madeup-allowance", "key: Made_up")], Unfit, "Keys stand in addresses"),
    ("a source that is not named", [("source: text", "source: law")], Unfit, "one of text"),
    ("a line too many", [("payer:", "paid_by: x\npayer:")], Unfit, "paid_by: is not a key here"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "changes", "error", "said"), WRONG, ids=[row[0] for row in WRONG])
def test_an_author_is_told_what_to_write_instead(town, sentence, changes, error, said):
    with pytest.raises(error, match=f"(?s){said}"):
        town(changes)


CASES = [
    ("a condition that the programme has not", [("fails: [age]", "fails: [aged]")], "expected.*aged"),
    ("a fact that nobody asks", [("born: 1967-01-01}", "born: 1967-01-01, married: true}")], "married: is not a key here"),
    ("a number for a day", [("born: 1967-01-01}", "born: 1967}")], "born: is 1967.*2024-05-01"),
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
