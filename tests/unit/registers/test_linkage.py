"""Which entries a program finds alike, and that nothing of them touches a disk."""

from __future__ import annotations

import duckdb
import pytest

from chengnuo.core.identity import check_digit
from chengnuo.registers.linkage import ALONE, WEIGHTS, Entry, alike


def number(born, order, area="420526"):
    body = f"{area}{born.replace('-', '')}{order:03}"
    return body + check_digit(body)


def entry(key, name, born, order, *, area="420526", village="v1", township="t1", number_born=""):
    return Entry(key, name, number(number_born or born, order, area), born, village, township)


PEOPLE = [
    # registered anew in another county with the same order
    entry("a", "王桂兰", "1956-03-01", 12),
    entry("b", "王桂兰", "1956-03-01", 12, area="420521", village="v2"),
    # another person of nearly the same name
    entry("c", "王桂芝", "1956-03-10", 12),
    # one digit mistyped
    entry("d", "李建国", "1970-01-01", 1),
    entry("e", "李建国", "1970-01-01", 7),
    # two days turned round
    entry("k", "周国强", "1963-10-12", 3, village="v3", township="t2"),
    entry("l", "周国强", "1963-10-21", 3, village="v3", township="t2"),
    # twins: born together, living together, numbered one after the other
    entry("g", "赵敏", "1980-05-05", 3, village="v3", township="t2"),
    entry("h", "赵强国", "1980-05-05", 4, village="v3", township="t2"),
    # the commonest name, twenty years apart
    entry("i", "孙丽华", "1965-01-01", 3, village="v3", township="t2"),
    entry("j", "孙丽华", "1985-09-09", 4, village="v3", township="t2"),
]


def test_who_stands_there_twice_is_found_and_twins_and_namesakes_are_not():
    assert sorted(tuple(sorted(two)) for two in alike(PEOPLE)) == [("a", "b"), ("d", "e"), ("k", "l")]


def test_the_same_register_gives_the_same_pairs_and_an_empty_one_none():
    found = [sorted(tuple(sorted(two)) for two in alike(people)) for people in (PEOPLE, PEOPLE[::-1])]
    assert found[0] == found[1]
    assert list(alike(PEOPLE[:1])) == []


def test_every_weight_is_a_share_of_one():
    for name, rows in WEIGHTS.items():
        assert sum(one for _level, one, _two in rows) == pytest.approx(1), name
        assert sum(two for _level, _one, two in rows) == pytest.approx(1, abs=0.002), name


def test_the_database_knows_no_folder_and_keeps_it_so(tmp_path):
    with duckdb.connect(":memory:") as base:
        base.execute(ALONE)
        assert base.execute("SELECT current_setting('temp_directory')").fetchone() == ("",)
        for words in (
            f"COPY (SELECT 1) TO '{tmp_path}/x.csv'",
            "SET temp_directory = '/tmp'",
            f"ATTACH '{tmp_path}/x.db'",
        ):
            with pytest.raises(duckdb.Error):
                base.execute(words)
    assert not list(tmp_path.iterdir())
