"""Writes HTML and SVG as text in which nothing that is said can become an element."""

from __future__ import annotations

from html import escape

EMPTY = frozenset({"meta", "line", "rect", "path"})


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def element(tag: str, /, *inside: object, **attributes: object) -> Markup:
    """`aria_label` becomes aria-label, `class_` class; an attribute that is None is left out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if tag in EMPTY and not inside:
        return Markup(f"<{tag}{said}/>")
    return Markup(f"<{tag}{said}>{''.join(map(markup, inside))}</{tag}>")


def markup(said: object) -> Markup:
    return said if isinstance(said, Markup) else Markup(escape(str(said)))


def joined(*parts: object) -> Markup:
    return Markup("".join(map(markup, parts)))
