"""What a workbook is wrapped in: looked through part by part before anything is read from it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from zipfile import ZipFile, ZipInfo

from chengnuo.imports.reading.limits import MOST_PARTS, MOST_RATIO, MOST_UNPACKED, Unfit

PIECE = 1024 * 1024
SEAM = 64  # a mark may lie across two pieces
HEAD = 512
MACROS = re.compile(r"vbaproject|vbadata|macrosheets|activex", re.IGNORECASE)
OTHERS = re.compile(r"externallinks|embeddings|connections\.xml|querytables", re.IGNORECASE)
MARKUP = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)
SHEET = re.compile(r"worksheets/", re.IGNORECASE)
DEFINES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[^\x00]*", re.DOTALL)


def look_through(content: bytes) -> None:
    """Raises Unfit for what a table needs not and what grows too large; whatever `zipfile` raises for what is broken."""
    with ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise Unfit("swells")
        _named(parts)
        unpacked = sum(_looked_at(package, part) for part in parts)
    if unpacked > MOST_RATIO * len(content):
        raise Unfit("swells")


def _named(parts: list[ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(set(names)) != len(names):
        raise Unfit("broken")
    if any(MACROS.search(name) for name in names):
        raise Unfit("macros")
    if any(OTHERS.search(name) for name in names):
        raise Unfit("others")


def _looked_at(package: ZipFile, part: ZipInfo) -> int:
    """How large the part really is, after its markup was looked at."""
    size, is_markup, is_sheet = 0, bool(MARKUP.search(part.filename)), bool(SHEET.search(part.filename))
    for piece, seam in _pieces(package, part):
        size += len(piece)
        if size > MOST_UNPACKED:
            raise Unfit("swells")
        if is_markup and size == len(piece) and not START.fullmatch(piece[:HEAD]):
            raise Unfit("broken")
        if is_markup and DEFINES.search(seam + piece):
            raise Unfit("defines")
        if is_sheet and FORMULA.search(seam + piece):
            raise Unfit("formulas")
    return size


def _pieces(package: ZipFile, part: ZipInfo) -> Iterator[tuple[bytes, bytes]]:
    """Every piece, and the end of the one before it."""
    seam = b""
    with package.open(part) as opened:
        while piece := opened.read(PIECE):
            yield piece, seam
            seam = piece[-SEAM:]
