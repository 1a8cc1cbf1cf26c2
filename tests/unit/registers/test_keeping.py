"""One person looked for, put right, and no longer kept than needed; and how errors are counted."""

from __future__ import annotations

import io
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.management import call_command

from chengnuo.config import worker
from chengnuo.foundation.models import Look
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.foundation.refused import NotAllowed, NotHere
from chengnuo.imports.faults import Unreadable
from chengnuo.people.models import Place
from chengnuo.registers import figures, places, queries
from chengnuo.registers.models import Finding, Resident, ResidentGram
from chengnuo.registers.operations import checking, mending, putting_right, sweeping
from chengnuo.registers.operations.putting_right import DaysDoNotFit
from chengnuo.registers.queries import TooManySearches
from tests.factories import county, residents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW, DESK = county.MONDAY, "health-bureau.desk"
TOWNSHIP_DESK = f"{county.TOWNSHIP}.desk"


def said(post=TOWNSHIP_DESK):
    return {"by": county.officer(post), "at": NOW, "key": uuid4()}


def sought(words, post=DESK, **more):
    return queries.sought(county.officer(post), words, **more)


def test_one_person_is_found_by_number_or_by_two_characters_and_several_are_never_listed():
    one = residents.living(residents.number("19560301", 1), "欧阳桂兰").person
    two = residents.living(residents.number("19630405", 2), "欧阳桂芝").person
    former = residents.number("19560301", 1)
    for words, found in {
        former: one,
        former[:6] + former[8:17]: one,  # as it stood on an old card
        "桂兰": one,
        "桂芝": two,
        "欧阳": 2,
        "欧阳桂": 2,
        "欧": 0,
        "桂 兰": one,
        "": 0,
        "王桂": 0,
    }.items():
        assert sought(words) == found, words
    assert sought("欧阳", born=date(1963, 4, 5)) == two
    elsewhere = residents.living(
        residents.number("19700101", 3),
        "欧阳建国",
        village=county.village("420526102201").pk,
        township=county.village("420526102201").above_id,
    )
    assert sought("建国") == elsewhere.person
    assert sought("建国", f"{county.VILLAGE}.desk") == sought("建国", TOWNSHIP_DESK) == 0
    assert sought("建国", "township-420526102000.desk") == elsewhere.person


def test_the_same_search_of_two_officers_leaves_two_digests_and_of_one_officer_one():
    """Whoever reads the database alone does not learn that two officers looked for one person."""
    residents.living()
    for post in (DESK, TOWNSHIP_DESK, DESK):
        sought("欧阳桂兰", post)
    kept = Look.objects.filter(label=queries.SOUGHT).values_list("account", "row")
    assert len(kept) == len({account for account, _row in kept}) == len({row for _account, row in kept}) == 2


def test_an_entry_is_put_right_by_a_row_more_and_days_must_fit():
    person = residents.living(born=date(1956, 3, 2)).person
    told = {"person": person, "name": "欧阳桂兰", "born": date(1956, 3, 1), "standing": "living", "since": None}
    for wrong in (
        {"standing": "died"},
        {"since": date(2026, 1, 1)},
        {"standing": "died", "since": date(1950, 1, 1)},
        {"standing": "moved", "since": NOW.date() + timedelta(days=1)},
        {"born": NOW.date() + timedelta(days=1)},
    ):
        with pytest.raises(DaysDoNotFit):
            putting_right.put_right(**told | wrong, **said())
    with pytest.raises(NotForTheRecord):
        putting_right.put_right(**told | {"name": "王桂兰怀孕了"}, **said())
    made = putting_right.put_right(**told, **said())
    assert (made.person, made.number, made.born) == (person, 2, date(1956, 3, 1))
    assert sought(residents.number()) == person
    for post, why in ((f"{county.VILLAGE}.desk", NotAllowed), ("township-420526102000.desk", NotHere)):
        with pytest.raises(why):
            putting_right.put_right(**told, **said(post))


def test_what_was_replaced_and_who_is_long_gone_is_thrown_away():
    one = residents.living(residents.number(order=1))
    residents.changed(one, residents.number(order=1), name="新名字")
    residents.living(residents.number(order=2), standing="died", since=date(2021, 3, 1))
    stays = residents.living(residents.number(order=3), standing="died", since=date(2021, 3, 3))
    assert sweeping.throw_away(at=NOW, limit=100) == 2
    assert set(Resident.objects.values_list("person", flat=True)) == {one.person, stays.person}
    assert set(ResidentGram.objects.values_list("owner", flat=True)) == set(
        Resident.objects.values_list("pk", flat=True)
    )
    assert sought("新名") == one.person
    assert sweeping.throw_away(at=NOW, limit=100) == 0


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_all_of_it_is_thrown_away_in_one_night_however_small_a_part_is(limit):
    for order in (1, 2, 3):
        one = residents.living(residents.number(order=order))
        for name in ("甲甲", "乙乙"):
            one = residents.changed(one, residents.number(order=order), name=name)
    for order in (4, 5, 6):
        residents.living(residents.number(order=order), standing="died", since=date(2020, 3, 1))
    assert sweeping.throw_away(at=NOW, limit=limit) == 9
    assert Resident.objects.count() == 3
    assert ResidentGram.objects.values("owner").distinct().count() == 3


