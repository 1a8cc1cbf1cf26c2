"""What tells of somebody is no id, however it is written; what a machine counts or digests is one."""

import uuid

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.population.opaque import likeness, shown, unfit

NUMBER = "110101199003074477"  # made up; its check digit is right
CARD = "6222021234567890128"  # likewise

WRITTEN = {
    "an identity number": [NUMBER, f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", f"{NUMBER[:6]}-{NUMBER[6:]}", f"00{NUMBER}", "11010190-0307-447", f"h-{NUMBER}", f"a_{NUMBER}-b", f"h{NUMBER}z", "11010119900307109X", "".join(chr(0xFF10 + int(each)) for each in NUMBER)],
    "a mobile number": ["13812345678", "138-1234-5678", "138_1234_5678", "ab-13812345678-cd", "8613812345678", "+8613812345678", "0086-13812345678", "１３８１２３４５６７８"],
    "a bank card": [CARD, f"{CARD[:4]}-{CARD[4:]}"],
    "a name": ["张三", "张三1", "1张", "h-1张_2", "𠮷1", "〇1", "\U00030000", "\uf9001", "Zhang San", "Zhang\u00a0San", "Zhang\u3000San"],
    "a word": ["ZhangSan", "zhang_san", "ئابلىز", "ꆈꌠ", "\u1100", "h 1", "h1\n", "h.1", "ｈ1", "", "-"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in WRITTEN.items() for text in texts])
def test_no_way_of_writing_slips_through(kind, text):
    assert unfit(pa.array([text, "h1"])) == {text: kind}


@pytest.mark.parametrize("text", [NUMBER, "110101900307447", "13812345678", "8613812345678", "-13812345678", CARD])
def test_as_a_number_it_is_found_too(text):
    assert list(unfit(pa.array([1, int(text), -5]))) == [text.lstrip("-")]


OPAQUE = ["1", "0", "h-0001", "A_1", "420526-1", "12812345678", "6222021234567890123", "14142135623730950488"]


@pytest.mark.parametrize("text", OPAQUE)
def test_what_tells_nothing_is_an_id(text):
    assert not unfit(pa.array([text]))
    assert not likeness(text)


@given(st.binary(min_size=16, max_size=30).map(lambda digest: b"\1" + digest))
def test_digests_and_random_ids_are_ids(digest):
    assert not unfit(pa.array([digest.hex(), str(uuid.UUID(bytes=digest[:16])), f"h-{digest.hex()}"]))


@given(st.integers(-(2**33), 2**33))
def test_whatever_a_program_counts_is_an_id(number):
    assert not unfit(pa.array([number], pa.int64()))


@pytest.mark.parametrize(
    ("text", "told"),
    [("baby", "baby"), ("3,000,000", "3,000,000"), (NUMBER, f"1{'*' * 16}7"), ("欧阳明华", "****"), ("'138 1234 5678'", f"'{'*' * 11}'")],
)  # fmt: skip
def test_a_report_shows_only_what_singles_nobody_out(text, told):
    assert shown(text) == told
