"""No clause of the closed list passes, however it is written; what denies one, and what villages agree on today, does."""

from __future__ import annotations

import shutil
import time

import pytest

from chengnuo.policies import clauses
from chengnuo.policies.clauses import _near, check
from chengnuo.policies.denial import Words
from chengnuo.policies.sheet import Unfit
from tests.factories.clauses import DENIED, HARMLESS, IN_ORDER, REFUSED

EVERY = [(key, clause) for key, each in REFUSED.items() for clause in each]
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def keys(text: str) -> set[str]:
    return {found.pattern.key for found in check(text)}


def test_there_are_enough_of_them():
    assert len(EVERY) + len(IN_ORDER) >= 120
    assert set(REFUSED) == {pattern.key for pattern in clauses.clauses().patterns}


@pytest.mark.parametrize(("key", "clause"), EVERY)
def test_an_unlawful_clause_is_found(key, clause):
    assert key in keys(clause)


@pytest.mark.parametrize("clause", DENIED)
def test_what_only_denies_it_is_in_order(clause):
    assert not keys(clause)


@pytest.mark.parametrize("clause", HARMLESS)
def test_what_villages_agree_on_today_is_in_order(clause):
    assert not keys(clause)


@pytest.mark.parametrize(("key", "clause"), EVERY)
def test_neither_forms_nor_neighbours_hide_it(key, clause):
    assert key in keys(clause.translate(FULL_WIDTH))
    assert key in keys(f"第一条　爱护环境。\n{clause}\n第三条　邻里互助。")


@pytest.mark.parametrize("clause", [clause for _, clause in EVERY if clause.isascii() is False and " " not in clause])
def test_spaces_between_characters_hide_nothing(clause):
    assert keys(" ".join(clause)) == keys(clause)


def test_a_denial_elsewhere_denies_nothing():
    for denied in ("本组不罚款。", "No fines.", "不得收取押金；"):
        for key, clause in EVERY:
            assert key in keys(denied + clause)


def test_it_names_the_words_and_the_place():
    text = "第一条　互相帮助。\n第二条　违者罚　款５０元。\n第三条　出嫁女不分土地。"
    first, *rest = check(text)
    assert (first.words, first.line, text[first.begins : first.ends]) == ("罚　款", 2, first.words)
    assert {(found.pattern.key, found.line) for found in rest} >= {("women", 3)}


def test_every_pattern_says_why_in_three_scripts_and_names_a_law():
    for pattern in clauses.clauses().patterns:
        assert all(source.document and source.article for source in pattern.sources)
        for text in (pattern.says, pattern.because):
            assert text.hans != text.en
            assert not set("为们这") & set(text.hant)
            assert "爲" not in text.hant + text.hans


def test_the_list_itself_has_no_letter_that_is_not_written_here():
    assert not set("爲覈") & set(clauses.FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("alone: [fine]", "alone: [fines]"), ("certainty: B", "certainty: E"), ("near: [[take, benefit]]", "near: [[take, gold]]"),
     ("ordinary:", "ordinarily:")],
)  # fmt: skip
def test_a_list_that_cannot_stand_is_refused(tmp_path, right, wrong):
    file = tmp_path / "clauses.yaml"
    shutil.copy(clauses.FILE, file)
    clauses.read_file(file)
    file.write_text(file.read_text(encoding="utf-8").replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(Unfit):
        clauses.read_file(file)


DENSE = [
    "扣低保" * 1000, "女儿不分土地" * 500, "任何" * 1500 + "罚款", "罚款、" * 1000, "fined no " * 500, "扣" * 2500 + "低保" * 2500,
    "罚" + " " * 5000 + "x", "罚1" * 2000, "扣低保。" * 1000, "a" + "\u0301\u0327" * 5000, "不任何" * 1000 + "扣低保", "1 " * 2500,
]  # fmt: skip


@pytest.mark.parametrize("text", DENSE, ids=lambda text: text[:6])
def test_a_long_text_takes_no_long_time(text):
    """In time of this process: whatever else the machine does, it is far from the limit, and was above it before words were sorted."""
    check(text)
    assert spent(text) < 1.5


def spent(text: str) -> float:
    began = time.process_time()
    check(text)
    return time.process_time() - began


class Counted(list):
    """Says how often it was looked at."""

    looks = 0

    def __getitem__(self, at):
        self.looks += 1
        return super().__getitem__(at)

    def __iter__(self):
        return (self[at] for at in range(len(self)))


def test_what_lies_far_before_or_behind_is_not_looked_at():
    places = Counted((at, at + 1) for at in range(0, 20_000, 2))
    found = list(_near((10_000, 10_001), places, "扣" * 20_000, across=False))
    assert found == [(at, at + 1) for at in range(10_002, 10_020, 2)]
    assert places.looks < 80


@pytest.mark.parametrize(
    ("clause", "key"),
    [("no " + "any " * 9 + "fines", ""), ("no " + "any " * 16 + "fines", "fines"), ("不得" + "任何" * 20 + "罚款", ""),
     ("不得" + "任何" * 24 + "罚款", "fines")],
)  # fmt: skip
def test_a_denial_reaches_so_far_and_no_farther(clause, key):
    assert keys(clause) == ({key} if key else set())


def test_of_two_words_that_end_alike_the_longer_is_peeled():
    words = Words(["不", "绝不", "是", "任何人都不"]) | Words(["fine", "fines"])
    assert (words.ending("我们绝不"), words.ending("任何人都不"), words.ending("我们"), words.ending("")) == (
        "绝不", "任何人都不", "", "")  # fmt: skip
    assert (words.starting("fines are"), words.starting("fine."), words.starting("finest")) == ("fines", "fine", "")
    assert (words.ending("no fines"), words.ending("refines")) == ("fines", "")
