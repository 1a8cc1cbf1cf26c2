"""The telephones and hours of many offices at once, from one table: a target of the import."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import sha256
from uuid import UUID

from django.db.models import Case, CharField, QuerySet, Value, When

from chengnuo.core.messages import N_
from chengnuo.core.text3 import Text3
from chengnuo.foundation.acts import CHUNK, Act
from chengnuo.foundation.models.noun import Trace
from chengnuo.foundation.refused import Refused
from chengnuo.imports.faults import Unreadable
from chengnuo.imports.kinds import Kind, text, written
from chengnuo.imports.layout import Column, Layout, Values
from chengnuo.imports.reading.limits import Cell, Row
from chengnuo.imports.targets import Held, OfAnyOffice
from chengnuo.people.models import Office
from chengnuo.people.operations.offices import hours_of, telephone_of
from chengnuo.people.roles import Role


def _as_typed(read: Callable[[str], str]) -> Kind:
    """The same check as of what is typed on the page of one office."""

    def kind(cell: Cell) -> str:
        try:
            return read(written(cell))
        except Refused as trouble:
            raise Unreadable(trouble.said) from None

    return kind


NAME = Text3("机构名称", "機構名稱", "Name of the office")


class OfficeContacts(OfAnyOffice):
    """Answers to `imports.targets.Target`. No office is added by it: that is a decision, not a table."""

    name = "office_contacts"
    title = N_("Telephones and hours of offices")
    hint = N_("One row an office. What a row leaves empty stays as it is.")
    roles = frozenset({Role.ACCOUNT_ADMIN.value})
    unknown = N_("there is no such office here; its number stands in the table to begin with")
    is_hidden = False
    layout = Layout(
        columns=(
            Column(
                "key",
                Text3("机构编号", "機構編號", "Number of the office"),
                text(60),
                ("机构代码",),
                required=True,
                unique=True,
            ),
            Column("telephone", Text3("电话", "電話", "Telephone"), _as_typed(telephone_of), ("联系电话", "办公电话")),
            Column("hours", Text3("办公时间", "辦公時間", "Hours"), _as_typed(hours_of), ("工作时间",)),
        ),
        most=CHUNK,
    )

    def key(self, values: Values) -> str:
        return str(values["key"])

    def current(self, keys: Collection[str], _batch: UUID) -> Mapping[str, Held]:
        return {office.key: _held(office) for office in _open(keys)}

    def add(self, rows: Mapping[str, Values], _a: Act, _batch: UUID) -> Mapping[str, Held]:
        raise TypeError(f"no office is added by a table: {sorted(rows)}")

    def change(self, rows: Mapping[str, Values], a: Act, _batch: UUID) -> Mapping[str, Held]:
        found = list(_open(rows).select_for_update())
        for office in found:
            office.telephone = str(rows[office.key].get("telephone", office.telephone))
            office.hours = str(rows[office.key].get("hours", office.hours))
        # one statement, where `bulk_update` takes one for each few hundred values
        Office.objects.filter(pk__in=[office.pk for office in found]).update(
            **{name: _by_office(found, name) for name in ("telephone", "hours")}
        )
        traces: dict[UUID, Trace] = {office.pk: Trace(office=office.pk) for office in found}
        a.record_all("office", traces, {"part": "contact"})
        return {office.key: _held(office) for office in found}

    def remove(self, keys: Collection[str], _a: Act, _batch: UUID) -> None:
        raise TypeError(f"no office is taken away by a table: {sorted(keys)}")

    def template(self) -> Iterable[Row]:
        """With the name of each office, which is not read: a number alone tells nobody anything."""
        offices = Office.objects.filter(closed_on=None).order_by("key")
        key, *others = (str(column.label) for column in self.layout.columns)
        yield [key, str(NAME), *others]
        for office in offices:
            yield [office.key, str(office), office.telephone, office.hours]


def _open(keys: Collection[str] | Mapping[str, Values]) -> QuerySet[Office]:
    return Office.objects.filter(key__in=list(keys), closed_on=None)


def _by_office(offices: Iterable[Office], name: str) -> Case:
    whens = (When(pk=office.pk, then=Value(getattr(office, name))) for office in offices)
    return Case(*whens, output_field=CharField())


def _held(office: Office) -> Held:
    values: Values = {"key": office.key, "telephone": office.telephone, "hours": office.hours}
    return Held(values, sha256(json.dumps(values, sort_keys=True).encode()).hexdigest())
