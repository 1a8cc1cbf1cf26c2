"""Names as they are kept. 超生 is a name like others: a short name is never taken for a remark, and whatever is longer is checked for one."""

from __future__ import annotations

from chengnuo.foundation.plain import plain
from chengnuo.imports.kinds import text, written
from chengnuo.imports.reading.limits import Cell

SHORT = 3  # signs: too few for a name with a remark
_longer = text(40)


def in_a_table(cell: Cell) -> str:
    """A kind of column. Raises Unreadable."""
    said = written(cell)
    return said if len(said) <= SHORT else str(_longer(cell))


def typed(name: str) -> str:
    """Raises NotForTheRecord."""
    said = name.strip()
    return said if len(said) <= SHORT else plain(said)
