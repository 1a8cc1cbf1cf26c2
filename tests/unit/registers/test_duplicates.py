"""The whole register looked through for people who stand in it twice: whom it finds, whom it leaves apart, and that it leaves no trace."""

from __future__ import annotations

import logging
import tempfile
from datetime import date
from random import Random
from uuid import UUID, uuid4

import pytest

from chengnuo.core.identity import check_digit
from chengnuo.foundation.models import LogEntry, Look
from chengnuo.registers import duplicates
from chengnuo.registers.linkage import Entry, alike
from chengnuo.registers.models import Pair, Resident
from chengnuo.registers.operations import comparing, pairing
from tests.factories import county, residents
from tests.unit.registers.test_tables import ordered, row

NOW, DESK = county.MONDAY, "health-bureau.desk"
database = pytest.mark.django_db
FAMILY, GIVEN = "王李张刘陈杨黄赵周吴徐孙", "建国秀英桂兰丽华志强小红玉梅海燕文军"


def number(born, order, area="420526"):
    body = f"{area}{born.replace('-', '')}{order:03}"
    return body + check_digit(body)


def people(count, seed):
    """So many who have nothing to do with each other: no two of one birth and village."""
    chance = Random(seed)
    for at in range(count):
        born = f"{chance.randint(1935, 2005)}-{at % 12 + 1:02}-{chance.randint(1, 28):02}"
        name = chance.choice(FAMILY) + "".join(chance.sample(GIVEN, 2))
        yield Entry(f"p{at}", name, number(born, at % 1000), born, f"v{at % 30}", f"t{at % 3}")


def again(of, key, **other):
    told = {"unique_id": key, "name": of.name, "number": of.number, "born": of.born}
    return Entry(**told | {"village": of.village, "township": of.township} | other)


def planted(of, key):
    """The same person once more, wrong in one of the ways in which a clerk errs."""
    order = int(of.number[14:17])
    mistyped = number(of.born, order - order % 10 + (order + 5) % 10, of.number[:6])
    slips = {
        "one digit of the order": {"number": mistyped},
        "another area": {"number": number(of.born, order, "420581"), "village": "v-new", "township": "t-new"},
        "one sign of the name too": {"number": mistyped, "name": of.name[:-1] + "岚"},
        "another village": {"number": number(of.born, order, "420502"), "village": "v-new"},
    }
    return {slip: again(of, f"{key} {slip}", **other) for slip, other in slips.items()}


@pytest.mark.parametrize("seed", [1, 2])
def test_every_slip_that_was_planted_is_found_and_none_of_those_unlike_is_brought_together(seed):
    unlike = list(people(400, seed))
    made = {(of.unique_id, slip): each for of in unlike[:40] for slip, each in [pick(of, Random(of.unique_id))]}
    wanted = {tuple(sorted((of, each.unique_id))) for (of, _slip), each in made.items()}
    assert {slip for _of, slip in made} == set(planted(unlike[0], "x"))
    entries = [*unlike, *made.values()]
    Random(seed).shuffle(entries)
    found = [tuple(sorted(two)) for two in alike(entries)]
    assert set(found) == wanted
    assert len(found) == len(wanted), "each two once, and nobody with themselves"


def pick(of, chance):
    return chance.choice(sorted(planted(of, of.unique_id).items()))


def test_a_family_and_namesakes_who_share_much_stay_apart():
    born = "1971-04-09"
    mother = Entry("mother", "王秀英", number(born, 120), born, "v1", "t1")
    others = [
        again(mother, "daughter", number=number("1995-04-09", 120), born="1995-04-09", name="李秀英"),
        again(mother, "twin", number=number(born, 128), name="王桂兰"),
        again(mother, "namesake far off", number=number("1971-11-30", 348, "420502"), born="1971-11-30", village="v9"),
        again(mother, "born that day", number=number(born, 777), name="陈志强"),
        again(mother, "the same order", number=number("1944-12-24", 120), born="1944-12-24", name="黄文军"),
    ]
    assert list(alike([mother, *others])) == []


