"""Passwords made of what everybody here would guess are refused; one such word among others is not."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from chengnuo.people.passwords import WORDS, WordsOfThisPlace
from tests.contracts.repository import ROOT


@pytest.mark.parametrize(
    "password", ["chengnuo2026", "Zigui.Yichang.1", "countyoffice", "ADMIN-2026-!!", "promise_promise", "xxzigui0"]
)
def test_what_is_made_of_words_of_this_place_is_refused(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert WordsOfThisPlace().get_help_text() in refused.value.messages


@pytest.mark.parametrize(
    "password", ["seven green umbrellas", "county of seven umbrellas", "七把绿色的雨伞在门口", "q7!vR2#pL9&x"]
)
def test_other_words_are_nobodys_business(password):
    validate_password(password)


def test_the_page_of_measures_names_them():
    said = (ROOT / "docs/explanation/security-measures.md").read_text(encoding="utf-8")
    assert all(f"`{word}`" in said for word in WORDS)
