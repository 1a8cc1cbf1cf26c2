"""What each kind of column makes of a cell, and how it says that it cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.imports import kinds
from chengnuo.imports.faults import Unreadable
from chengnuo.imports.kinds import choice, fen, identity, place_code, plainly, text, written

NUMBER = "11010519491231002X"
SEX = choice({"f": ("女", "女性"), "m": ("男", "男性")})


def fault(kind, cell):
    with pytest.raises(Unreadable) as trouble:
        kind(cell)
    return trouble.value.sentence % trouble.value.facts


@pytest.mark.parametrize(
    "cell",
    [NUMBER, NUMBER.lower(), f" '{NUMBER}", "１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002X", "110105491231002", 110105491231002],
)  # fmt: skip
def test_an_identity_number_comes_in_many_forms_and_is_one(cell):
    assert identity(cell) == NUMBER


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("110105194912310021", "no identity number"),
        ("110105199902300021", "no identity number"),
        ("1234", "no identity number"),
        ("张三", "no identity number"),
        (110105194912310021, "Excel lost its last digits"),
        (1.1010519491231002e17, "Excel lost its last digits"),
        ("1.10105E+17", "Excel lost its last digits"),
    ],
)
def test_what_is_none_is_said_without_repeating_it(cell, says):
    said = fault(identity, cell)
    assert says in said
    assert str(cell) not in said


@pytest.mark.parametrize(
    ("cell", "amount"),
    [(960, 96000), (960.5, 96050), ("1,234.50", 123450), ("￥960元", 96000), ("９６０.00", 96000), ("0", 0), (0.1 + 0.2, 30), (1234.565 - 0.005, 123456)],
)  # fmt: skip
def test_yuan_become_fen_without_a_rounding_that_counts(cell, amount):
    assert fen(cell) == amount


@pytest.mark.parametrize(
    ("cell", "says"),
    [("-3", "below nought"), (0.125, "two decimals"), ("九百", "no amount"), ("1e400000", "no amount"), ("NaN", "decimals"), ("", "no amount")],
)  # fmt: skip
def test_an_amount_that_cannot_be_is_named(cell, says):
    assert says in fault(fen, cell)


@given(st.integers(0, 10**11))
def test_every_amount_that_is_written_is_read_again(amount):
    assert fen(f"{amount // 100:,}.{amount % 100:02}元") == amount


@pytest.mark.parametrize(
    ("cell", "code"), [("420526", "420526000000"), (420526101, "420526101000"), ("420526101201", "420526101201"), ("4205 2610 1201", "420526101201")]
)  # fmt: skip
def test_a_code_of_a_place_is_filled_up(cell, code):
    assert place_code(cell) == code


def test_a_code_of_another_length_is_named():
    assert "6, 9 or 12" in fault(place_code, "42052")
    assert "6, 9 or 12" in fault(place_code, "兴山")


def test_a_choice_has_many_words_and_one_value():
    assert [SEX(cell) for cell in ("女", " 女性", "F", "男（先生）")] == ["f", "f", "f", "m"]
    assert fault(SEX, "x") == "none of these: 女、男"


def test_words_are_counted_and_looked_at():
    assert text(4)("张 三") == "张 三"
    assert fault(text(4), "张三李四王") == "longer than 4 characters"
    assert "never records" in fault(text(), "该户怀孕")


@pytest.mark.parametrize(
    ("cell", "said"),
    [(13800138000, "13800138000"), (13800138000.0, "13800138000"), (0.5, "0.5"), (1e22, "1" + "0" * 22), ("\u200b张\u3000三\n", "张 三"), ("'0526", "0526")],
)  # fmt: skip
def test_a_cell_is_written_as_a_person_reads_it(cell, said):
    assert written(cell) == said


def test_names_are_compared_without_what_surrounds_them():
    assert {plainly(name) for name in ("身份证号", " 身份\n证号 ", "*身份证号（必填）", "身份证号:")} == {"身份证号"}
    assert kinds.plainly("Telephone (office)") == "telephone"
