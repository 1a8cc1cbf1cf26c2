"""Seals as bytes: bound to label, row and key, and as long as they say; blind indexes mix nothing up."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chengnuo.foundation import seals
from chengnuo.foundation.keys import ring
from chengnuo.foundation.seals import EMPTY_BYTES, HEADER_BYTES, SealBroken

WORDS = st.text(max_size=20)
LABELS = st.from_regex(r"[a-z]+\.[a-z]+", fullmatch=True)


@given(st.binary(max_size=200), LABELS, WORDS)
def test_what_is_sealed_opens_and_is_so_much_longer(plain, label, row):
    box = seals.seal_bytes(plain, label=label, row=row)
    assert seals.unseal_bytes(box, label=label, row=row) == plain
    assert len(box) == len(plain) + EMPTY_BYTES
    assert seals.sealed_with(box) == ring().sealing_id
    assert seals.seal_bytes(plain, label=label, row=row) != box


@given(st.tuples(LABELS, WORDS), st.tuples(LABELS, WORDS))
def test_it_opens_in_its_own_place_alone(here, there):
    assume(here != there)
    box = seals.seal("words", label=here[0], row=here[1])
    with pytest.raises(SealBroken):
        seals.unseal(box, label=there[0], row=there[1])


@given(st.binary(max_size=EMPTY_BYTES * 2))
def test_no_bytes_of_chance_open(box):
    for typed in (box, seals.seal("", label="a.b", row="1")[:HEADER_BYTES] + box):
        with pytest.raises(SealBroken):
            seals.unseal_bytes(typed, label="a.b", row="1")


@given(st.tuples(WORDS, WORDS), st.tuples(WORDS, WORDS))
def test_a_blind_index_is_equal_for_equal_label_and_value_alone(one, other):
    """Also where both, written one behind the other, would be the same letters."""
    assert (seals.blind_index(*one) == seals.blind_index(*other)) == (one == other)
    joined = one[0] + one[1]
    assert (seals.blind_index(joined, "") == seals.blind_index(*one)) == (one[1] == "")
    assert len(seals.blind_index(*one)) == 32


def test_a_broken_seal_is_logged_by_its_place_and_tells_no_content(caplog):
    box = seals.seal("居住证明", label="a.b", row="7")
    with pytest.raises(SealBroken) as refused:
        seals.unseal(box, label="a.b", row="8")
    assert "a.b of row 8 (key known: True)" in caplog.text
    assert "居住证明" not in caplog.text + str(refused.value)
    with pytest.raises(SealBroken):
        seals.unseal(box[:1] + bytes(HEADER_BYTES - 1) + box[HEADER_BYTES:], label="a.b", row="7")
    assert "key known: False" in caplog.text
