"""A program of its own: reads one file from its input and writes what stands in it, a line of JSON for each sheet and row.

It has no secret and no database: whoever takes it over through a crafted file holds a process that may write no file and
has seconds to live. It ends with 0, or with 3 and the code of what stands in the way.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
from collections.abc import Iterator
from itertools import chain

from chengnuo.imports.reading.limits import MOST_CELLS, MOST_SAID, Row, Unfit
from chengnuo.imports.reading.text import rows_in
from chengnuo.imports.reading.workbook import sheets_in

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
NO_TABLES = (b"<", b"%PDF", b"{\\rtf", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"Rar!", b"7z\xbc")
REFUSED = 3


def main(memory: int, seconds: int) -> int:
    for name, limit in {"AS": memory, "CPU": seconds, "FSIZE": 0, "CORE": 0}.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))
    try:
        said = list(_said(sys.stdin.buffer.read()))
    except BaseException as trouble:  # noqa: BLE001  # a broken file raises whatever it likes, a panic of the reader too
        sys.stdout.write(_code(trouble))
        return REFUSED
    sys.stdout.buffer.writelines(said)
    return 0


def _said(content: bytes) -> Iterator[bytes]:
    """Lines of JSON: ["xlsx" or "csv", its name] before the rows of each sheet."""
    size = cells = 0
    for head, rows in _sheets(content):
        for said in chain([head], rows):
            line = json.dumps(said, ensure_ascii=False).encode() + b"\n"
            size, cells = size + len(line), cells + len(said)
            if size > MOST_SAID or cells > MOST_CELLS:
                raise Unfit("rows-many")
            yield line


def _sheets(content: bytes) -> Iterator[tuple[dict[str, str], Iterator[Row]]]:
    if content.startswith(OLE):
        raise Unfit("old")
    if content.startswith(ZIP):
        yield from (({"kind": "xlsx", "name": name}, rows) for name, rows in sheets_in(content))
    elif content.lstrip().startswith(NO_TABLES):
        raise Unfit("kind")
    else:
        yield {"kind": "csv", "name": ""}, rows_in(content)


def _code(trouble: BaseException) -> str:
    match trouble:
        case Unfit():
            return str(trouble)
        case MemoryError():
            return "memory"
        case csv.Error():
            return "cell"
        case _:
            return "broken"
