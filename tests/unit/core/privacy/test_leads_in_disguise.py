"""A number or a dwelling is found though it was written so that a program would not see it, and a reader would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.privacy import dwellings_in, mask_name, numbers_in
from chengnuo.core.privacy.masks import COMPOUND_SURNAMES

MOBILE = "13812345678"
UNSEEN = "\u00ad\u200b\u200d\u200e\u202a\u202c\u202e\u2060\u2061\u2063\u2066\u2069\ufe0f\ufeff"


def in_signs(first: str) -> str:
    """The number in other digits, of which this is the one."""
    return "".join(chr(ord(first) + int(digit) - 1) for digit in MOBILE)


@pytest.mark.parametrize("one", ["❶", "➀", "➊", "⓵", "①", "⑴", "⒈", "𝟏", "𝟙", "১", "໑", "１"])
def test_a_number_is_found_in_every_row_of_digits(one):
    assert numbers_in(in_signs(one)) == [MOBILE]


@pytest.mark.parametrize("sign", UNSEEN)
def test_a_sign_that_nobody_sees_hides_neither_a_number_nor_a_dwelling(sign):
    assert numbers_in(sign.join(MOBILE)) == [MOBILE]
    assert numbers_in(f"138{sign * 4}12345678") == [MOBILE]
    assert dwellings_in(f"龙池村三{sign}组") == ["3组"]


def test_the_digits_of_a_telephone_s_own_keyboard_are_digits():
    assert numbers_in("".join(f"{digit}\ufe0f\u20e3" for digit in MOBILE)) == [MOBILE]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一三八壹贰叁肆五六七八", [MOBILE]),
        ("幺三八一二三四五六七八", [MOBILE]),
        ("㈠㈢㈧㈠㈡㈢㈣㈤㈥㈦㈧", [MOBILE]),
        ("13812345678、13912345678", [MOBILE, "13912345678"]),
        ("(0717) 258-1234", ["07172581234"]),
        ("123456", []),
        ("1234567", ["1234567"]),
        ("123456 张 123456", []),
        ("12345 12345", ["1234512345"]),
        ("110105194912310 02X", ["11010519491231002X"]),
        ("", []),
        ("*" * 18, []),
    ],
)
def test_seven_digits_lead_to_somebody_and_six_do_not(text, found):
    assert numbers_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("第三村民小组", ["3村民小组"]),
        ("三 组", ["3 组"]),
        ("拾组", ["拾组"]),
        ("拾贰组", ["拾2组"]),
        ("３栋２单元", ["3栋", "2单元"]),
        ("兴山路十二号", ["十2号"]),
        ("門牌 12 號", ["12 號"]),
        ("5號樓", ["5號樓"]),
        ("No. 7", ["No. 7"]),
        ("room７", ["room7"]),
        ("TEAM 12", ["TEAM 12"]),
    ],
)
def test_a_dwelling_is_found_in_either_script_and_in_english(text, found):
    assert dwellings_in(text) == found


@pytest.mark.parametrize(
    "text", ["三组成", "第3号", "〔2024〕3号", "3号令", "3 號文", "nothing 3", "rooms", "组", "号"]
)
def test_an_order_of_a_document_is_no_dwelling(text):
    assert dwellings_in(text) == []


@given(st.text(max_size=40))
def test_no_text_breaks_the_search(text):
    assert all(len(number) >= 7 for number in numbers_in(text))
    assert all(found == found.strip() for found in dwellings_in(text))


@given(st.text(alphabet="王李十百三组號号室" + "".join(COMPOUND_SURNAMES), min_size=2, max_size=4))
def test_no_mask_of_a_name_reads_as_a_number_or_a_dwelling(name):
    assert (numbers_in(mask_name(name)), dwellings_in(mask_name(name))) == ([], [])
