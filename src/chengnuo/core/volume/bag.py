"""A bag of files in memory (RFC 8493): payload below `data/`, manifests of SHA-256 and SHA-512 over it and over themselves.

Bagit-python is not used to write them (decision 0055).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
DIGESTS = ("sha256", "sha512")


def bagged(payload: Mapping[str, bytes], info: Mapping[str, str]) -> dict[str, bytes]:
    """Every file of the bag by its path; `payload` by the path below `data/`; `info` is what stands in bag-info.txt."""
    data = {f"data/{name}": content for name, content in sorted(payload.items())}
    oxum = {"Payload-Oxum": f"{sum(map(len, data.values()))}.{len(data)}"}
    tags = {
        "bagit.txt": DECLARED,
        "bag-info.txt": "".join(f"{name}: {said}\n" for name, said in {**info, **oxum}.items()).encode(),
    }
    tags |= {f"manifest-{digest}.txt": _manifest(data, digest) for digest in DIGESTS}
    return data | tags | {f"tagmanifest-{digest}.txt": _manifest(tags, digest) for digest in DIGESTS}


def _manifest(files: Mapping[str, bytes], digest: str) -> bytes:
    lines = (f"{hashlib.new(digest, content).hexdigest()}  {_written(name)}\n" for name, content in files.items())
    return "".join(lines).encode()


def _written(name: str) -> str:
    """A path as a manifest says it (2.1.3)."""
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
