"""The register at its boundaries: whom a search finds, how much a month tells, which day a row goes, what two tables and a hand leave."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from random import Random
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.text3 import Text3
from chengnuo.foundation.actor import system
from chengnuo.foundation.models import LogEntry, Look
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused
from chengnuo.imports.operations import onward
from chengnuo.policies.loader import parameters
from chengnuo.registers import figures, queries
from chengnuo.registers.figures import Wrong
from chengnuo.registers.models import Finding, Pair, Resident
from chengnuo.registers.operations import checking, comparing, mending, pairing, putting_right, sweeping
from chengnuo.registers.operations.comparing import GaveWay, NotOfThePair
from chengnuo.registers.operations.putting_right import DaysDoNotFit
from tests.factories import county, money, residents
from tests.unit.registers.test_tables import CODE, DEATHS, ELSEWHERE, applied, ordered, rehearsed, row, undone

NOW, TODAY, DAY, DESK = county.MONDAY, county.MONDAY.date(), timedelta(days=1), "health-bureau.desk"
TOWNSHIP_DESK = f"{county.TOWNSHIP}.desk"
BORN = date(1956, 3, 1)
database = pytest.mark.django_db


def said(post=DESK):
    return {"by": county.officer(post), "at": NOW, "key": uuid4()}


def sought(words, post=DESK, **more):
    return queries.sought(county.officer(post), words, **more)


def newest(order=1):
    return Resident.objects.get(queries.NEWEST, identity_index=queries.index_of(residents.number(order=order)))


def correct(person, **other):
    told = {"name": "欧阳桂兰", "born": BORN, "standing": "living", "since": None} | other
    return putting_right.put_right(person=person, **told, **said(TOWNSHIP_DESK))


@database
def test_a_search_finds_who_counts_by_what_stands_there_now(monday):
    first = residents.living(residents.number(order=1), "欧阳桂兰")
    residents.changed(first, residents.number(order=1), name="司马桂兰", standing="died", since=TODAY)
    assert (sought("欧阳"), sought("司马")) == (0, first.person), "by no former name, and the dead too"
    other = residents.living(residents.number(order=2), "司马桂兰")
    residents.living(residents.number(order=3), "司马桂兰", born=BORN + DAY)
    # two or three: no answer tells how many
    assert (sought("司马"), sought("桂兰", born=BORN), sought("桂兰", born=BORN + 2 * DAY)) == (2, 2, 0)
    pairing.keep([(first.person, other.person)], at=NOW)
    comparing.join(pair=Pair.objects.get().pk, keeps=str(other.person), **said())
    assert sought("桂兰", born=BORN) == other.person
    number = residents.number(order=2)
    for written in (number, number.lower(), f" {number[:6]} {number[6:14]} {number[14:]} "):
        assert sought(written) == other.person, written
    wrong = number[:-1] + ("1" if number[-1] == "0" else "0")
    assert [sought(words) for words in (wrong, number[:17], number + "0", "司", "%", "__", "。。")] == [0] * 7


@database
def test_one_more_search_than_a_day_has_is_refused_and_one_that_was_kept_already_counts_once(monkeypatch, monday):
    assert 1 < parameters().whole("registers.searches_a_day", TODAY) <= 200
    monkeypatch.setattr(queries, "parameters", lambda: SimpleNamespace(whole=lambda *_said: 3))
    person = residents.living(residents.number()).person
    for _again in range(4):
        assert sought("桂兰") == person
    assert sought("桂兰", born=BORN) == person, "a day of birth makes it another search"
    assert sought("王一") == 0
    with pytest.raises(queries.TooManySearches):
        sought("桂兰")
    rows = Look.objects.filter(label=queries.SOUGHT)
    assert (rows.count(), set(rows.values_list("reason", flat=True))) == (3, {queries.SEARCH})
    assert not [each for each in rows.values_list("row", flat=True) if "1956" in each or str(person) in each]
    monday.move(DAY)
    assert sought("桂兰") == person


@database
def test_of_an_age_is_who_was_born_within_the_days_lives_here_and_counts(monday):
    first, last = date(1956, 3, 1), date(1956, 3, 31)
    inside = {residents.living(residents.number(f"{day:%Y%m%d}")).person for day in (first, last)}
    for day in (first - DAY, last + DAY):
        residents.living(residents.number(f"{day:%Y%m%d}"))
    gone = [
        residents.living(residents.number(order=of), standing=how, since=TODAY)
        for of, how in ((8, "died"), (9, "moved"))
    ]
    found, after = set(), None
    while one := queries.of_age(system(), first=first, last=last, after=after):
        after = one.person
        found.add(after)
    assert found == inside
    dead = list(queries.each_dead(system(), reason="a test"))
    assert dead == [(gone[0].pk, residents.number(order=8))], "who moved is not dead"
    for post in (DESK, TOWNSHIP_DESK):
        assert list(queries.each_dead(county.officer(post), reason="a test")) == []


@database
def test_days_that_an_officer_writes_may_meet_at_either_end_and_a_key_writes_one_row(monday):
    person = residents.living(residents.number()).person
    for number, (standing, since) in enumerate(
        (("died", BORN), ("moved", TODAY), ("living", None), ("died", TODAY)), 2
    ):
        made = correct(person, standing=standing, since=since)
        assert (made.number, made.standing, made.since) == (number, standing, since)
    for wrong in ({"standing": "died", "since": BORN - DAY}, {"standing": "moved", "since": TODAY + DAY}):
        with pytest.raises(DaysDoNotFit):
            correct(person, **wrong)
    assert correct(person, born=TODAY).born == TODAY
    told = {"person": person, "name": "王桂兰", "born": BORN, "standing": "living", "since": None} | said(TOWNSHIP_DESK)
    putting_right.put_right(**told)
    with pytest.raises(AlreadyReceived):
        putting_right.put_right(**told)
    assert newest().number == Resident.objects.filter(person=person).count() == 7
    entries = LogEntry.objects.filter(schema="resident.put_right/1")
    assert {each.ref_id for each in entries} == {str(person)}, "the person, and no row"
    assert not [each for each in entries if "桂兰" in f"{each.private}{each.public}" or "1956" in f"{each.public}"]


@database
def test_who_is_gone_for_five_years_to_the_day_stays_and_nothing_hidden_is_swept(monday):
    for of, since in ((2, date(2021, 3, 2)), (3, date(2021, 3, 1))):
        residents.living(residents.number(order=of), standing="moved", since=since)
    residents.living(residents.number(order=1), name="旧名字")
    ordered([row(order, name="新名字") for order in (1, *range(10, 520))])
    onward.go_on(at=NOW, limit=1)
    before = Resident.objects.count()
    assert sweeping.throw_away(at=NOW, limit=100) == 1, "who was gone a day longer"
    assert Resident.objects.count() == before - 1
    assert newest(2).since == date(2021, 3, 2)
    assert newest().name.reveal(by=system(), reason="a test") == "旧名字", "of what is not in, nothing replaces yet"
    onward.go_on(at=NOW, limit=5)
    assert newest().name.reveal(by=system(), reason="a test") == "新名字"
    assert sweeping.throw_away(at=NOW, limit=100) == 1


@database
def test_an_undo_leaves_whatever_a_hand_or_another_table_changed_since(monday):
    batch = applied([row(order) for order in (1, 2, 3, 4)])
    died = [residents.number(order=2), "2026-02-03"]
    deaths = applied([died], target="deaths", head=DEATHS)
    correct(newest(3).person, name="司马桂兰")
    again = rehearsed([died], target="deaths", head=DEATHS)
    assert (again.sames, again.changes) == (1, 0), "the same death once more is none"
    applied([row(4, village=ELSEWHERE)])
    assert undone(batch).stayed == 3
    found = {newest(order).standing for order in (2, 3, 4)}
    assert (found, newest(4).village_id) == ({"died", "living"}, county.village(ELSEWHERE).pk)
    assert not Resident.objects.filter(identity_index=queries.index_of(residents.number(order=1))).exists()
    assert undone(deaths).stayed == 0
    assert (newest(2).standing, newest(2).since) == ("living", None), "the later table is taken back by itself"


@database
def test_an_empty_cell_says_nothing_and_no_table_of_residents_raises_the_dead(monday):
    applied([row(1, moved="2025-12-01"), row(2)])
    applied([[residents.number(order=2), "2026-02-03"]], target="deaths", head=DEATHS)
    applied([row(1, name="司马桂兰"), row(2, name="司马桂芝", moved="2026-02-20")])
    assert (newest(1).standing, newest(1).since) == ("moved", date(2025, 12, 1))
    assert (newest(2).standing, newest(2).since) == ("died", date(2026, 2, 3))
    refused = rehearsed([[residents.number(order=1), name, "", CODE, ""] for name in ("", " ")])
    assert (refused.refusals, refused.changes) == (2, 0), "a name is never made empty"


@given(st.lists(st.one_of(st.none(), st.integers(0, 50)), min_size=1, max_size=6), st.integers(0, 10_000))
def test_a_rate_is_told_only_of_a_count_that_is_told(mended, held):
    office = Wrong(Text3("甲", "甲", "A"), tuple(mended), held)
    for month, count in enumerate(mended):
        rate = office.per_thousand(month)
        assert (rate is None) == (count is None or held == 0)
        assert rate is None or abs(rate - count * 1000 / held) <= 0.051


@database
def test_a_month_is_counted_from_its_first_day_to_its_last_and_a_few_are_left_out(monday):
    least = parameters().whole("limits.small_cell", TODAY)
    for order in range(least + 1):
        residents.living(residents.number(order=order), born=BORN + DAY)
    checking.check_all(at=NOW)
    right, *pks = Finding.objects.values_list("pk", flat=True)
    mending.keep(finding=right, words="户口簿上就是这一天", **said(TOWNSHIP_DESK))
    for pk in pks:
        mending.mend(finding=pk, **said(TOWNSHIP_DESK))
    today, rows = date(2026, 9, 1), Finding.objects.all()
    for ended, month in ((date(2026, 8, 31), 5), (date(2026, 8, 1), 5), (date(2026, 7, 31), 4), (date(2026, 3, 1), 0)):
        rows.update(ended_on=ended)
        _days, (found,) = figures.wrong(county.officer(DESK), today=today)
        assert found.mended == tuple(least if each == month else 0 for each in range(6)), ended
    for outside in (date(2026, 9, 1), date(2026, 2, 28)):
        rows.update(ended_on=outside)
        assert figures.wrong(county.officer(DESK), today=today)[1] == [], outside
    rows.update(ended_on=date(2026, 8, 31))
    rows.filter(pk=pks[0]).update(ended_on=date(2026, 2, 28))
    _days, (found,) = figures.wrong(county.officer(DESK), today=today)
    assert (found.mended[5], found.per_thousand(5)) == (None, None), "one less than may be shown"


@database
def test_of_two_that_are_decided_twice_the_second_is_told_so(monday):
    first, second = sorted(residents.living(residents.number(order=of)).person for of in (1, 2))
    assert pairing.keep([(second, first), (first, second)], at=NOW) == 1, "one pair, whichever comes first"
    (pair,), told = Pair.objects.all(), said()
    with pytest.raises(MoveRefused):
        comparing.undo(pair=pair.pk, **said())
    for keeps in ("", str(pair.pk), str(first).upper(), str(first)[:-1]):
        with pytest.raises(NotOfThePair):
            comparing.join(pair=pair.pk, keeps=keeps, **said())
    comparing.part(pair=pair.pk, **told)
    with pytest.raises(AlreadyReceived):
        comparing.part(pair=pair.pk, **told)
    with pytest.raises(MoveRefused):
        comparing.join(pair=pair.pk, keeps=str(first), **said())
    comparing.undo(pair=pair.pk, **said())
    with pytest.raises(MoveRefused):
        comparing.undo(pair=pair.pk, **said())
    found = Pair.objects.get()
    assert (found.status, found.gives_way, found.decided_by) == ("open", None, None)


def end_of(gives_way, person):
    """Who counts for them at last; None where it never ends."""
    seen = {person}
    while person in gives_way:
        person = min(gives_way[person])
        if person in seen:
            return None
        seen.add(person)
    return person


@database
@pytest.mark.parametrize("seed", [5, 6])
def test_in_any_order_nobody_gives_way_in_a_ring_and_everybody_counts_by_somebody(seed, monday):
    chance = Random(seed)
    people = [residents.living(residents.number(order=of), person=UUID(int=of)).person for of in range(1, 6)]
    assert pairing.keep(combinations(people, 2), at=NOW) == 10
    for _step in range(40):
        pair = chance.choice(list(Pair.objects.order_by("pk")))
        try:
            if pair.status == "open":
                comparing.join(pair=pair.pk, keeps=str(chance.choice((pair.first, pair.second))), **said())
            elif chance.random() < 0.5:
                comparing.undo(pair=pair.pk, **said())
        except GaveWay:
            assert money.again(pair).status == "open"
        ways: dict[UUID, set[UUID]] = {}
        for each in Pair.objects.filter(status="same"):
            ways.setdefault(each.gives_way, set()).add(each.second if each.gives_way == each.first else each.first)
        counting = set(Resident.objects.filter(queries.COUNTS).values_list("person", flat=True))
        assert counting == set(people) - set(ways)
        assert {end_of(ways, person) for person in people} <= counting
