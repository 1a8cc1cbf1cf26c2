"""The charter as data: five rights, nine replaced parts, every text in three scripts."""

from __future__ import annotations

import pytest

from chengnuo.core.text3 import Text3
from chengnuo.policies.charter import charter


def texts() -> list[Text3]:
    said = charter()
    rights = [text for right in said.rights for text in (right.title, right.says)]
    return [
        *rights,
        *said.never_recorded,
        *(text for row in said.instead for text in (row.measure, row.here)),
    ]


def test_there_are_five_rights_and_the_whole_list_of_what_is_not_built():
    assert len(charter().rights) == 5
    assert len(charter().instead) == 9
    assert len(charter().never_recorded) >= 5


@pytest.mark.parametrize("text", texts(), ids=lambda text: text.en[:40])
def test_every_text_stands_in_three_scripts(text):
    assert text.hans.strip()
    assert text.hant.strip()
    assert text.en.isascii() or not any("\u4e00" <= letter <= "\u9fff" for letter in text.en)
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in text.en)


@pytest.mark.parametrize("simplified", "们这为发实无")
def test_the_traditional_text_is_traditional(simplified):
    assert not [text.hant for text in texts() if simplified in text.hant]


def test_no_two_lines_say_the_same():
    said = [text.hans for text in texts()]
    assert len(said) == len(set(said))
