"""Tables, deaths, corrections, comparisons and their undoing in any order: the register says at every step what a simple memory of it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from uuid import UUID, uuid4

import pytest
from django.db.models import Count

from chengnuo.foundation.actor import system
from chengnuo.imports.models import ImportBatch
from chengnuo.registers.models import Pair, Resident, ResidentGram
from chengnuo.registers.operations import comparing, pairing, putting_right, sweeping
from chengnuo.registers.queries import COUNTS, NEWEST, index_of
from tests.factories import county, residents
from tests.unit.registers.test_tables import CODE, DEATHS, ELSEWHERE, applied, undone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW, KEEPER, TOWNSHIP_DESK = county.MONDAY, "health-bureau.desk", f"{county.TOWNSHIP}.desk"
NUMBERS = [residents.number(order=order) for order in range(1, 7)]
Said = tuple[str, str, date | None]  # name, standing, since


@dataclass
class Memory:
    """What should stand there: by number, and who gives way to whom; `tables`: what each put in, and over what."""

    known: dict[str, Said] = field(default_factory=dict)
    gone: dict[str, UUID] = field(default_factory=dict)
    tables: list[tuple[UUID, dict[str, tuple[Said | None, Said]]]] = field(default_factory=list)

    def wrote(self, batch: ImportBatch, new: dict[str, Said]) -> None:
        self.tables.append((batch.pk, {number: (self.known.get(number), said) for number, said in new.items()}))
        self.known |= new

    def took_back(self, index: int) -> None:
        """What nobody changed since, which the caller has seen to."""
        _batch, rows = self.tables.pop(index)
        for number, (before, _said) in rows.items():
            if before is None:
                del self.known[number]
            else:
                self.known[number] = before


def takes_in(memory: Memory, chance: Random) -> None:
    chosen = chance.sample(NUMBERS, chance.randint(1, 4))
    names = {number: chance.choice("甲乙丙丁") * 2 for number in chosen}
    batch = applied([[number, name, "", chance.choice([CODE, ELSEWHERE]), ""] for number, name in names.items()])
    memory.wrote(batch, {n: (name, *memory.known.get(n, ("", "living", None))[1:]) for n, name in names.items()})


def dies(memory: Memory, chance: Random) -> None:
    if not memory.known:
        return
    number, day = chance.choice(sorted(memory.known)), date(2026, 1, chance.randint(1, 28))
    batch = applied([[number, day.isoformat()]], target="deaths", head=DEATHS)
    memory.wrote(batch, {number: (memory.known[number][0], "died", day)})


def is_put_right(memory: Memory, chance: Random) -> None:
    if not memory.known:
        return
    number = chance.choice(sorted(memory.known))
    person = Resident.objects.filter(identity_index=index_of(number)).values_list("person", flat=True)[0]
    said = {"name": "戊戊", "born": date(1956, 3, 1), "standing": "living", "since": None}
    putting_right.put_right(person=person, **said, by=county.officer(TOWNSHIP_DESK), at=NOW, key=uuid4())
    memory.known[number] = ("戊戊", "living", None)
    memory.tables = [(batch, {n: how for n, how in rows.items() if n != number}) for batch, rows in memory.tables]


def is_taken_back(memory: Memory, chance: Random) -> None:
    """The last table: of an earlier one, what a later one changed stays."""
    if memory.tables:
        batch, rows = memory.tables[-1]
        ended = undone(ImportBatch.objects.get(pk=batch))
        assert ended.stayed <= ended.rows - len(rows)
        memory.took_back(-1)


def are_joined(memory: Memory, chance: Random) -> None:
    people = sorted(Resident.objects.filter(COUNTS).values_list("person", flat=True))
    if len(people) < 2:
        return
    first, second = sorted(chance.sample(people, 2))
    pairing.keep([(second, first)], at=NOW)
    pair = Pair.objects.get(first=first, second=second)
    if pair.status == "open":
        keeps = chance.choice([first, second])
        comparing.join(pair=pair.pk, keeps=str(keeps), by=county.officer(KEEPER), at=NOW, key=uuid4())


def are_parted(_memory: Memory, chance: Random) -> None:
    pair = Pair.objects.filter(status="same").order_by("pk").first()
    if pair:
        comparing.undo(pair=pair.pk, by=county.officer(KEEPER), at=NOW, key=uuid4())


def is_swept(_memory: Memory, _chance: Random) -> None:
    sweeping.throw_away(at=NOW, limit=100)
    assert not Resident.objects.exclude(NEWEST).exists(), "nothing of the past is left"


STEPS = (takes_in, takes_in, dies, is_put_right, is_taken_back, are_joined, are_parted, is_swept)


def as_it_stands() -> dict[str, Said]:
    told = {"by": system(), "reason": "a test"}
    rows = Resident.objects.filter(NEWEST)
    return {row.identity.reveal(**told): (row.name.reveal(**told), row.standing, row.since) for row in rows}


def holds(memory: Memory) -> None:
    assert as_it_stands() == memory.known
    newest = Resident.objects.filter(NEWEST).values("identity_index").annotate(n=Count("pk"))
    assert all(each["n"] == 1 for each in newest), "a number counts once"
    gone = set(Pair.objects.filter(status="same").values_list("gives_way", flat=True))
    counting = set(Resident.objects.filter(COUNTS).values_list("person", flat=True))
    assert counting == set(Resident.objects.filter(NEWEST).values_list("person", flat=True)) - gone
    assert set(ResidentGram.objects.values_list("owner", flat=True)) == set(
        Resident.objects.values_list("pk", flat=True)
    )


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.timeout(300)
def test_the_register_says_what_was_said_last(seed):
    chance, memory = Random(seed), Memory()
    for _step in range(14):
        does = chance.choice(STEPS)
        does(memory, chance)
        holds(memory)
