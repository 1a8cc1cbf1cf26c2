"""A volume only grows; what it does not have is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chengnuo.core.text3 import Text3
from chengnuo.core.volume import Layer, Volume, catalogue_of, items_of
from tests.factories import volumes

WHY = Text3("销毁", "銷毀", "destroyed")


def test_what_was_written_is_read_back():
    said = volumes.volume()
    assert items_of(catalogue_of(said)) == said.items


def test_gaps_are_named():
    said = volumes.volume(5)
    holed = replace(said, items=tuple(item for item in said.items if item.number != 3))
    assert holed.missing() == (3,)
    assert replace(holed, gaps={3: WHY}).missing() == ()
    assert volumes.volume(5).missing() == ()


def test_a_later_version_keeps_what_was_there():
    older = volumes.volume(3)
    later = older.with_item(volumes.volume(4).items[3])
    assert (later.version, later.grew_from(older)) == (2, True)
    assert not older.grew_from(later)
    changed = replace(later, items=(replace(later.items[0], pages=9), *later.items[1:]))
    assert not changed.grew_from(older)
    assert not replace(later, items=later.items[1:]).grew_from(older)
    assert replace(later, items=later.items[1:], gaps={1: WHY}).grew_from(older)
    assert not replace(later, number="other").grew_from(older)


@pytest.mark.parametrize(
    "wrong", [{"number": 0}, {"pages": 0}, {"sha256": "x"}, {"file": ""}, {"layer": Layer.SEALED}], ids=str
)
def test_an_item_that_cannot_be_is_none(wrong):
    with pytest.raises(ValueError, match="item"):
        replace(volumes.volume(1).items[0], **wrong)


def test_numbers_stand_once_and_in_order():
    one, two = volumes.volume(2).items
    for items in ((two, one), (one, one)):
        with pytest.raises(ValueError, match="order"):
            Volume("x", items)
    with pytest.raises(ValueError, match="gap"):
        Volume("x", (one,), gaps={1: WHY})
