"""Long numbers are found however they are written, dwellings below the village too; what a notice needs to say is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.privacy import dwellings_in, numbers_in

IDENTITY, BANK, MOBILE = "11010519491231002X", "6222021700012345678", "13812345678"
HAN = str.maketrans("0123456789", "〇一二三四五六七八九")
CAPITAL = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
CIRCLED = str.maketrans("123456789", "①②③④⑤⑥⑦⑧⑨")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize("number", [IDENTITY, BANK, MOBILE, "07172581234", "2581234", "420526790101123"])
@pytest.mark.parametrize("script", [{}, HAN, CAPITAL, WIDE, CIRCLED, ARABIC], ids=["plain", "han", "capital", "wide", "circled", "arabic"])  # fmt: skip
def test_a_long_number_is_found_in_any_digits(number, script):
    assert numbers_in(f"张玲{number.translate(script)}，龙池村") == [number]


@pytest.mark.parametrize("parted", ["138 1234 5678", "138-1234-5678", "138—1234—5678", "138.1234.5678", "(138)1234/5678", "138 - 1234\u200b5678", "1\u20603\u20608\u20601\u20602345678", "138\u30001234\u30005678"])  # fmt: skip
def test_what_stands_between_its_digits_does_not_hide_it(parted):
    assert numbers_in(f"电话：{parted}。") == [MOBILE]


def test_the_last_sign_of_an_identity_number_belongs_to_it():
    assert numbers_in("1101051949 1231 002 x") == ["11010519491231002x"]
    assert numbers_in("1234567 xylophones") == ["1234567"]


@pytest.mark.parametrize(
    "text",
    ["2026年11月26日至2026年12月3日", "Nov. 26, 2026 to Dec. 3, 2026", "12345", "二〇二六年十一月", "张*三 BCDFG", "5人，第3页", "138****5678", "国办发〔2024〕12号"],
)  # fmt: skip
def test_days_counts_and_masks_are_no_numbers_of_anybody(text):
    assert numbers_in(text) == []


@given(st.text(alphabet="0123456789", min_size=7, max_size=20), st.text(alphabet=" -.·", max_size=3))
def test_no_long_number_gets_through_in_groups(digits, between):
    assert numbers_in(between.join(digits)) == [digits]


@given(st.text(alphabet="甲乙丙abc，。 \n*", max_size=60))
def test_a_text_without_digits_has_no_number(text):
    assert numbers_in(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("龙池村三组", ["3组"]),
        ("龍池村十二組", ["十2組"]),
        ("3组12号", ["3组", "12号"]),
        ("５村民组", ["5村民组"]),
        ("2栋301室", ["2栋", "301室"]),
        ("Group 3, house 12", ["Group 3", "house 12"]),
    ],
)
def test_a_dwelling_below_the_village_is_found(text, found):
    assert dwellings_in(text) == found


@pytest.mark.parametrize(
    "text", ["群众组织", "第12号公示", "国办发〔2024〕12号", "12号文件", "龙池村", "三组织委员", "grouped"]
)
def test_what_only_looks_like_one_is_left_alone(text):
    assert dwellings_in(text) == []
