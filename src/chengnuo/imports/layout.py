"""What a table must look like, as data: its columns, their names in the wild, and what each may hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from chengnuo.core.text3 import Text3
from chengnuo.imports.kinds import Kind, Value, plainly

Values = dict[str, Value]


@dataclass(frozen=True)
class Column:
    """`label` is its usual name, shown to people and, in each of the three scripts, taken as a header, as `variants` are, its other names. An empty cell says
    nothing, unless the column is `required`; of a `unique` one no two rows may say the same; a `secret` one is shown on no page.
    """

    name: str
    label: Text3
    kind: Kind
    variants: tuple[str, ...] = ()
    required: bool = False
    unique: bool = False
    secret: bool = False

    @property
    def headers(self) -> frozenset[str]:
        """Every header that means this column, as `plainly` writes it."""
        names = (self.label.hans, self.label.hant, self.label.en, *self.variants)
        return frozenset(map(plainly, names))


@dataclass(frozen=True)
class Layout:
    """`most` is the greatest number of rows. Raises ValueError when two columns answer to one header."""

    columns: tuple[Column, ...]
    most: int
    by_header: dict[str, Column] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        named = [(header, column) for column in self.columns for header in column.headers]
        if len({header for header, _column in named}) != len(named):
            raise ValueError("two columns of a layout answer to the same header")
        object.__setattr__(self, "by_header", dict(named))

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)
