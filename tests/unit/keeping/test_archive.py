"""An archive holds what its manifest says, under names that lead nowhere else; everything else is refused in a sentence."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from chengnuo.foundation.keys import ring
from chengnuo.keeping import archive, manifest
from chengnuo.keeping.stream import ArchiveUnfit, Sealer
from tests.factories import county

PRIVATE = X25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()
FILE = "files/019cab00-0000-7000-8000-000000000001"


@pytest.fixture
def members(tmp_path):
    """A database of some bytes, a file, an empty one."""
    found = []
    for name, content in (("database.sqlite3", b"rows" * 9000), (FILE, b"photo"), ("files/empty", b"")):
        path = tmp_path / "from" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        found.append((name, path))
    return found


@pytest.fixture
def into(tmp_path):
    place = tmp_path / "into"
    place.mkdir()
    return place


def written(path: Path, members) -> bytes:
    return archive.write(path, members, to=PUBLIC, manifest=lambda digests: {"manifest": {"files": digests}})


def made_by_hand(path: Path, *members: tuple[str, bytes], kind: bytes = tarfile.REGTYPE, link: str = "") -> Path:
    """An archive that our program would not write."""
    with path.open("wb") as out:
        sealer = Sealer(out, to=PUBLIC, kind=archive.KIND)
        packed = gzip.GzipFile(fileobj=sealer, mode="wb")
        with packed, tarfile.open(fileobj=packed, mode="w|") as tar:
            for name, content in members:
                info = tarfile.TarInfo(name)
                info.size, info.type, info.linkname = len(content), kind, link
                tar.addfile(info, io.BytesIO(content))
        sealer.finish()
    return path


def listed(**files: bytes) -> tuple[str, bytes]:
    said = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)} for name, content in files.items()
    }
    return archive.MANIFEST, json.dumps({"manifest": {"files": said}}).encode()


def test_what_goes_in_comes_out_with_its_digests(tmp_path, members, into):
    written(tmp_path / "a.backup", members)
    said = archive.read(tmp_path / "a.backup", PRIVATE, into)["manifest"]["files"]
    for name, path in members:
        assert (into / name).read_bytes() == path.read_bytes()
        assert (into / name).stat().st_mode & 0o077 == 0
        assert said[name] == {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}
    assert said.keys() == {name for name, _ in members}


def test_the_content_key_alone_opens_it(tmp_path, members, into):
    key = written(tmp_path / "a.backup", members)
    assert archive.read(tmp_path / "a.backup", key, into)["manifest"]["files"]


def test_it_appears_whole_or_not_at_all(tmp_path, members):
    def breaks(_digests):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        archive.write(tmp_path / "a.backup", members, to=PUBLIC, manifest=breaks)
    assert not (tmp_path / "a.backup").exists()


def test_a_file_that_went_meanwhile_is_left_out(tmp_path, members, into):
    members[1][1].unlink()
    written(tmp_path / "a.backup", members)
    assert FILE not in archive.read(tmp_path / "a.backup", PRIVATE, into)["manifest"]["files"]


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../up", "files/../../up", "files/.hidden", "files/a/../b", "files//a", "files", "keys.json", "database.txt",
     "files/a\nb", "database.sqlite3/x", "files/a/"],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, into, name):
    path = made_by_hand(tmp_path / "a.backup", (name, b"x"), listed(**{name: b"x"}))
    with pytest.raises(ArchiveUnfit, match=r"belongs in no backup|cannot be unpacked"):
        archive.read(path, PRIVATE, into)
    assert not (tmp_path / "up").exists()
    assert not any(path.is_file() for path in into.rglob("*"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_what_is_no_plain_file_is_refused(tmp_path, into, kind):
    path = made_by_hand(tmp_path / "a.backup", ("files/a", b""), kind=kind, link="/etc/passwd")
    with pytest.raises(ArchiveUnfit, match="belongs in no backup"):
        archive.read(path, PRIVATE, into)
    assert not (into / "files" / "a").exists()


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ([("files/a", b"x"), listed(**{"files/a": b"y"})], "does not hold what its manifest says: files/a"),
        ([("files/a", b"x"), listed()], "does not hold what its manifest says: files/a"),
        ([listed(**{"files/a": b"x"})], "does not hold what its manifest says: files/a"),
        ([("files/a", b"x")], "has no manifest"),
        ([("manifest.json", b"{")], "has no manifest"),
        ([("manifest.json", b"[]")], "has no manifest"),
        ([("manifest.json", b'{"manifest": 3}')], "has no manifest"),
        ([("files/a", b"x"), ("files/a", b"x")], "cannot be unpacked"),
    ],
)
def test_what_its_manifest_does_not_say_is_refused(tmp_path, into, members, words):
    with pytest.raises(ArchiveUnfit, match=words):
        archive.read(made_by_hand(tmp_path / "a.backup", *members), PRIVATE, into)


def test_what_is_sealed_and_no_tar_is_refused(tmp_path, into):
    path = tmp_path / "a.backup"
    with path.open("wb") as out:
        sealer = Sealer(out, to=PUBLIC, kind=archive.KIND)
        sealer.write(b"no gzip at all")
        sealer.finish()
    with pytest.raises(ArchiveUnfit, match="cannot be unpacked"):
        archive.read(path, PRIVATE, into)
    with pytest.raises(ArchiveUnfit, match="There is no archive"):
        archive.read(tmp_path / "none.backup", PRIVATE, into)


def test_a_manifest_is_signed_with_the_key_of_the_log(db):
    said = manifest.signed({"counts": {"a": 1}, "files": {}, "head": {}, "migrations": []}, county.MONDAY)
    assert manifest.is_ours(said, ring().public_keys())
    assert said["manifest"]["software"] == manifest.version() == "0.1.0"
    for bent in (
        said | {"signature": "00" * 64},
        said | {"manifest": said["manifest"] | {"county": "420527"}},
        said | {"key": "00000000"},
        said | {"signature": "zz"},
        {},
    ):
        assert not manifest.is_ours(bent, ring().public_keys())
