"""A masked name is no word: whoever is called so stands in a list like everybody; words that tell why do not, with stars or without."""

from __future__ import annotations

import re
from itertools import product

import pytest

from chengnuo.core.privacy import is_mask, mask_name
from chengnuo.core.text3 import Text3
from chengnuo.foundation.plain import NotForThePublic, public
from chengnuo.notices.operations.drafting import LETTERS
from chengnuo.policies.charter_words import _list
from chengnuo.policies.wordlist import words_in

WORDS = sorted({word for part in ("subjects", "births", "reasons") for word in words_in(_list()[part])})
OF_TWO = [word for word in WORDS if re.fullmatch("[\u3400-\u9fff]{2}", word)]


@pytest.mark.parametrize("name", ["戴小环", "查玉环", "戴小環", "产文妇", "双玉女", "子大女"])
def test_a_name_whose_mask_looks_like_a_word_may_be_published(name):
    mask = mask_name(name)
    assert mask.replace("*", "") in OF_TWO, "or this test sees nothing"
    public(mask)
    public({"lines": [{"reference": "BCDFG", "name": mask, "village": "龙池村"}]})
    public(Text3(mask, mask, mask))


def test_no_mask_of_a_name_of_three_is_refused():
    for first, last in OF_TWO:
        public(mask_name(f"{first}某{last}"))


@pytest.mark.parametrize("said", ["残*疾", "戴*环", "失**独"])
@pytest.mark.parametrize("around", ["{}人联合会", "已{}", "龙池村 {}", "{}.pdf", "{}\n王*"])
def test_in_any_other_text_stars_hide_no_word(said, around):
    with pytest.raises(NotForThePublic) as refused:
        public(around.format(said))
    assert said.replace("*", "") in refused.value.facts["words"]


@pytest.mark.parametrize("word", WORDS)
def test_each_word_of_the_list_stops_a_publication(word):
    with pytest.raises(NotForThePublic):
        public(["公示", {"en": f"The list: {word.rstrip('*')}."}])


def test_no_number_and_no_reference_can_be_drawn_that_reads_as_a_word():
    for length, word in product((5, 12), WORDS):
        drawn = word.rstrip("*").upper().replace(" ", "")
        assert not (set(drawn) <= set(LETTERS) and len(drawn) <= length), word


def test_the_first_text_that_leads_to_somebody_stops_it_and_all_in_it_are_named():
    with pytest.raises(NotForThePublic) as refused:
        public(["公示", "张玲 13812345678，三组，低保", "李四 13912345678"])
    assert refused.value.facts["words"] == "13812345678、3组、低保"


def test_what_is_empty_leads_to_nobody():
    for nothing in ("", [], {}, b"", None, Text3("", "", ""), [[], {"": [b""]}]):
        public(nothing)


@pytest.mark.parametrize("known", [["07172581234"], ["电话 0717-2581234"], ["0717-258-1234，12345"]])
def test_an_office_s_number_is_known_however_either_is_written(known):
    public("０７１７—258—1234", known=known)
    with pytest.raises(NotForThePublic):
        public("2581234", known=known)


@pytest.mark.parametrize("name", ["戴小环", "欧阳桂兰", "张三", "李", "诸葛孔明", "Anna Müller", "乙明珠玉"])
def test_a_mask_is_known_as_one_and_its_name_is_not(name):
    assert is_mask(mask_name(name))
    assert not is_mask(name)


@pytest.mark.parametrize("text", ["", "已残*疾", "残*疾人", "3*", "戴*环 ", "**号", "戴＊环", "13*", "a*b", "*a"])
def test_what_no_name_is_masked_to_is_none(text):
    assert not is_mask(text)
