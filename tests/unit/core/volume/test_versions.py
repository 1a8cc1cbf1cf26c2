"""Versions of a volume and what its open catalogue says: gaps with their reasons, and of what is sealed its number, day and hash."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.log import canonical
from chengnuo.core.text3 import Text3
from chengnuo.core.volume import Item, Layer, Retention, Volume, catalogue_of, items_of
from tests.factories import volumes

WHY = Text3("不予归档", "不予歸檔", "not kept")
ALL = volumes.volume(9).items


def of(*numbers: int, gaps: dict[int, Text3] | None = None, version: int = 1) -> Volume:
    return Volume("420526101201-001", tuple(ALL[number - 1] for number in numbers), version, gaps)


@pytest.mark.parametrize(
    ("numbers", "gaps", "missing"),
    [((), {}, ()), ((1, 2), {}, ()), ((2,), {}, (1,)), ((1, 5), {}, (2, 3, 4)), ((1, 5), {3: WHY}, (2, 4)), ((1,), {4: WHY}, (2, 3)),
     ((), {2: WHY}, (1,)), ((2, 4), {1: WHY, 3: WHY}, ())],
)  # fmt: skip
def test_what_neither_an_item_nor_a_reason_has_is_missing(numbers, gaps, missing):
    assert of(*numbers, gaps=gaps).missing() == missing


def test_gaps_stand_in_the_catalogue_in_their_order_each_with_why_in_three_scripts():
    said = catalogue_of(of(1, 4, gaps={3: WHY, 2: WHY}))
    assert [gap["number"] for gap in said["gaps"]] == [2, 3]
    assert said["gaps"][0]["why"] == {"hans": "不予归档", "hant": "不予歸檔", "en": "not kept"}
    assert (said["schema"], said["volume"], said["version"]) == ("chengnuo.volume/1", "420526101201-001", 1)


@pytest.mark.parametrize("gaps", [None, {}])
def test_without_a_gap_the_catalogue_says_so_and_is_the_same_bytes(gaps):
    assert canonical(catalogue_of(of(1, 2, gaps=gaps))) == canonical(catalogue_of(of(1, 2)))


def test_a_sealed_item_has_its_line_and_no_file_and_is_read_back():
    sealed = replace(ALL[0], layer=Layer.SEALED, file="")
    said = catalogue_of(Volume("x", (sealed,)))
    assert (said["items"][0]["layer"], said["items"][0]["file"]) == ("sealed", "")
    assert items_of(said) == (sealed,)


@pytest.mark.parametrize("retention", list(Retention))
def test_every_period_and_script_is_read_back(retention):
    item = replace(ALL[0], retention=retention)
    (read,) = items_of(catalogue_of(Volume("x", (item,))))
    assert (read, read.title) == (item, Text3("记录1", "記錄1", "Minutes 1"))


@pytest.mark.parametrize(
    "wrong", [{"day": "2026-02-30"}, {"retention": "5年"}, {"layer": "hidden"}, {"sha256": "ab"}, {"pages": 0}]
)
def test_a_line_that_cannot_be_is_not_read(wrong):
    said = catalogue_of(of(1))
    said["items"][0] |= wrong
    with pytest.raises(ValueError, match=r".+"):
        items_of(said)


@pytest.mark.parametrize("name", ["number", "title", "author", "day", "pages", "retention", "sha256", "layer", "file"])
def test_nothing_of_a_line_may_be_left_out(name):
    said = catalogue_of(of(1))
    del said["items"][0][name]
    with pytest.raises(KeyError):
        items_of(said)


def test_an_item_more_is_a_version_more_and_the_older_one_stays_as_it_was():
    older = of(1, 2)
    later = older.with_item(ALL[3])
    assert (older.version, len(older.items)) == (1, 2)
    assert (later.version, later.missing()) == (2, (3,))
    with pytest.raises(ValueError, match="order"):
        older.with_item(ALL[0])


def test_a_number_with_a_reason_takes_no_item_later():
    with pytest.raises(ValueError, match="gap"):
        of(1, gaps={2: WHY}).with_item(ALL[1])


@pytest.mark.parametrize("version", [0, -1])
def test_versions_are_counted_from_one(version):
    with pytest.raises(ValueError, match="version"):
        of(1, version=version)


def test_numbers_of_gaps_are_counted_from_one():
    with pytest.raises(ValueError, match="gap"):
        of(1, gaps={0: WHY})


@pytest.mark.parametrize("version", [1, 2])
def test_what_is_not_later_grew_from_nothing(version):
    assert not of(1, 2, 3, version=version).grew_from(of(1, 2, version=2))


def test_a_reason_once_given_is_neither_lost_nor_changed():
    older = of(1, 3, gaps={2: WHY})
    assert of(1, 3, 4, gaps={2: WHY}, version=2).grew_from(older)
    assert not of(1, 3, 4, version=2).grew_from(older), "then it would only be missing"
    assert not of(1, 3, gaps={2: Text3("遗失", "遺失", "lost")}, version=2).grew_from(older)
    assert not of(1, 2, 3, version=2).grew_from(older), "nor filled after the fact"


numbers = st.sets(st.integers(1, 9))


@given(numbers, numbers)
def test_each_number_up_to_the_last_is_an_item_a_gap_or_missing(items, gaps):
    said = of(*sorted(items), gaps=dict.fromkeys(gaps - items, WHY))
    known = items | gaps
    assert set(said.missing()) | known == set(range(1, max(known, default=0) + 1))
    assert not set(said.missing()) & known


@given(st.lists(numbers, min_size=3, max_size=3))
def test_growing_goes_on_from_version_to_version(each):
    first, second, third = (of(*sorted(items), version=at) for at, items in enumerate(each, 1))
    if second.grew_from(first) and third.grew_from(second):
        assert third.grew_from(first)
    assert second.grew_from(first) == (each[0] <= each[1])


def test_what_an_item_says_is_all_of_it():
    assert set(catalogue_of(of(1))["items"][0]) == set(Item.__dataclass_fields__)
