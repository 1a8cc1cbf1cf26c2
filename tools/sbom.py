"""The bill of materials: every part that a server is made of, as CycloneDX 1.6 (ECMA-424), for whoever looks for weak ones.

Made from `requirements.txt` by `./run lock`, so that it names what is installed, by version and digest.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.machine import ROOT

WHERE = ROOT / "docs" / "reference" / "sbom.cdx.json"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)")
DIGEST = re.compile(r"--hash=sha256:([0-9a-f]{64})")
VENDORED = re.compile(r"([a-z]+)-(\d[\d.]*)\.min\.js")


def bill(requirements: Path, vendor: Path) -> dict[str, Any]:
    """The whole bill. Without times and numbers of its own, so that the same parts give the same file."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "chengnuo", "bom-ref": "chengnuo"}},
        "components": [*_packages(requirements), *_scripts(vendor)],
    }


def write() -> None:
    made = bill(ROOT / "requirements.txt", ROOT / "src" / "chengnuo" / "web" / "static" / "vendor")
    WHERE.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")


def _packages(requirements: Path) -> Iterator[dict[str, Any]]:
    text = requirements.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if found := PINNED.match(line):
            name, version = found[1].lower(), found[2]
            yield _part(name, version, f"pkg:pypi/{name}@{version}", DIGEST.findall(line))


def _scripts(vendor: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(vendor.glob("*.min.js")):
        if found := VENDORED.fullmatch(file.name):
            name, version = found.groups()
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            yield _part(name, version, f"pkg:npm/{name}.org@{version}", [digest])


def _part(name: str, version: str, purl: str, digests: list[str]) -> dict[str, Any]:
    """One part; a package comes in several files, each with a digest."""
    files = [{"alg": "SHA-256", "content": digest} for digest in digests]
    # CycloneDX has one digest of each kind a component: those of a package's files stand with where they come from
    told = {"externalReferences": [{"type": "distribution", "url": purl, "hashes": [each]} for each in files]}
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl} | told
