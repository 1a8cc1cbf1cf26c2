"""Figures as files: CSV for a spreadsheet, JSON for a program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse, JsonResponse

# what a spreadsheet would take for a formula
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(text: str) -> str:
    """Text for a spreadsheet's cell: never a formula, whatever somebody once named an office."""
    return f"'{text}" if text.startswith(FORMULAS) else text


def csv_of(
    notes: Iterable[str], columns: Sequence[str], rows: Iterable[Sequence[str | int]], *, name: str
) -> HttpResponse:
    """Comment lines first, then one line a row. With a mark by which Excel reads UTF-8."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerows([cell(f"# {note}")] for note in notes)
    lines.writerow(columns)
    lines.writerows([cell(each) if isinstance(each, str) else each for each in row] for row in rows)
    content = "\ufeff" + text.getvalue()
    return _named(HttpResponse(content, content_type="text/csv; charset=utf-8"), f"{name}.csv")


def json_of(said: Mapping[str, Any], *, name: str) -> HttpResponse:
    return _named(JsonResponse(dict(said), json_dumps_params={"ensure_ascii": False, "indent": 1}), f"{name}.json")


def _named(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="chengnuo-{name}"'
    return response
