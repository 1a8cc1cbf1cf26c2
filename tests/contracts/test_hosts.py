"""No file names a package index or a folder of somebody's machine: people use their own mirror and their own folders."""

from __future__ import annotations

import re

import pytest

from tests.contracts.repository import ROOT, name, tracked

# in pieces, or this file would be the first to be found
HOSTS = [
    ".".join(pieces)
    for pieces in (
        ("pypi", "org"),
        ("python" + "hosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("npmmirror", "com"),
        ("yarnpkg", "com"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
        ("mirrors", "aliyun"),
        ("tuna", "tsinghua"),
        ("mirrors", "ustc"),
        ("deb", "debian", "org"),
        ("crates", "io"),
    )
]
FOLDERS = "|".join(["wo" + "rk", "r" + "oot", "tm" + "p", "ho" + "me", "Us" + "ers"])
MACHINE_PATH = re.compile(rf"(?<![\w.:/{{}}\-)])/(?:{FOLDERS})/[\w.]")
LOCKS_WITH_ADDRESSES = {
    "uv.lock",
    "poetry.lock",
    "package-lock.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "Pipfile.lock",
}


def found_in(text: str) -> list[str]:
    return [host for host in HOSTS if host in text] + MACHINE_PATH.findall(text)


def test_no_file_names_an_index_or_a_machine():
    said = {name(path): found for path in tracked() if (found := found_in(path.read_bytes().decode(errors="ignore")))}
    assert not said


def test_no_lock_with_addresses():
    assert not [name(path) for path in tracked() if path.name in LOCKS_WITH_ADDRESSES]


def test_every_requirement_is_pinned_and_hashed():
    for path in ROOT.glob("requirements*.txt"):
        entries = re.split(r"\n(?=\S)", path.read_text().strip())
        assert all("==" in entry and "--hash=sha256:" in entry for entry in entries), path.name


@pytest.mark.parametrize(
    "text", ["https://" + HOSTS[0] + "/simple", 'open("/' + "tm" + 'p/x")', "cd /" + "wo" + "rk/main"]
)
def test_the_search_finds(text):
    assert found_in(text)
