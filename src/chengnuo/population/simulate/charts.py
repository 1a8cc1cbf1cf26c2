"""Bars as SVG: dark and hatched, so that they can be told apart on a grey print; each with its number beside it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.population.simulate.markup import Markup, element, joined

WIDTH, MARGIN = 480, 8
LINE, BAR, GAP = 20, 16, 14
NUMBER = 130  # room for a number at the end of a bar
DARK, HATCHED = "#333", "url(#hatch-{})"
LETTER = 8  # so wide is a letter of a legend, about
LETTERS = 60  # of a line


@dataclass(frozen=True)
class Bars:
    """A label, and for each series its number and how that is written; None where it is withheld."""

    label: str
    numbers: tuple[int | None, ...]
    written: tuple[str, ...]


@dataclass(frozen=True)
class Chart:
    """`key`: in its file's name and ids; `series`: what the first and the second bar of each label are."""

    key: str
    title: str
    says: str
    series: tuple[str, ...]
    bars: tuple[Bars, ...]


def svg(chart: Chart) -> Markup:
    """A picture of its own. Bars below nought go to the left of the line in the middle."""
    y = top = LINE * 2 if chart.series[1:] else MARGIN
    zero, scale = _scale([number for bars in chart.bars for number in bars.numbers if number is not None])
    rows = []
    for bars in chart.bars:
        rows.append(_group(bars, chart.key, y, zero, scale))
        y += LINE * len(_wrapped(bars.label)) + len(chart.series) * (BAR + 2) + GAP
    return element(
        "svg",
        element("title", chart.title, id=f"{chart.key}-title"),
        element("desc", chart.says, id=f"{chart.key}-says"),
        _hatch(chart.key),
        *(_legend(chart) if chart.series[1:] else ()),
        *rows,
        element("line", x1=zero, x2=zero, y1=top, y2=y, stroke="#333"),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {y + MARGIN}",
        role="img",
        aria_labelledby=f"{chart.key}-title {chart.key}-says",
        font_family="sans-serif",
        font_size=14,
        fill="#000",
    )


def _scale(numbers: Sequence[int]) -> tuple[int, float]:
    """Where nought is, and how long one is."""
    low, high = min([0, *numbers]), max([0, *numbers])
    room = WIDTH - 2 * MARGIN - NUMBER * (2 if low < 0 else 1)
    scale = room / max(high - low, 1)
    return MARGIN + (NUMBER if low < 0 else 0) + round(-low * scale), scale


def _group(bars: Bars, key: str, y: int, zero: int, scale: float) -> Markup:
    label = _wrapped(bars.label)
    parts = [element("text", line, x=MARGIN, y=y + (row + 1) * LINE - 6) for row, line in enumerate(label)]
    for number, (value, written) in enumerate(zip(bars.numbers, bars.written, strict=True)):
        top, length = y + LINE * len(label) + number * (BAR + 2), round(abs(value or 0) * scale)
        below = (value or 0) < 0
        parts.append(
            element(
                "rect",
                x=zero - length if below else zero,
                y=top,
                width=length,
                height=BAR,
                fill=_fill(number, key),
                stroke="#333",
            )
        )
        end = zero - length - 6 if below else zero + length + 6
        parts.append(element("text", written, x=end, y=top + BAR - 3, text_anchor="end" if below else "start"))
    return joined(*parts)


def _wrapped(label: str) -> list[str]:
    """In lines that fit: a Chinese character is as wide as two letters."""
    return textwrap.wrap(label, LETTERS if label.isascii() else LETTERS // 2) or [""]


def _legend(chart: Chart) -> list[Markup]:
    parts, x = [], MARGIN
    for number, name in enumerate(chart.series):
        parts += [
            element("rect", x=x, y=MARGIN, width=BAR, height=BAR, fill=_fill(number, chart.key), stroke="#333"),
            element("text", name, x=x + BAR + 6, y=MARGIN + BAR - 3),
        ]
        x += BAR + 30 + LETTER * sum(1 if letter.isascii() else 2 for letter in name)
    return parts


def _fill(number: int, key: str) -> str:
    return HATCHED.format(key) if number else DARK


def _hatch(key: str) -> Markup:
    line = element("path", d="M0 6L6 0", stroke="#333", stroke_width=1)
    pattern = element("pattern", line, id=f"hatch-{key}", width=6, height=6, patternUnits="userSpaceOnUse")
    return element("defs", pattern)
