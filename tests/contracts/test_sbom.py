"""The bill of materials names what is installed, and what is installed is in it."""

from __future__ import annotations

import json
import re
from importlib.metadata import version

import pytest

from tests.contracts.repository import ROOT
from tools import sbom


@pytest.fixture(scope="module")
def parts():
    return {part["name"]: part for part in json.loads(sbom.WHERE.read_text(encoding="utf-8"))["components"]}


def test_it_is_fresh(parts):
    made = sbom.bill(ROOT / "requirements.txt", ROOT / "src/chengnuo/web/static/vendor")
    assert json.loads(sbom.WHERE.read_text(encoding="utf-8")) == made, "stale: say ./run lock"


def test_it_has_what_we_ask_for(parts):
    asked = re.findall(r"^([A-Za-z][\w-]*)", (ROOT / "requirements.in").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name.lower() for name in asked} <= set(parts)
    assert "htmx" in parts


def test_it_says_the_versions_that_run(parts):
    for name in ("django", "cryptography", "granian"):
        assert parts[name]["version"] == version(name)


def test_every_part_has_its_digests(parts):
    for part in parts.values():
        assert part["externalReferences"], part["name"]
        assert all(len(each["hashes"][0]["content"]) == 64 for each in part["externalReferences"])
