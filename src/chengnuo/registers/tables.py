"""Tables of residents and of deaths: targets of the import. A row is found by the identity number, in 18 characters whatever it came in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q

from chengnuo.core.identity import born_on
from chengnuo.core.messages import N_
from chengnuo.core.text3 import Text3
from chengnuo.foundation import looks
from chengnuo.foundation.actor import Actor, Hat
from chengnuo.foundation.acts import Act
from chengnuo.foundation.gate import gate
from chengnuo.imports.days import day
from chengnuo.imports.kinds import identity
from chengnuo.imports.layout import Column, Layout, Values
from chengnuo.imports.queries import taken_in_by
from chengnuo.imports.reading.limits import Row
from chengnuo.imports.targets import Held
from chengnuo.people.models import Office
from chengnuo.people.roles import Role
from chengnuo.registers import names
from chengnuo.registers.internal.writing import Known, take_away, write
from chengnuo.registers.models import Resident, Standing
from chengnuo.registers.places import codes, village, villages
from chengnuo.registers.queries import index_of

LOOK = "a table compared with the register"
AS_BY_HAND = "resident.put_right"
MOST = 100_000
NUMBER = Column(
    "id",
    Text3("身份证号", "身份證號", "Identity number"),
    identity,
    ("公民身份号码", "身份证号码", "证件号码"),
    required=True,
    unique=True,
    secret=True,
)
NAME = Column("name", Text3("姓名", "姓名", "Name"), names.in_a_table, ("居民姓名",), required=True, secret=True)
BORN = Column("born", Text3("出生日期", "出生日期", "Born on"), day, ("出生年月日",), secret=True)
VILLAGE = Column(
    "village",
    Text3("村（居）代码", "村（居）代碼", "Code of the village"),
    village,
    ("村代码", "居住地代码"),
    required=True,
    secret=True,
)
MOVED = Column("moved", Text3("迁出日期", "遷出日期", "Moved away on"), day, ("户口迁出日期",), secret=True)
DIED = Column("died", Text3("死亡日期", "死亡日期", "Died on"), day, ("去世日期",), required=True, secret=True)


class _Of:
    """What both tables share: where a row is found, what stands there, and that each change is a row of its own."""

    roles = frozenset({Role.COUNTY_OFFICER.value})
    layout: Layout
    is_hidden = True

    def within(self, actor: Actor, hat: Hat) -> Q:
        """The office that may put an entry right by hand, and no other: a table reads and writes the whole register."""
        return gate.scope_of(actor, AS_BY_HAND, [hat])

    def takes(self, actor: Actor, hat: Hat) -> bool:
        return hat.office is not None and Office.objects.filter(self.within(actor, hat), pk=hat.office).exists()

    def key(self, values: Values) -> str:
        return str(values["id"])

    def current(self, keys: Collection[str], batch: UUID) -> Mapping[str, Held]:
        return _held(_there(keys), batch)

    def add(self, rows: Mapping[str, Values], _a: Act, batch: UUID) -> Mapping[str, Held]:
        return _written(rows, {}, batch)

    def change(self, rows: Mapping[str, Values], _a: Act, batch: UUID) -> Mapping[str, Held]:
        there = _there(rows)
        held = _held(there, batch)
        said = {number: {**held[number].values, **values} for number, values in rows.items()}
        return _written(said, there, batch)

    def remove(self, keys: Collection[str], _a: Act, batch: UUID) -> None:
        indexes = [index_of(number) for number in keys]
        brought = Resident.objects.filter(identity_index__in=indexes, batch=batch)
        take_away(list(brought.values_list("pk", flat=True)))

    def template(self) -> Iterable[Row]:
        yield [str(column.label) for column in self.layout.columns]


class Residents(_Of):
    """Answers to `imports.targets.Target`."""

    name = "residents"
    beside = frozenset({"deaths"})
    title = N_("Residents")
    hint = N_("One row a person. Columns of a household, a marriage or children are not read.")
    unknown = ""
    layout = Layout(columns=(NUMBER, NAME, BORN, VILLAGE, MOVED), most=MOST)


class Deaths(_Of):
    """Answers to `imports.targets.Target`."""

    name = "deaths"
    beside = frozenset({"residents"})
    title = N_("Deaths")
    hint = N_("One row a person who is in the register: the number, and the day.")
    unknown = N_("nobody with this number is in the register")
    layout = Layout(columns=(NUMBER, DIED), most=MOST)

    def add(self, rows: Mapping[str, Values], _a: Act, _batch: UUID) -> Mapping[str, Held]:
        raise TypeError(f"nobody is added by their death: {len(rows)} rows")


def _there(keys: Collection[str] | Mapping[str, Values]) -> dict[str, Resident]:
    """The newest row of each. What another table is bringing just now counts as there: a row based on less would undo it unseen."""
    numbers = {index_of(number): number for number in keys}
    rows = Resident.objects.filter(identity_index__in=list(numbers)).order_by("number")
    return {numbers[bytes(row.identity_index)]: row for row in rows}


def _held(there: Mapping[str, Resident], batch: UUID) -> dict[str, Held]:
    """What stands there, opened for whoever took the table in: a comparison tells them something of everybody in it."""
    if not there:
        return {}
    by = taken_in_by(batch)
    with looks.collected():
        return {number: _held_of(number, row, by) for number, row in there.items()}


def _held_of(number: str, row: Resident, by: Actor) -> Held:
    """An answer of its own for each way in which somebody is gone, so that an undo finds what stood there before."""
    gone = {Standing.MOVED: "moved", Standing.DIED: "died"}.get(Standing(row.standing))
    values: Values = {
        "id": number,
        "name": row.name.reveal(by=by, reason=LOOK),
        "born": row.born.isoformat(),
        "village": codes()[row.village_id],
        "moved": "",
        "died": "",
    }
    return Held(values | ({gone: str(row.since)} if gone else {}), str(row.pk))


def _written(rows: Mapping[str, Values], there: Mapping[str, Resident], batch: UUID) -> Mapping[str, Held]:
    known = [_known(number, values) for number, values in rows.items()]
    made = write(known, [there.get(number) for number in rows], batch=batch)
    return {number: Held(values, str(row.pk)) for (number, values), row in zip(rows.items(), made, strict=True)}


def _known(number: str, values: Values) -> Known:
    """A row that says no day of birth has the one within its number. Who died is not moved."""
    place, township = villages()[str(values["village"])]
    days = [(Standing.DIED, values.get("died")), (Standing.MOVED, values.get("moved"))]
    standing, since = next(((each, day) for each, day in days if day), (Standing.LIVING, ""))
    return Known(
        name=str(values["name"]),
        identity=number,
        born=_day(values.get("born")) or born_on(number) or date.min,
        village=place,
        township=township,
        standing=standing,
        since=_day(since),
    )


def _day(said: object) -> date | None:
    return date.fromisoformat(str(said)) if said else None
