"""The key ring fails closed, with a sentence, and never shows a key."""

from __future__ import annotations

import json
import stat
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.foundation import keys
from chengnuo.foundation.keys import KeyRingUnusable, create, ring

OLD = bytes(range(32))


@pytest.fixture
def path(settings, tmp_path):
    settings.KEY_RING = tmp_path / "elsewhere" / "keys.json"
    create(settings.KEY_RING)
    return settings.KEY_RING


def change(path, how):
    said = json.loads(path.read_text())
    how(said)
    path.write_text(json.dumps(said))


def test_a_new_ring_is_readable_by_its_owner_alone(path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["keys.json"]
    assert len({ring().index, *ring().sealing.values(), *ring().signing.values()}) == 3


def test_a_ring_is_never_made_over_another(path):
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        create(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["keys.json"]


def test_of_eight_that_make_it_at_once_one_does(tmp_path):
    def attempt(_):
        try:
            create(tmp_path / "keys.json")
        except FileExistsError:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1


def test_eight_threads_read_the_same_ring(path):
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: ring(), range(800)))
    assert all(one == rings[0] for one in rings)


def test_two_rings_have_no_id_in_common(path, settings, tmp_path):
    first = ring()
    settings.KEY_RING = tmp_path / "other.json"
    create(settings.KEY_RING)
    assert {first.sealing_id, first.signing_id}.isdisjoint({ring().sealing_id, ring().signing_id})


def test_a_missing_ring_is_said(path):
    path.unlink()
    with pytest.raises(KeyRingUnusable, match="is missing"):
        ring()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o777])
def test_a_ring_that_others_may_read_is_not_used(path, mode):
    path.chmod(mode)
    with pytest.raises(KeyRingUnusable, match="chmod 600"):
        ring()
    path.chmod(0o600)
    assert ring()


@pytest.mark.parametrize(
    "how",
    [
        lambda said: said.update(schema="chengnuo.keys/9"),
        lambda said: said.pop("index"),
        lambda said: said.update(index=b64encode(bytes(31)).decode()),
        lambda said: said.update(index="no base64!"),
        lambda said: said.update(index=7),
        lambda said: said["sealing"].update(now="00000000"),
        lambda said: said["sealing"].update(keys=[]),
        lambda said: said["sealing"]["keys"].update(name=b64encode(bytes(32)).decode()),
        lambda said: said["signing"].update(keys={}),
        lambda said: said["signing"].pop("old"),
    ],
)
def test_a_damaged_ring_is_not_used(path, how):
    change(path, how)
    with pytest.raises(KeyRingUnusable, match="is damaged") as said:
        ring()
    assert said.value.__cause__ is None


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "\udc80"])
def test_what_is_no_ring_at_all_is_damaged(path, text):
    path.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(KeyRingUnusable, match="is damaged"):
        ring()


def test_a_ring_shows_no_key(path):
    said = json.loads(path.read_text())
    shown = repr(ring()) + str(ring())
    for key in [ring().index, *ring().sealing.values(), *ring().signing.values()]:
        assert repr(key) not in shown
    assert said["index"] not in shown


def test_heads_are_signed_and_old_public_keys_kept(path):
    change(path, lambda said: said["signing"]["old"].update({"0badc0de": b64encode(OLD).decode()}))
    signature = ring().signing_key().sign(b"head")
    public = ring().public_keys()
    assert public["0badc0de"] == OLD
    Ed25519PublicKey.from_public_bytes(public[ring().signing_id]).verify(signature, b"head")
    with pytest.raises(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(public[ring().signing_id]).verify(signature, b"another head")


@given(one=st.lists(st.binary(max_size=3), max_size=3), other=st.lists(st.binary(max_size=3), max_size=3))
def test_equal_parts_alone_give_equal_macs(one, other):
    assert (keys.ring().mac("a", *one) == keys.ring().mac("a", *other)) == (one == other)
    assert keys.ring().mac("a", *one) != keys.ring().mac("b", *one)