def test_errors_are_counted_by_office_and_month_and_a_few_are_left_out():
    many, few = county.village(), county.village("420526102201")
    for order in range(1, 11):
        residents.living(residents.number(order=order), born=date(1956, 3, 2))
    for order in range(11, 13):
        residents.living(residents.number(order=order), born=date(1956, 3, 2), village=few.pk, township=few.above_id)
    checking.check_all(at=NOW)
    for finding in Finding.objects.select_related("holder"):
        mending.mend(finding=finding.pk, **said(finding.holder.key))
    today = NOW.date() + timedelta(days=31)
    days, found = figures.wrong(county.officer(DESK), today=today)
    assert (days[-1], len(days)) == (date(2026, 3, 1), 6)
    told = {str(each.office): (each.mended[-1], each.per_thousand(-1)) for each in found}
    assert len(told) == 2
    assert set(told.values()) == {(None, None)}, "ten would tell of the two, which are a few"
    assert many.above_id != few.above_id
    assert figures.wrong(county.officer(DESK), today=NOW.date())[1] == [], "a month that runs is not counted"
    with pytest.raises(NotAllowed):
        figures.wrong(county.officer("health-bureau.auditor"), today=today)


def test_what_is_no_few_is_shown_with_its_rate():
    for order in range(1, 21):
        born = date(1956, 3, 2) if order <= 6 else date(1956, 3, 1)
        residents.living(residents.number(order=order), born=born)
    checking.check_all(at=NOW)
    for finding in Finding.objects.select_related("holder"):
        mending.mend(finding=finding.pk, **said(finding.holder.key))
    _days, (found,) = figures.wrong(county.officer(DESK), today=NOW.date() + timedelta(days=31))
    assert (found.mended[-1], found.held, found.per_thousand(-1)) == (6, 20, 300.0)
    assert found.mended[:-1] == (0,) * 5


def test_every_entry_is_of_a_village_and_its_township():
    assert set(places.villages().values()) == set(Place.objects.filter(level="village").values_list("pk", "above"))
    code = places.codes()[county.village().pk]
    assert (code, places.village(code), places.village(int(code))) == ("420526101201",) * 3
    for wrong in ("420526101000", "420526", "abc", "", "110101001001"):
        with pytest.raises(Unreadable):
            places.village(wrong)


def test_a_kept_table_of_the_worker_and_the_command_do_what_they_say():
    residents.living(residents.number("19560301", 12), "王桂兰")
    residents.living(residents.number("19700101", 3), "李建国", born=date(1970, 1, 2))
    gone = residents.living(residents.number("19560301", 17), "王桂兰")
    residents.changed(gone, residents.number("19560301", 17), name="王桂兰")
    assert worker.check_records(NOW) == 2, "a finding, and a row that was replaced"
    told = io.StringIO()
    call_command("find_duplicates", stdout=told)
    assert told.getvalue() == "1 new pairs wait to be compared.\n"


def kept(post=DESK):
    return Look.objects.filter(account=county.officer(post).account, label=queries.SOUGHT)


def test_every_search_is_kept_as_a_look_and_what_was_typed_is_not():
    person, number = residents.living(residents.number()).person, residents.number()
    assert (sought(number), sought("王建国"), sought("")) == (person, 0, 0)
    rows = list(kept().values_list("row", flat=True))
    assert len(set(rows)) == 3, "found or not"
    assert not [row for row in rows if number in row or str(person) in row or "王" in row]
    sought(number)
    assert kept().count() == 3, "the same search once a day"


def test_an_account_searches_so_often_a_day_and_another_day_again(monkeypatch):
    monkeypatch.setattr(queries, "parameters", lambda: SimpleNamespace(whole=lambda *_said: 2))
    assert (sought("王一"), sought("王二")) == (0, 0)
    with pytest.raises(TooManySearches):
        sought("王三")
    assert kept().count() == 2
    assert sought("王三", TOWNSHIP_DESK) == 0, "another account"
    kept().update(day=NOW.date() - timedelta(days=1))
    assert sought("王三") == 0
