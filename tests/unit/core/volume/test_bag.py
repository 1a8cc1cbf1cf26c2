"""A bag as RFC 8493 has it, read back by the tools that every system has: a line a file, each digest of the very bytes."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.volume import bagged
from tests.factories import volumes

LINE = re.compile(r"([0-9a-f]+)  (.+)")
FILES = {"items/002.txt": "第二件".encode(), "items/001.txt": b"one", "empty": b""}
INFO = {"Source-Organization": "龙池村", "Bagging-Date": "2026-03-04"}


def manifest(bag: dict[str, bytes], name: str) -> dict[str, str]:
    """Path to digest."""
    lines = [LINE.fullmatch(line) for line in bag[name].decode().splitlines()]
    return {found[2]: found[1] for found in lines}


def test_what_stands_in_it():
    bag = bagged(FILES, INFO)
    assert list(bag) == [
        "data/empty", "data/items/001.txt", "data/items/002.txt", "bagit.txt", "bag-info.txt", "manifest-sha256.txt",
        "manifest-sha512.txt", "tagmanifest-sha256.txt", "tagmanifest-sha512.txt",
    ]  # fmt: skip
    assert {name: bag[f"data/{name}"] for name in FILES} == FILES
    assert bag["bagit.txt"].decode() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def test_what_is_said_of_it_ends_with_its_size_in_bytes_and_files():
    said = bagged(FILES, INFO)["bag-info.txt"].decode()
    assert said == "Source-Organization: 龙池村\nBagging-Date: 2026-03-04\nPayload-Oxum: 12.3\n"
    assert "Payload-Oxum: 12.3\n" in bagged(FILES, {"Payload-Oxum": "1.1"})["bag-info.txt"].decode(), (
        "nobody says another"
    )


@pytest.mark.parametrize("digest", ["sha256", "sha512"])
def test_every_file_stands_in_the_manifest_of_its_kind_and_in_no_other(digest):
    bag = bagged(FILES, INFO)
    payload, tags = (manifest(bag, f"{kind}-{digest}.txt") for kind in ("manifest", "tagmanifest"))
    assert set(payload) == {name for name in bag if name.startswith("data/")}
    assert set(tags) == {"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "manifest-sha512.txt"}
    for name, said in (payload | tags).items():
        assert hashlib.new(digest, bag[name]).hexdigest() == said


def test_the_same_payload_makes_the_same_bag_in_whatever_order_it_comes():
    assert bagged(dict(reversed(FILES.items())), INFO) == bagged(FILES, INFO)


@pytest.mark.parametrize(
    ("name", "line"), [("a%b", "data/a%25b"), ("a\nb", "data/a%0Ab"), ("a\rb", "data/a%0Db"), ("%0A", "data/%250A")]
)
def test_a_path_breaks_no_line_and_is_told_from_every_other(name, line):
    bag = bagged({name: b"x"}, {})
    assert list(manifest(bag, "manifest-sha256.txt")) == [line]
    assert bag[f"data/{name}"] == b"x"


def test_an_empty_bag_is_one():
    bag = bagged({}, {})
    assert bag["manifest-sha256.txt"] == b""
    assert bag["bag-info.txt"] == b"Payload-Oxum: 0.0\n"


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum")
def test_the_tool_of_every_system_checks_it(tmp_path):
    volumes.written(volumes.bag(volumes.whole()), tmp_path)

    def check(name: str) -> int:
        return subprocess.run(["sha256sum", "--check", "--strict", "--quiet", name], check=False, cwd=tmp_path, capture_output=True).returncode  # fmt: skip

    assert [check(f"{kind}-sha256.txt") for kind in ("manifest", "tagmanifest")] == [0, 0]
    (tmp_path / "data" / "items" / "003.txt").write_text("另一份", encoding="utf-8")
    assert check("manifest-sha256.txt") != 0


@given(st.dictionaries(st.text("ab/%\n\r", min_size=1), st.binary(max_size=9), max_size=5))
def test_no_two_files_share_a_line(files):
    bag = bagged(files, {})
    assert len(manifest(bag, "manifest-sha512.txt")) == len(files)
