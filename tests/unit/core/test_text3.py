"""A text in three scripts becomes text in the reader's language, and is never stored that way."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.text3 import Text3, _simplified
from chengnuo.foundation.acts import _digest

TEXT = Text3("承诺", "承諾", "a promise")


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "承诺"), ("zh-hant", "承諾"), ("en", "a promise"), (None, "承诺")]
)
def test_it_is_read_in_the_language_of_the_page(language, said):
    with translation.override(language):
        assert str(TEXT) == f"{TEXT}" == "%s" % TEXT == said  # noqa: UP031  # the three ways in which pages write it


def test_unbound_it_is_simplified(monkeypatch):
    monkeypatch.setattr(Text3, "reads", _simplified)
    assert str(TEXT) == "承诺"


def test_a_language_of_nobody_is_english():
    assert TEXT.in_language("de") == "a promise"


@given(st.builds(Text3, st.text(), st.text(), st.text(), st.booleans()))
def test_there_and_back(text):
    assert Text3.from_dict(text.to_dict()) == text


@given(st.builds(Text3, st.text(), st.text(), st.text()))
def test_who_reads_never_changes_what_was_said(text):
    """The digest of an act's words is the same whoever's language the officer reads in."""
    digests = set()
    for language in ("zh-hans", "zh-hant", "en"):
        with translation.override(language):
            digests.add(_digest("promise.draft/1", {"title": text}))
    assert len(digests) == 1


def test_texts_that_differ_in_one_script_differ():
    assert _digest("a/1", {"t": TEXT}) != _digest("a/1", {"t": Text3("承诺", "承諾", "a promise.")})