def test_what_breaks_off_while_it_is_read_tells_so_and_the_next_run_begins_anew():
    def broken():
        yield from people(3, 1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(alike(broken()))
    assert list(alike(people(3, 1))) == []


# the register


def twice(order=12, other=17, name="王桂兰"):
    return [residents.living(residents.number("19560301", each), name).person for each in (order, other)]


def two(pair):
    return {pair.first, pair.second}


@database
def test_nothing_of_anybody_is_written_to_a_disk_a_line_or_the_log(monday, monkeypatch, tmp_path, settings, caplog):
    settings.VAR = tmp_path
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    caplog.set_level(logging.DEBUG)
    before = list(tmp_path.rglob("*"))
    people = twice()
    assert duplicates.find(at=NOW) == 1
    assert list(tmp_path.rglob("*")) == before
    kept = str(list(LogEntry.objects.filter(schema="pair.find/1").values()))
    for said in ("王桂兰", residents.number("19560301", 12), residents.number("19560301", 17)):
        assert said not in caplog.text
        assert said not in kept
    assert not Look.objects.exists()
    assert two(Pair.objects.get()) == set(people)


@database
def test_who_counts_no_longer_is_not_compared_and_is_again_once_that_is_taken_back(monday):
    people = twice()
    duplicates.find(at=NOW)
    said = {"by": county.officer(DESK), "at": NOW}
    pair = comparing.join(pair=Pair.objects.get().pk, keeps=str(people[0]), **said, key=uuid4())
    assert {UUID(each.unique_id) for each in duplicates.opened()} == {people[0]}
    third = residents.living(residents.number("19560301", 13), "王桂兰").person
    assert duplicates.find(at=NOW) == 1
    assert two(Pair.objects.get(status="open")) == {people[0], third}
    comparing.undo(pair=pair.pk, **said, key=uuid4())
    assert duplicates.find(at=NOW) == 1, "the third and the one who counts again"
    assert Pair.objects.count() == 3
    assert duplicates.find(at=NOW) == 0


@database
def test_two_who_were_told_apart_are_never_brought_again_even_after_a_correction(monday):
    _one, other = twice()
    duplicates.find(at=NOW)
    told = {"by": county.officer(DESK), "at": NOW, "key": uuid4()}
    comparing.part(pair=Pair.objects.get().pk, **told)
    row = Resident.objects.get(person=other)
    residents.changed(row, residents.number("19560301", 17), name="王桂兰", born=date(1956, 3, 2))
    assert duplicates.find(at=NOW) == 0
    assert Pair.objects.get().status == "apart"


@database
def test_the_dead_and_those_who_moved_are_compared_by_what_stands_there_now(monday):
    first = residents.living(residents.number("19560301", 12), "李建国")
    gone = {"standing": "died", "since": date(2026, 2, 1)}
    residents.living(residents.number("19560301", 17), "王桂兰", **gone)
    assert duplicates.find(at=NOW) == 0
    residents.changed(first, residents.number("19560301", 12), name="王桂兰")
    entries = {each.unique_id: each for each in duplicates.opened()}
    assert len(entries) == 2, "a person is one entry, however often they were changed"
    assert entries[str(first.person)].name == "王桂兰"
    assert duplicates.find(at=NOW) == 1


@database
def test_a_table_that_is_not_in_yet_is_not_looked_through(monday):
    twice()
    ordered([row(1, name="王桂芝")])
    assert len(list(duplicates.opened())) == 2


@database
def test_the_register_is_opened_in_pages_and_nobody_is_missed_or_read_twice(monday, monkeypatch):
    monkeypatch.setattr("chengnuo.registers.queries.PAGE", 3)
    people = [residents.living(residents.number(order=order)).person for order in range(1, 8)]
    assert sorted(each.unique_id for each in duplicates.opened()) == sorted(map(str, people))


@database
def test_where_nobody_keeps_the_register_nothing_is_kept_and_more_pairs_than_one_act_takes_come_in_parts(
    monday, monkeypatch
):
    pairs = [(UUID(int=1), UUID(int=at)) for at in range(2, 2 + pairing.MANY + 1)]
    assert pairing.keep([*pairs, *pairs], at=NOW) == pairing.MANY + 1
    assert LogEntry.objects.filter(schema="pair.find/1").count() == pairing.MANY + 1
    monkeypatch.setattr(pairing, "keepers", lambda: None)
    assert pairing.keep([(UUID(int=900), UUID(int=901))], at=NOW) == 0
    assert Pair.objects.count() == pairing.MANY + 1
