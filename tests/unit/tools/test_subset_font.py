"""Which characters the font of papers takes along."""

from __future__ import annotations

from tools.subset_font import BIG5_COMMON, GB_2312, spoken, standard, wanted, written


def test_the_standards_have_so_many_characters():
    assert len(standard(*GB_2312)) == 6763
    assert {"的", "啊", "座", "亍", "齄"} <= standard(*GB_2312)
    assert len(standard(*BIG5_COMMON)) == 5401
    assert {"的", "籲", "曆", "鐘", "瞭"} <= standard(*BIG5_COMMON)


def test_traditional_forms_come_along():
    assert {"語", "體", "龍", "鳳", "蘭", "興"} <= wanted()


def test_names_of_places_and_people_come_along(tmp_path):
    assert set("古夫镇兴山县欧阳") <= spoken()
    rare = tmp_path / "rare.yaml"
    rare.write_text("name: 㙍", encoding="utf-8")
    assert written([rare]) == set("name: 㙍")


def test_digits_latin_and_punctuation_come_along():
    assert set("0123456789 AZaz é，。；“”（）、…—１Ａ") <= wanted()
