"""The key of backups: wrapped to one recipient, and found wrong wherever it was altered or mistyped."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import assume, given
from hypothesis import strategies as st

from chengnuo.keeping import recipients
from chengnuo.keeping.recipients import KeyUnfit

KEYS = st.binary(min_size=32, max_size=32)
HEX = "0123456789abcdef"


def pair(seed: bytes) -> tuple[X25519PrivateKey, bytes]:
    private = X25519PrivateKey.from_private_bytes(seed)
    return private, private.public_key().public_bytes_raw()


@given(KEYS, KEYS)
def test_what_is_wrapped_opens_for_its_recipient_and_is_never_wrapped_alike(seed, content):
    private, public = pair(seed)
    head, again = recipients.wrap(content, public), recipients.wrap(content, public)
    assert recipients.unwrap(head, private) == recipients.unwrap(again, private) == content
    assert head["to"] == again["to"] == recipients.mark_of(public)
    assert (head["once"], head["wrapped"]) != (again["once"], again["wrapped"])
    assert content.hex() not in "".join(head.values())


@given(KEYS, KEYS)
def test_nobody_else_opens_it_also_under_a_forged_mark(seed, other):
    (_, public), (stranger, theirs) = pair(seed), pair(other)
    assume(public != theirs)
    head = recipients.wrap(bytes(32), public)
    with pytest.raises(KeyUnfit, match=recipients.mark_of(public)):
        recipients.unwrap(head, stranger)
    with pytest.raises(ValueError, match="altered"):
        recipients.unwrap(head | {"to": recipients.mark_of(theirs)}, stranger)


@given(st.sampled_from(["once", "wrapped"]), st.integers(0, 63), st.sampled_from(HEX))
def test_one_altered_digit_of_the_head_is_noticed(part, place, digit):
    private, public = pair(bytes(range(32)))
    head = recipients.wrap(bytes(32), public)
    changed = head[part][:place] + digit + head[part][place + 1 :]
    # the highest bit of a point counts for nothing in X25519, but it is bound by the salt
    assume(changed != head[part])
    with pytest.raises(ValueError, match=r".+"):
        recipients.unwrap(head | {part: changed}, private)


@pytest.mark.parametrize("kind", [recipients.PUBLIC, recipients.PRIVATE])
def test_a_slip_in_any_digit_is_said(tmp_path, kind):
    private, public = recipients.make()
    line = {recipients.PUBLIC: public, recipients.PRIVATE: private}[kind]
    read = {recipients.PUBLIC: recipients.public_key, recipients.PRIVATE: recipients.private_key}[kind]
    begins = line.index(" ", len(kind) + 1) + 1
    # X25519 passes over three bits of the first byte and two of the last: a slip there is the same key
    for place in range(begins + 2, begins + 62):
        other = HEX[(HEX.index(line[place]) + 1) % 16]
        (tmp_path / "key").write_text(line[:place] + other + line[place + 1 :])
        with pytest.raises(KeyUnfit, match="its mark does not fit"):
            read(tmp_path / "key")


@pytest.mark.parametrize("spaces", [" ", "   ", "\n", "\t\r\n"])
def test_typed_from_paper_it_may_have_any_spaces_and_capital_digits(tmp_path, spaces):
    private, public = recipients.make()
    word, mark, key = private.split()
    (tmp_path / "key").write_text(spaces.join(["", word, mark, key.upper(), ""]))
    found = recipients.private_key(tmp_path / "key").public_key().public_bytes_raw()
    assert found.hex() == public.split()[2]


@pytest.mark.parametrize("content", [b"\xff\xfe binary", "密钥".encode()])
def test_what_is_no_text_of_a_key_is_said(tmp_path, content):
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(KeyUnfit, match="cannot be read"):
        recipients.public_key(tmp_path / "key")
    with pytest.raises(KeyUnfit, match="cannot be read"):
        recipients.public_key(tmp_path)
