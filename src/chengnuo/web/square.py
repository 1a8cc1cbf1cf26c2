"""An address as a QR code, drawn once for pages and papers alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import segno

QUIET = 2  # light modules on each side


@dataclass(frozen=True)
class Square:
    """`size` of its side in modules, the quiet ones included; `path` of the dark ones, as SVG draws it."""

    size: int
    path: str

    @property
    def svg(self) -> str:
        """As a picture of its own."""
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.size} {self.size}"><path d="{self.path}"/></svg>'


@lru_cache(maxsize=128)
def square_of(address: str) -> Square:
    rows = segno.make(address, micro=False).matrix
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows, QUIET) for x, module in enumerate(row, QUIET) if module)
    return Square(len(rows) + 2 * QUIET, "".join(dark))
