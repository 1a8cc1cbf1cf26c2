"""A version of a promise as its form sends it back."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from chengnuo.promises.models import PromiseVersion
from chengnuo.web.county.draft_fields import LimitWidget
from chengnuo.web.county.draft_form import Drafting
from chengnuo.web.fields import in_yuan

MONEY = ("fee_fen", "county_fen_a_year")


def sent(version: PromiseVersion, **changes: Any) -> dict[str, Any]:
    """Every field of the form with what the version says, and these changes."""
    form = Drafting.of(version, begins=version.begins)
    said = {name: form.initial.get(name) for name in form.fields if name != "begins"}
    said |= {name: in_yuan(said[name]) for name in MONEY if said.get(name) is not None}
    day = version.begins
    said |= {"begins_year": day.year, "begins_month": day.month, "begins_day": day.day}
    for lines, held in ((form.needs, version.needs), (form.basis, version.basis)):
        said[f"{lines.prefix}-count"] = str(len(held))
        for number in range(len(held)):
            line = lines.forms[number]
            said |= {line.add_prefix(name): line.initial.get(name, "") for name in line.fields}
    said |= limit(str(changes.pop("deadline", said.pop("deadline", None)) or ""))
    said.pop("deadline", None)
    return {name: "" if value is None else value for name, value in said.items()} | {"stamp": form.stamp} | changes


def limit(rule: str) -> dict[str, Any]:
    """The parts of a time limit as its fields; what is no rule is a kind that there is not."""
    parts = LimitWidget().decompress(rule) if not rule or "(" in rule or rule == "at_once" else [rule, None, None, None]
    names = ("kind", "days", "month", "day")
    return {f"deadline_{name}": "" if part is None else part for name, part in zip(names, parts, strict=True)}


def typed(version: PromiseVersion, **changes: Any) -> QueryDict:
    """The same as a browser's own data."""
    query = QueryDict(mutable=True)
    for name, value in sent(version, **changes).items():
        query.setlist(name, list(map(str, value)) if isinstance(value, list) else [str(value)])
    return query
