"""The little Markdown that the pages need."""

from __future__ import annotations

from collections.abc import Iterable

MADE = "<!-- Made by `./run manage write_reference` from the code: change the code, not this page. -->"


def page(title: str, *parts: str) -> str:
    """A whole page: the mark that it is made, its title, its parts with an empty line between them."""
    return "\n\n".join([MADE, f"# {title}", *(part for part in parts if part)]) + "\n"


def section(title: str, *parts: str, level: int = 2) -> str:
    return "\n\n".join([f"{'#' * level} {title}", *(part for part in parts if part)])


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table; a cell is one line, and a bar in it stays a bar."""
    named = list(heads)
    lines = [_row(named), _row("---" for _ in named), *map(_row, rows)]
    return "\n".join(lines)


def bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def code(text: object) -> str:
    return f"`{text}`" if str(text) else ""


def spoken(name: str) -> str:
    """A name of the code as words: `village_officer` is a village officer."""
    return name.replace("_", " ")


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(" ".join(str(cell).split()).replace("|", "\\|") for cell in cells) + " |"
