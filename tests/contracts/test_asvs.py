"""The table of ASVS is whole: every item of levels 1 and 2 that applies has tests that exist, or a reason."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from chengnuo.foundation import gate, photos
from chengnuo.web import who
from chengnuo.web.account import sign_ins
from chengnuo.web.api.keys import RATE
from tests.contracts.repository import ROOT, tree
from tools import asvs

# of the standard's 345 items, without the chapters on tokens, OAuth and WebRTC: facts, read from its own list
OF_THE_STANDARD = {1: 61, 2: 149}
MOST_NOT_MET = 12  # lower it with every item that is met
MEASURES = ROOT / "docs/explanation/security-measures.md"
NUMBER = re.compile(r"V(\d+)\.(\d+)\.(\d+)")
PAPER = re.compile(r"\b(?:docs|tests)/[\w/.-]+\.(?:md|py)\b|\bdecisions? (\d{4})")


@pytest.fixture(scope="module")
def items():
    return asvs.sheet().items


def functions(file: str) -> set[str]:
    path = ROOT / file
    if not path.is_file():
        return set()
    return {node.name for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)}


def gone(tests: tuple[str, ...]) -> list[str]:
    return [test for test in tests if test.partition("::")[2] not in functions(test.partition("::")[0])]


def test_no_item_of_levels_1_and_2_is_missing(items):
    counted = Counter(item.level for item in items)
    assert {level: counted[level] for level in OF_THE_STANDARD} == OF_THE_STANDARD
    print({(level, stands): n for (level, stands), n in sorted(Counter((i.level, i.stands) for i in items).items())})


def test_they_stand_in_order_and_once(items):
    numbers = [tuple(map(int, NUMBER.fullmatch(item.id).groups())) for item in items]
    assert numbers == sorted(set(numbers))
    assert {item.chapter for item in items} == set(asvs.sheet().chapters)
    assert not {item.chapter for item in items} & set(asvs.sheet().set_aside)


def test_the_page_says_what_the_sheet_says():
    stale = "stale: say .venv/bin/python -m tools.asvs"
    assert asvs.PAGE.read_text(encoding="utf-8") == asvs.page(asvs.sheet()), stale


def test_every_test_that_is_named_exists(items):
    assert not {item.id: missing for item in items if (missing := gone(item.tests))}


def test_what_has_no_test_has_a_reason_and_its_papers_exist(items):
    for item in items:
        assert item.tests or len(item.reason) > 15 or item.stands == asvs.ABSENT, item.id
        for found in PAPER.finditer(item.reason):
            said = f"docs/decisions/{found[1]}-*.md" if found[1] else found[0]
            assert list(ROOT.glob(said)), (item.id, said)


def test_what_is_not_met_gets_less(items):
    found = [item.id for item in items if item.stands == asvs.NOT_MET]
    assert len(found) <= MOST_NOT_MET, found


def test_an_item_says_once_how_it_stands():
    with pytest.raises(ValueError, match="unpack"):
        asvs.item("V1.1.1", {"level": 1, "asks": "x", "met": "so", "absent": "not"})
    with pytest.raises(ValueError, match="unpack"):
        asvs.item("V1.1.1", {"level": 1, "asks": "x"})


def test_the_search_finds_what_is_gone():
    here = Path(__file__).relative_to(ROOT).as_posix()
    assert gone((f"{here}::test_the_search_finds_what_is_gone",)) == []
    assert gone((f"{here}::test_nothing", "tests/none.py::test_x")) == [
        f"{here}::test_nothing",
        "tests/none.py::test_x",
    ]


def test_the_page_of_measures_says_the_numbers_of_the_code():
    """When a limit is changed, the page for those who examine an installation must say the new one."""
    said = " ".join(MEASURES.read_text(encoding="utf-8").split())

    def minutes(span) -> str:
        return f"{span.total_seconds() / 60:.0f} minutes"

    limits = settings.ACCOUNT_RATE_LIMITS
    assert f"signed out after {minutes(sign_ins.IDLE)}" in said
    assert f"longest sign-in | {sign_ins.LONGEST.total_seconds() / 3600:.0f} hours" in said
    assert f"a proof of the last {minutes(gate.FRESH_FOR)}" in said
    assert f"an opened receipt | {minutes(who.RECEIPT_LASTS)}" in said
    guessing = [limits[name] for name in ("login_pair", "login_failed", "login_account", "receipt_code")]
    assert guessing == ["5/5m/key", "200/h/ip", "30/h/key", "60/m/ip,600/h/ip"]
    assert "for one account from one address, 200 an hour for one address, 30 an hour for one account" in said
    assert "60 a minute and 600 an hour for one address" in said
    assert f"{RATE.partition('/')[0]} a minute for one token or address" in said
    assert f"{photos.MOST_BYTES // 2**20} MB and {photos.MOST_PIXELS // 10**6} million points" in said
    assert f"has {photos.SECONDS} seconds" in said
    assert f"{photos.LONGEST_SIDE:,} points at most" in said
