"""Printed papers: a typst template and plain data become one PDF/A file, the same everywhere.

What a person typed reaches the template as JSON alone and is never read as markup.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

# archival (PDF/A-2a) and readable by a screen reader (PDF/UA-1)
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
FONTS = "fonts"
# a compiler is not for two threads at once; a paper takes some milliseconds
_one_at_a_time = Lock()


def pdf(template: Path, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The paper that the template makes of `data`, which it reads from `sys.inputs.data`; dated `at`.

    Fonts are taken from the folder `fonts` beside the template, and rare characters from the machine's own fonts.
    """
    with _one_at_a_time:
        made = _compiler(template.parent).compile(
            input=template,
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=STANDARDS,
            timestamp=at.replace(microsecond=0),  # PDF dates are whole seconds
        )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


@cache
def _compiler(folder: Path) -> typst.Compiler:
    """One for each folder of templates: finding the fonts takes longer than a paper."""
    fonts = typst.Fonts(include_embedded_fonts=False, font_paths=[folder / FONTS])
    return typst.Compiler(root=folder, font_paths=fonts)
