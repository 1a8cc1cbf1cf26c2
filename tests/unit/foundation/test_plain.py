"""The one check for what an officer writes: what may not be kept is named, and nothing of it is."""

from __future__ import annotations

import pytest

from chengnuo.foundation.actor import Actor, Hat, resident, system, visitor
from chengnuo.foundation.plain import NotForTheRecord, plain, said_by

pytestmark = pytest.mark.files
OFFICER = Actor(name="", hats=(Hat("village_officer"),), account=7)


@pytest.mark.parametrize(
    ("said", "kept"),
    [("  办好了，请来取。\n", "办好了，请来取。"), ("", ""), ("检查环保设施", "检查环保设施")],
)
def test_ordinary_words_are_kept_without_the_space_around_them(said, kept):
    assert plain(said) == kept


def test_the_words_that_may_not_be_kept_are_named_once_each():
    with pytest.raises(NotForTheRecord) as refused:
        plain("她怀孕了，准备上环；怀孕三个月")
    assert refused.value.facts["words"] == "怀孕、上环"


@pytest.mark.parametrize("by", [visitor(), resident(), system()])
def test_a_resident_s_own_words_are_their_own(by):
    assert said_by(by, " 我怀孕了 ") == " 我怀孕了 "


def test_the_same_words_typed_by_an_officer_are_refused():
    with pytest.raises(NotForTheRecord):
        said_by(OFFICER, "她怀孕了")
    assert said_by(OFFICER, " 带来了 ") == "带来了"
