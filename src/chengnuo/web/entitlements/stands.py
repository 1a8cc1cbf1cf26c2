"""Where a programme is in force, and since when, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chengnuo.core.rules import Programme
from chengnuo.core.rules.parameters import Row
from chengnuo.policies.law_places import law_places
from chengnuo.policies.loader import parameters


def in_force_on(day: date, programme: type[Programme]) -> tuple[Row, ...]:
    """The rows with which it stands on this day, one a place; without the places where it has ended."""
    begun = {row.place: row for row in parameters().history(programme.stands) if row.begins <= day}
    return tuple(row for row in begun.values() if row.value is not None)


def spans(rows: tuple[Row, ...]) -> Iterator[str]:
    """Where it is in force, and from when to when: an amount that changes is no end."""
    for place in dict.fromkeys(row.place for row in rows):
        begun: Row | None = None
        for row in (each for each in rows if each.place == place):
            if row.value is None and begun is not None:
                yield _span(begun, row)
            begun = None if row.value is None else begun or row
        if begun is not None:
            yield _span(begun, None)


def _span(first: Row, end: Row | None) -> str:
    where = str(law_places()[first.place]) if first.place else _("everywhere in China")
    said = {"where": where, "first": date_format(first.begins, "DATE_FORMAT")}
    if end is None:
        return _("%(where)s, from %(first)s") % said
    last = date_format(end.begins - timedelta(days=1), "DATE_FORMAT")
    return _("%(where)s, %(first)s to %(last)s") % (said | {"last": last})
