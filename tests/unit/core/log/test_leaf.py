"""Leaves: one way to write a thing, and nothing of the private part to be guessed from outside."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.log import NotCanonical, canonical, commitment, leaf_hash
from chengnuo.core.log.leaf import Mold, committed_to, leaf_of
from tests.contracts.repository import ROOT

SALT = bytes(range(32))
PUBLIC = {"class": "plain", "day": "2026-03-02", "office": "", "schema": "case.receive/1"}

PLAIN = st.recursive(
    st.text(st.characters(exclude_categories=["Cs"])) | st.integers(-(2**53) + 1, 2**53 - 1),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(max_codepoint=127)), inner),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": "x"}, '{"a":"x","b":1}'),
        ({"": [], "a": {}}, '{"":[],"a":{}}'),
        ([1, -2, 0], "[1,-2,0]"),
        ((1, "2"), '[1,"2"]'),
        ("承诺 €", '"承诺 €"'),
        ('\u20ac\u0024\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'),
        ("\b\f\t\r\x00\x1f\x7f", '"\\b\\f\\t\\r\\u0000\\u001f\x7f"'),
        ("😀", '"😀"'),
        ({"10": 1, "1": 2, "a": 3, "A": 4, "_": 5}, '{"1":2,"10":1,"A":4,"_":5,"a":3}'),
        (2**53 - 1, "9007199254740991"),
        (-(2**53) + 1, "-9007199254740991"),
    ],
)
def test_there_is_one_way_to_write_it(value, text):
    assert canonical(value) == text.encode()


@pytest.mark.parametrize(
    "value",
    [1.0, 0.5, float("nan"), True, False, None, 2**53, -(2**53), b"bytes", {1: "x"}, {None: 1}, {"ä": 1}, {"a": [1, {"b": None}]},
     object(), {1, 2}, "\ud800", {"a": "\udfff"}],
)  # fmt: skip
def test_what_two_programs_could_write_differently_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical(value)


@given(PLAIN)
def test_what_is_read_again_is_written_the_same(value):
    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(PLAIN, PLAIN)
def test_two_things_are_never_written_the_same(one, other):
    assert (canonical(one) == canonical(other)) == (json.loads(json.dumps(one)) == json.loads(json.dumps(other)))


@given(st.dictionaries(st.text(st.characters(max_codepoint=127), max_size=3), st.integers(0, 9)))
def test_the_order_in_which_it_was_built_does_not_matter(value):
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_a_leaf_is_what_the_reference_says():
    committed = commitment(SALT, {"row": "1", "to": "done"})
    assert committed == hmac.digest(SALT, b'{"row":"1","to":"done"}', "sha256").hex()
    said = f'{{"commitment":"{committed}","public":{{"class":"plain","day":"2026-03-02","office":"","schema":"case.receive/1"}}}}'
    assert leaf_hash(PUBLIC, committed) == hashlib.sha256(b"\0" + said.encode()).digest()


def test_every_part_of_an_entry_is_under_its_leaf():
    committed = commitment(SALT, {"to": "done"})
    found = leaf_hash(PUBLIC, committed)
    assert commitment(SALT, {"to": "refused"}) != committed
    assert commitment(SALT[::-1], {"to": "done"}) != committed
    changed = [PUBLIC | {key: "other"} for key in PUBLIC] + [PUBLIC | {"more": ""}, {}]
    assert found not in {leaf_hash(public, committed) for public in changed}
    assert leaf_hash(PUBLIC, commitment(SALT, {"to": "refused"})) != found


def test_equal_secrets_do_not_look_equal():
    """Whoever guesses the private part must also guess 32 random bytes."""
    assert commitment(SALT, {"to": "done"}) != commitment(bytes(32), {"to": "done"})


def test_the_worked_example_of_the_reference_is_right():
    reference = (ROOT / "docs" / "reference" / "log-format.md").read_text(encoding="utf-8")
    committed = commitment(SALT, {"row": "1", "to": "done"})
    assert f"commitment  {committed}\n" in reference
    assert f"leaf        {leaf_hash(PUBLIC, committed).hex()}\n" in reference
    assert f"guarded     {leaf_hash({}, committed).hex()} " in reference


@given(
    st.dictionaries(st.text(st.characters(max_codepoint=127)), PLAIN),
    st.text(st.characters(max_codepoint=127)),
    st.text(st.characters(exclude_categories=["Cs"])),
)
def test_what_is_filled_into_a_mold_is_what_would_be_written_whole(like, name, text):
    assert Mold(like, name).filled(text) == canonical({**like, name: text})


def test_of_what_was_written_canonically_the_same_follows():
    private = {"row": "a", "to": "done"}
    committed = commitment(SALT, private)
    assert committed_to(SALT, Mold({"to": "done"}, "row").filled("a")) == committed
    assert leaf_of(Mold({"public": PUBLIC}, "commitment").filled(committed)) == leaf_hash(PUBLIC, committed)


def test_half_a_character_is_refused_by_a_mold_too():
    with pytest.raises(NotCanonical):
        Mold({}, "row").filled("\ud800")
