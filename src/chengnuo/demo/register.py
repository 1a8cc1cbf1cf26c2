"""The register of the demo: two tables come in through the gate of the imports, two people stand there twice, and records are checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from chengnuo.demo.county import key_of
from chengnuo.demo.neighbours import Neighbour, alike, neighbours, the_retired
from chengnuo.demo.stage import Story
from chengnuo.demo.support import BUREAU, Support
from chengnuo.imports.operations import applying, onward
from chengnuo.imports.operations.stage import stage
from chengnuo.people.models import Place
from chengnuo.registers.models import Resident
from chengnuo.registers.operations import checking, pairing
from chengnuo.registers.places import codes
from chengnuo.registers.queries import COUNTS, index_of

DIED = "2026-11-05"
RESIDENTS, DEATHS = "身份证号,姓名,出生日期,村（居）代码", "身份证号,死亡日期"


@dataclass
class Register(Support):
    """`villages` are those in which everybody lives, in the order in which they are counted."""

    villages: Sequence[Place] = ()

    def taken_in(self) -> Story:
        """Everybody who lives there; some weeks later that one of them has died, and what does not fit is found."""
        yield self.office(1)
        yield from self._table("residents", RESIDENTS, map(self._row, neighbours()))
        yield self.office(1)
        # the program that finds them is not installed with a server; a test says that it finds these and no others
        pairing.keep([(person(one), person(other)) for one, other in alike()], at=self.at)
        yield self.office(5)
        yield from self._table("deaths", DEATHS, [f"{the_retired()[0].number},{DIED}"])
        yield self.office(1)
        checking.check_all(at=self.at)

    def _table(self, target: str, heads: str, rows: Iterable[str]) -> Story:
        """Rehearsed, looked at, and put in at one stroke."""
        content, keeper = "\n".join([heads, *rows]).encode(), self.desk(BUREAU)
        table = stage(target=target, content=content, **self.by(keeper))
        onward.go_on_with(table.pk, at=self.at)
        yield self.office(0)
        applying.apply(batch=table.pk, **self.by(keeper))
        onward.go_on_with(table.pk, at=self.at)

    def _row(self, each: Neighbour) -> str:
        return f"{each.number},{each.name},{each.birthday},{codes()[self.villages[each.village].pk]}"

    def key(self, step: int) -> UUID:
        return key_of("register", self.village.order, step)


def person(each: Neighbour) -> UUID:
    """Whose entry it is, as the register knows them."""
    return Resident.objects.get(COUNTS, identity_index=index_of(each.number)).person
