"""A sealed stream: what is altered, moved, doubled or cut off does not open, and nobody reads it without the key."""

from __future__ import annotations

import io
import json
import zlib
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.keeping import recipients, stream
from chengnuo.keeping.recipients import KeyUnfit
from chengnuo.keeping.stream import ArchiveUnfit, Opener, Sealer

PRIVATE = X25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch):
    monkeypatch.setattr(stream, "PIECE", 100)


def sealed(plain: bytes, *, by: int = 37) -> bytes:
    out = io.BytesIO()
    sealer = Sealer(out, to=PUBLIC, kind="backup")
    for begins in range(0, len(plain), by):
        sealer.write(plain[begins : begins + by])
    sealer.finish()
    return out.getvalue()


def opened(box: bytes, *, key=PRIVATE, kind: str = "backup") -> bytes:
    return Opener(io.BytesIO(box), name="it", kind=kind, key=key).read()


def pieces(box: bytes) -> tuple[bytes, list[bytes]]:
    """The head, and every piece with its length."""
    source = io.BytesIO(box)
    source.read(len(stream.MAGIC))
    source.read(int.from_bytes(source.read(4)))
    head, found = box[: source.tell()], []
    while length := source.read(4):
        found.append(length + source.read(int.from_bytes(length)))
    return head, found


@pytest.mark.parametrize("size", [0, 1, 99, 100, 101, 200, 1000])
def test_what_goes_in_comes_out(size):
    plain = Random(size).randbytes(size)
    assert opened(sealed(plain)) == plain
    assert len(pieces(sealed(plain))[1]) == max(1, -(-size // 100))


def test_the_content_key_opens_it_without_the_private_one():
    out = io.BytesIO()
    sealer = Sealer(out, to=PUBLIC, kind="backup")
    sealer.write(b"words")
    sealer.finish()
    assert opened(out.getvalue(), key=sealer.key) == b"words"
    assert sealer.key not in out.getvalue()


def test_nothing_of_it_can_be_read():
    secret = "张三要一份居住证明".encode()
    box = sealed(secret * 50)
    assert secret not in box
    assert len(zlib.compress(box, 9)) >= len(box) * 0.85, "it looks like chance"
    assert sealed(secret) != sealed(secret)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_every_changed_byte_is_found(data):
    box = bytearray(sealed(bytes(250)))
    at = data.draw(st.integers(0, len(box) - 1))
    box[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises((ArchiveUnfit, KeyUnfit)):
        opened(bytes(box))


def test_wherever_it_breaks_off_is_found():
    box = sealed(bytes(250))
    for length in range(len(box)):
        with pytest.raises(ArchiveUnfit):
            opened(box[:length])
    with pytest.raises(ArchiveUnfit, match="breaks off after 2 pieces"):
        opened(box[:-50])


@pytest.mark.parametrize("how", [lambda p: [p[1], p[0], *p[2:]], lambda p: [p[0], *p], lambda p: p[1:], lambda p: [*p, p[-1]], lambda p: [*p[:-2], p[-1]]])  # fmt: skip
def test_pieces_that_were_moved_doubled_or_taken_away_are_found(how):
    head, found = pieces(sealed(bytes(range(250)) + bytes(150)))
    with pytest.raises(ArchiveUnfit):
        opened(head + b"".join(how(found)))


def test_pieces_of_another_archive_do_not_fit():
    head, _ = pieces(sealed(bytes(250)))
    _, other = pieces(sealed(bytes(250)))
    with pytest.raises(ArchiveUnfit):
        opened(head + b"".join(other))


def test_another_key_is_said_by_name():
    other = X25519PrivateKey.generate()
    mark = recipients.mark_of(other.public_key().public_bytes_raw())
    with pytest.raises(KeyUnfit, match=f"sealed to the key {recipients.mark_of(PUBLIC)}, and you gave the key {mark}"):
        opened(sealed(b"words"), key=other)


@pytest.mark.parametrize(("found", "words"), [(0, "an older format"), (2, "a newer format")])
def test_another_format_is_said(found, words):
    box = sealed(b"words")
    length = int.from_bytes(box[16:20])
    head = json.loads(box[20 : 20 + length]) | {"format": found}
    said = json.dumps(head, sort_keys=True).encode()
    with pytest.raises(ArchiveUnfit, match=words):
        opened(stream.MAGIC + len(said).to_bytes(4) + said + box[20 + length :])


@pytest.mark.parametrize(
    "box", [b"", b"nonsense", stream.MAGIC, stream.MAGIC + b"\0\0\0\2{}", stream.MAGIC + b"\xff" * 9000]
)
def test_what_is_no_archive_is_said(box):
    with pytest.raises(ArchiveUnfit, match=r"is no archive|is damaged at its beginning"):
        opened(box)


def test_a_ring_is_no_backup():
    with pytest.raises(ArchiveUnfit, match="holds a backup, and a key ring is needed"):
        opened(sealed(b"words"), kind="key ring")


def test_the_two_lines_of_a_pair_fit(tmp_path):
    private, public = recipients.make()
    for name, line in (("a", private), ("b", public)):
        recipients.keep(tmp_path / name, line)
    assert (tmp_path / "a").stat().st_mode & 0o077 == 0
    key = recipients.private_key(tmp_path / "a")
    assert key.public_key().public_bytes_raw() == recipients.public_key(tmp_path / "b")
    with pytest.raises(KeyUnfit, match="begins with other words"):
        recipients.private_key(tmp_path / "b")
    with pytest.raises(FileExistsError):
        recipients.keep(tmp_path / "a", private)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda line: line.replace(line.split()[2][:2], "00" if line.split()[2][:2] != "00" else "11"),
            "its mark does not fit",
        ),
        (lambda line: line[:-3], "not whole"),
        (lambda line: line.replace(line.split()[2], "zz" * 32), "not whole"),
        (lambda line: " ".join(line.split()[:2]), "not whole"),
        (lambda _line: "", "begins with other words"),
    ],
)
def test_a_key_that_was_mistyped_is_said(tmp_path, change, words):
    private = f"{recipients.PRIVATE} {recipients.mark_of(PUBLIC)} {bytes(range(32)).hex()}\n"
    (tmp_path / "key").write_text(change(private))
    with pytest.raises(KeyUnfit, match=words):
        recipients.private_key(tmp_path / "key")
    with pytest.raises(KeyUnfit, match="There is no key"):
        recipients.private_key(tmp_path / "elsewhere")
