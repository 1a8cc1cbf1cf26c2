"""How words are looked for: nothing hides them, nothing else is taken for them, and what is found is told as it was written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.policies import wordlist
from chengnuo.policies.wordlist import TAKEN_OUT, TYPESETTING, pattern, read, words_in

FINE = pattern(["罚款"])


def written(text: str, sought: re.Pattern[str] = FINE, **how) -> list[str]:
    """What is found, as it stands in the text."""
    reading = read(text, **how)
    spans = [reading.span(*match.span()) for match in sought.finditer(reading.plain)]
    return [text[begins:ends] for begins, ends in spans]


@pytest.mark.parametrize("between", [" ", "\u3000", "·", "..", "_", "-", "\u200b", "\ufeff", "\u00ad", " \u200b ", "*"])
def test_gaps_and_invisible_signs_hide_nothing_and_are_told_with_it(between):
    assert written(f"违者罚{between}款五十元") == [f"罚{between}款"]


@pytest.mark.parametrize("between", ["(", "」「", "**", "\n", " \n ", "\r\n", "“", "]["])
def test_how_a_clause_is_typeset_hides_nothing_where_that_is_asked_for(between):
    assert written(f"罚{between}款", gaps=TYPESETTING) == [f"罚{between}款"]


@pytest.mark.parametrize("between", ["\n", "(", "“"])
def test_elsewhere_a_line_and_a_bracket_part_two_words(between):
    assert written(f"罚{between}款") == []


@pytest.mark.parametrize("between", ["\n\n", "，", "。", "a", "1", "和"])
def test_what_is_no_gap_parts_two_words_everywhere(between):
    assert written(f"罚{between}款", gaps=TYPESETTING) == []


def test_gaps_between_letters_of_english_stay():
    assert read("the rapist").plain == "the rapist"
    assert read("罚 fine").plain == "罚 fine"


@pytest.mark.parametrize("apart", ["f i n e", "f.i.n.e", "f-i-n-e", "F_I_N_E", "f*i n.e"])
def test_letters_set_apart_are_one_word(apart):
    assert written(f"a big, {apart}!", pattern(["fine"])) == [apart]


def test_three_letters_apart_may_be_anything():
    assert read("u s a").plain == "u s a"
    assert read("u s s r").plain == "ussr"


def test_full_width_forms_and_marks_are_made_plain_together():
    assert read("ｆｉｎｅ　５０").plain == "fine 50"
    assert read("e\u0301").plain == "é"
    assert written("ﬁne", pattern(["fine"])) == ["ﬁne"], "one sign that is two letters"


def test_any_number_of_marks_on_a_letter_is_put_in_order_in_no_time():
    """Python sorts the marks of one letter by insertion: of thirty at a time only."""
    most = max(len(each) for _at, each in wordlist._clusters("a" + "\u0301\u0327" * 500))
    assert most == wordlist.MOST_MARKS + 1
    assert written("罚款" + "\u0301" * 500)[0].startswith("罚款")


@pytest.mark.parametrize(("text", "found"), [("罚50元", ["罚50元"]), ("罚 五十 元", ["罚 五十 元"]), ("罚1,000.50元", ["罚1,000.50元"]),
                                             ("罚元", []), ("罚他50元", [])])  # fmt: skip
def test_a_number_stands_where_the_list_says_so(text, found):
    assert written(text, pattern(["罚#元"])) == found


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [("fine", "a Fine.", ["Fine"]), ("fine", "refine finer fines", []), ("fine*", "finer fines", ["finer", "fines"]),
     ("long term", "long \n term", ["long \n term"]), ("c+", "c", []), ("罚", "处罚了", ["罚"])],
)  # fmt: skip
def test_english_words_end_where_they_end_and_han_stands_anywhere(word, text, found):
    assert written(text, pattern([word])) == found


def test_of_two_that_begin_alike_the_longer_is_found():
    assert written("罚款单", pattern(["罚", "罚款", "罚款单"])) == ["罚款单"]


def test_ordinary_words_are_taken_out_and_nothing_grows_together():
    reading = read("罚奖罚款").masked(pattern(["奖罚"]))
    assert reading.plain == f"罚{TAKEN_OUT * 2}款"
    assert reading.span(3, 4) == (3, 4), "every place stays"
    assert not FINE.search(reading.plain)


def test_words_of_a_part_are_found_in_whatever_nesting():
    assert list(words_in({"a": ["x"], "b": {"c": ["y", "z"], "d": {"e": []}}})) == ["x", "y", "z"]


@given(st.text(alphabet="罚款 \u200bafé\u0301ﬁ１·.\n", max_size=40))
def test_every_place_is_one_of_the_text_and_they_never_go_back(text):
    reading = read(text, gaps=TYPESETTING)
    assert len(reading.plain) == len(reading.places)
    assert list(reading.places) == sorted(reading.places)
    assert all(0 <= at < len(text) for at in reading.places)
    for at, sign in enumerate(reading.plain):
        if sign in "罚款":
            assert text[reading.places[at]] == sign
