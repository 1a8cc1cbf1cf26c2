"""The pages of docs/reference say what the code says; what they must never leave out is in them."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command

from chengnuo.config.environment import VARIABLES
from chengnuo.config.reference import PAGES, markdown, settings, states
from chengnuo.core.deadlines import Reading
from chengnuo.foundation.gate import gate
from chengnuo.people.roles import Role
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from chengnuo.web.permissions import ADDRESSES
from tests.contracts.repository import ROOT, name, text, tracked

FOLDER = ROOT / "docs" / "reference"
OURS = re.compile(r"\bCHENGNUO_[A-Z_]+\b")
READ_IN = ("src/", "tools/", "tests/conftest.py", "run", ".ci/run", "manage.py", "bench/")


@pytest.mark.parametrize("file", PAGES)
def test_the_page_says_what_the_code_says(file):
    stale = "stale: say ./run manage write_reference, and read what changed"
    assert (FOLDER / file).read_text(encoding="utf-8") == PAGES[file](), stale


def test_no_page_bears_the_mark_that_nobody_makes():
    marked = {path.name for path in FOLDER.glob("*.md") if text(path).startswith(markdown.MADE)}
    assert marked == set(PAGES)


def test_the_command_writes_them_all(tmp_path, capsys):
    call_command("write_reference", to=tmp_path / "new")
    assert {path.name: path.read_text() for path in (tmp_path / "new").iterdir()} == {
        file: make() for file, make in PAGES.items()
    }


@pytest.mark.parametrize("file", PAGES)
def test_a_page_is_made_for_github(file):
    """A mark that it is made, one title, and tables whose every row has as many cells as its head."""
    lines = PAGES[file]().splitlines()
    assert lines[0] == markdown.MADE
    assert sum(line.startswith("# ") for line in lines) == 1
    cells = 0
    for line in lines:
        count = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert not (cells and count) or count == cells, line
        cells = count


def test_every_move_stands_in_the_states():
    said = states.page()
    for lifecycle in states.lifecycles():
        assert f"## {lifecycle.noun.capitalize()}\n" in said
        assert lifecycle.diagram() in said
        assert all(f"\n| `{move.name}` | " in said for move in lifecycle)
    assert {lifecycle.noun for lifecycle in states.lifecycles()} >= {"case", "promise"}


def test_every_reading_of_a_duty_is_explained():
    assert set(states.READINGS) == set(Reading)


def test_every_action_role_and_address_stands_in_the_permissions():
    said = PAGES["permissions.md"]()
    assert all(f"| `{action}` | " in said for action in [*gate.rules, *ADDRESSES])
    assert all(f"| {markdown.spoken(role)} | " in said for role in Role)


def test_every_parameter_has_its_section():
    said = PAGES["parameters.md"]()
    assert all(f"\n## `{known}`\n" in said for known in parameters().names())


def test_every_programme_has_its_section_with_who_pays_and_what_is_open():
    said = PAGES["programmes.md"]()
    for programme in programmes():
        section = said.partition(f"\n## `{programme.words.key}`\n")[2].partition("\n## ")[0]
        assert all(text in section for text in (programme.words.name.hant, programme.words.payer.en, programme.gives))
        assert all(text.name.en in section for text in programme.words.untested)
    assert said.count("- Open: ") >= 25


def test_what_was_repealed_shows_its_last_day_and_no_number():
    section = PAGES["programmes.md"]().partition("## `entrance-bonus`")[2].partition("\n## ")[0]
    assert "| 42 | 2009-01-01 | 2018-12-31 |" in section
    assert "| number |" not in section


def test_the_register_names_every_variable_that_is_read_and_no_other():
    files = [path for path in tracked() if name(path).startswith(READ_IN) and path.suffix in {".py", ""}]
    found = {variable for path in files for variable in OURS.findall(text(path))}
    assert found == {v.name for v in VARIABLES if v.name.startswith("CHENGNUO_")}


def test_the_settings_page_says_what_an_unset_variable_means():
    assert all(variable.default or variable.otherwise for variable in VARIABLES)
    assert all(f"| `{variable.name}` | " in settings.page() for variable in VARIABLES)


@pytest.mark.parametrize(
    ("cells", "row"), [(["a|b", "c\nd"], "| a\\|b | c d |"), ([1, ""], "| 1 |  |"), (["  x  "], "| x |")]
)
def test_a_cell_is_one_line_and_a_bar_in_it_stays_a_bar(cells, row):
    assert markdown.table(["h"] * len(cells), [cells]).splitlines()[-1] == row
