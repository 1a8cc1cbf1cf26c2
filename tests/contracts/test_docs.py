"""The papers name only what is there: links, files, commands, variables; every application and decision has its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from chengnuo.config.environment import VARIABLES
from tests.contracts.repository import PACKAGE, ROOT, name, text, tracked
from tools.commands import COMMANDS

LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)")
CODE = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"(?<![/\w])[\w.-]+(?:/[\w.*-]+)+\.(?:py|md|yaml|yml|csv|txt|toml|html|css|js|sh|typ)\b")
RUN = re.compile(r"\./run(?: ([a-z_]+))?(?: ([a-z_]+))?")
FENCE = re.compile(r"^ *```[a-z]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
VARIABLE = re.compile(r"\bCHENGNUO_[A-Z_]+\b")
DECISION = re.compile(r"(\d{4})-[a-z0-9-]+\.md")
LINES_OF_A_README = range(8, 36)
# what a reader makes, or what another machine has
NOT_OURS = re.compile(r"package/dist|zigui|madeup|people\.yaml|^/")


def papers() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md" and "vendor" not in path.parts]


def named_files(paper: str) -> list[str]:
    """What stands in backticks and looks like a file with its folder."""
    return [said for code in CODE.findall(paper) for said in FILE.findall(code) if not NOT_OURS.search(said)]


def exists(said: str, beside: Path) -> bool:
    """From the root, from the package, or beside the paper; `*` stands for any name."""
    return any(any(folder.glob(said)) for folder in (ROOT, PACKAGE, beside, *PACKAGE.glob("*/")))


def commands_in(paper: str) -> list[tuple[str, str]]:
    """Every `./run` with its command and the word after it, in backticks and in blocks."""
    said = [*CODE.findall(paper), *FENCE.findall(paper)]
    return [found for part in said for found in RUN.findall(part)]


def applications() -> list[Path]:
    return sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


@pytest.mark.parametrize("path", papers(), ids=name)
def test_every_link_leads_somewhere(path):
    links = [link for link in LINK.findall(text(path)) if "://" not in link and not link.startswith("mailto:")]
    assert not [link for link in links if not (path.parent / link).exists()]


@pytest.mark.parametrize("path", papers(), ids=name)
def test_every_file_that_is_named_exists(path):
    assert not [said for said in named_files(text(path)) if not exists(said, path.parent)]


@pytest.mark.parametrize("path", papers(), ids=name)
def test_every_command_that_is_named_exists(path):
    managed = set(get_commands())
    for command, after in commands_in(text(path)):
        assert command in COMMANDS, f"./run {command}"
        assert command != "manage" or not after or after in managed, f"./run manage {after}"


@pytest.mark.parametrize("path", papers(), ids=name)
def test_every_variable_that_is_named_is_read(path):
    assert set(VARIABLE.findall(text(path))) <= {variable.name for variable in VARIABLES}


def test_the_search_finds_what_is_not_there():
    paper = "`core/none.py`, `./run fly`, [x](gone.md)\n```\n./run manage fly\n```\n"
    assert named_files(paper) == ["core/none.py"]
    assert not exists("core/none.py", ROOT)
    assert exists("core/ids.py", ROOT)
    assert exists("docs/decisions/0001-*.md", ROOT)
    assert commands_in(paper) == [("fly", ""), ("manage", "fly")]
    assert LINK.findall(paper) == ["gone.md"]


@pytest.mark.parametrize("folder", applications(), ids=lambda folder: folder.name)
def test_every_application_has_a_readme_of_about_twenty_lines(folder):
    readme = folder / "README.md"
    assert readme.exists()
    assert text(readme).startswith(f"# {folder.name}\n")
    assert len(text(readme).splitlines()) in LINES_OF_A_README


def test_decisions_are_numbered_without_a_gap():
    found = [path for path in (ROOT / "docs" / "decisions").iterdir() if path.suffix == ".md"]
    numbers = sorted(int(match[1]) for path in found if (match := DECISION.fullmatch(path.name)))
    assert len(numbers) == len(found)
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_says_why_what_and_what_follows(path):
    said = text(path)
    assert said.startswith(f"# {path.name[:4]} ")
    assert re.search(r"^(Accepted|Superseded)", said, re.MULTILINE)
    parts = [said.index(f"## {part}") for part in ("Why the question", "Decision", "What follows")]
    assert parts == sorted(parts)
    assert len(said.splitlines()) <= 50, "half a page"


def test_every_page_of_the_docs_can_be_reached_from_their_index():
    index = ROOT / "docs" / "README.md"
    reached = {(index.parent / link).resolve() for link in LINK.findall(text(index)) if "://" not in link}
    folders = ("tutorial", "how-to", "explanation", "reference")
    pages = {page.resolve() for folder in folders for page in (ROOT / "docs" / folder).glob("*.md")}
    assert not {name(page) for page in pages - reached}


@pytest.mark.parametrize("file", ["README", "ARCHITECTURE", "GLOSSARY", "CHANGELOG", "CONTRIBUTING", "SECURITY"])
def test_the_papers_of_the_root_are_there(file):
    assert text(ROOT / f"{file}.md").startswith("# ")


def test_the_readme_shows_a_picture_that_is_small():
    pictures = [link for link in LINK.findall(text(ROOT / "README.md")) if link.endswith(".png")]
    assert pictures
    assert all((ROOT / picture).stat().st_size < 200_000 for picture in pictures)
