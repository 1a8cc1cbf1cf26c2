"""Numbers and phrases of a report, in three languages."""

import re

import pytest

from chengnuo.policies.programmes import programmes
from chengnuo.population.changes import Change
from chengnuo.population.simulate.words import LANGUAGES, amount, count, phrase, phrases, place, unit_of

FILLED = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("key", sorted(phrases()))
def test_a_phrase_is_filled_with_the_same_in_all_languages(key):
    said = phrases()[key]
    assert set(FILLED.findall(said.hans)) == set(FILLED.findall(said.hant)) == set(FILLED.findall(said.en))


@pytest.mark.parametrize("key", sorted(phrases()))
def test_a_phrase_is_there_in_all_languages(key):
    said = phrases()[key]
    assert all((said.hans, said.hant, said.en))


@pytest.mark.parametrize("kind", Change)
def test_every_kind_of_change_has_a_name(kind):
    assert kind.name.lower() in phrases()


@pytest.mark.parametrize(
    ("number", "language", "said"),
    [
        (0, "en", "0"),
        (1234567, "en", "1,234,567"),
        (None, "en", "withheld"),
        (None, "zh-hans", "不公布"),
        (5, "zh-hant", "5"),
    ],
)
def test_a_count_is_written_in_groups_of_three(number, language, said):
    assert count(number, language) == said


@pytest.mark.parametrize(
    ("fen", "signed", "language", "said"),
    [
        (0, True, "en", "0 yuan"),
        (100, False, "en", "1 yuan"),
        (123_456_789, False, "en", "1,234,567.89 yuan"),
        (-50, False, "en", "−0.50 yuan"),
        (50_000, True, "en", "+500 yuan"),
        (None, True, "en", "withheld"),
    ],
)
def test_fen_are_written_as_yuan(fen, signed, language, said):
    assert amount(fen, "fen", language, signed=signed) == said


@pytest.mark.parametrize(
    ("days", "language", "said"),
    [(15, "en", "15 days"), (-1500, "zh-hans", "−1,500天"), (0, "zh-hant", "0天")],
)
def test_days_are_written_as_days(days, language, said):
    assert amount(days, "days", language) == said


@pytest.mark.parametrize("programme", programmes(), ids=lambda each: each.words.key)
def test_amounts_are_money_days_or_none(programme):
    assert unit_of(programme) in {"fen", "days", "marks", ""}


@pytest.mark.parametrize(
    ("code", "language", "said"),
    [
        ("420526101001", "zh-hans", "龙珠社区 420526101001"),
        ("420526101001", "zh-hant", "龍珠社區 420526101001"),
        ("420526101001", "en", "Longzhu Community 420526101001"),
        ("420526", "en", "Xingshan County 420526"),
        ("429006", "en", "429006"),
        (None, "en", "not known where"),
    ],
)
def test_a_place_is_named_where_its_name_is_known(code, language, said):
    assert place(code, language) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_is_filled(language):
    assert "2026" in phrase("asked", language, day="2026-12-31", year=2026)
