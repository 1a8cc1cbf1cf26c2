"""The edition names the law that a determination was made with: any change of that law is another edition, and nothing else is."""

from __future__ import annotations

import shutil

import pytest

from chengnuo.policies import edition as it
from chengnuo.policies import stages as sheet
from chengnuo.policies.loader import PACKS
from chengnuo.policies.sheet import Unfit

LAW = ["national/parameters/ways.yaml", "hubei/parameters/ways.yaml", "stages.yaml"]
OTHER = ["claims.yaml", "notices.yaml", "phrases.yaml"]


@pytest.fixture
def packs(monkeypatch, tmp_path):
    copy = tmp_path / "policies"
    shutil.copytree(PACKS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(it, "PACKS", copy)
    return copy


def found():
    return it.edition.__wrapped__()


def test_the_same_law_elsewhere_is_the_same_edition(packs):
    assert found() == it.edition()
    assert len(found()) == it.LENGTH


@pytest.mark.parametrize("name", LAW)
def test_a_byte_of_law_more_is_another_edition(packs, name):
    with (packs / name).open("a", encoding="utf-8") as file:
        file.write(" ")
    assert found() != it.edition()


def test_a_programme_that_is_written_otherwise_is_another_edition(packs):
    programme = next(packs.rglob("programmes/*.py"))
    programme.write_text(programme.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert found() != it.edition()


@pytest.mark.parametrize("name", LAW[:2])
def test_law_that_is_gone_or_has_another_name_is_another_edition(packs, name):
    (packs / name).rename((packs / name).with_name("other.yaml"))
    assert found() != it.edition()


@pytest.mark.parametrize("name", OTHER)
def test_words_and_the_catalogue_are_no_law(packs, name):
    with (packs / name).open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    assert found() == it.edition()


# the sheet of stages and ways


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("by_township: [township_review, county_decision]", "by_township: [township_revue, county_decision]"),
        ("level: township", "level: city"),
        ("guarded: [special-bereaved,", "guarded: [no-such-programme,"),
        ("name: {hans: 村里评议, hant: 村裡評議, en: Review in the village}", "name: {hans: 村里评议}"),
        ("promise: claim-county-check", "promise: 'Two words'"),
        ("    notice: true\n", "    notice: perhaps\n"),
        ("    notice: true\n", "    notices: true\n"),
        ("ways:\n", "others: {}\nways:\n"),
    ],
)
def test_a_mistake_in_the_sheet_of_stages_is_found_where_it_is_read(monkeypatch, tmp_path, before, after):
    text = sheet.FILE.read_text(encoding="utf-8")
    assert before in text
    wrong = tmp_path / "stages.yaml"
    wrong.write_text(text.replace(before, after, 1), encoding="utf-8")
    monkeypatch.setattr(sheet, "FILE", wrong)
    with pytest.raises(Unfit):
        sheet.stages.__wrapped__()


@pytest.mark.parametrize(
    ("key", "open_to_neighbours"),
    [
        ("village_review", True),
        ("village_notice", True),
        ("township_notice", True),
        ("township_review", False),
        ("county_check", False),
        ("county_decision", False),
    ],
)
def test_the_village_and_every_notice_are_open_to_neighbours(key, open_to_neighbours):
    assert sheet.stages().by_key[key].is_open_to_neighbours is open_to_neighbours
