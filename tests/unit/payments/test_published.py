"""What everybody reads of public money: what is owed before what is over, the fewest of any programme, and the same in every file."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from chengnuo.benefits.models import Award, Due
from chengnuo.payments import published
from chengnuo.payments.operations import funds
from chengnuo.policies.claims import claims as claimed_here
from chengnuo.promises.models import Duty
from tests.factories import money

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
FIRST, SECOND = "rural-incentive", "only-child-retirement"
SENSITIVE, GUARDED = "special-bereaved", "special-disabled-child"
AT, DAY = money.LATER, timedelta(days=1)


def come(fen, programme=FIRST, *, level="national", year=2026):
    fund = money.fund(0, programme=programme, year=year)
    said = {"fund": fund.pk, "level": level, "fen": fen}
    funds.appropriate(**said, **money.said(money.FINANCE_DESK))
    funds.arrive(**said, **money.said(money.FINANCE_DESK))
    return fund


def lines():
    return {(line.year, line.level): line for line in published.passings(money.DAY).lines}


def dealt(awards, **shares):
    """So many awards for each programme, and none besides: the rest is of a programme without a fund."""
    keys = [key.replace("_", "-") for key, count in shares.items() for _ in range(count)]
    for award, key in zip(awards, [*keys, *["loan-priority"] * len(awards)], strict=False):
        Award.objects.filter(pk=award.pk).update(programme=key)


def test_the_fewest_of_any_programme_that_pays_anybody_decide_for_the_sum():
    """Many in one do not hide the few of another; a programme that pays nobody hides nothing and is hidden by nothing."""
    awards = [money.awarded(of, account=None) for of in range(1, 10)]
    come(1_000), come(300, SECOND)
    for first, second, withheld in (
        (0, 0, True), (4, 0, True), (5, 0, False), (0, 5, False), (4, 5, True), (5, 4, True), (8, 1, True), (9, 0, False),
    ):  # fmt: skip
        dealt(awards, rural_incentive=first, only_child_retirement=second)
        (line,) = lines().values()
        assert line.is_withheld is withheld, (first, second)
        expected = (None,) * 3 if withheld else (1_300, 1_300, 0)
        assert (line.promised, line.arrived, line.passed_on) == expected, (first, second)


def test_whom_a_sum_stands_for_is_counted_in_its_own_year_and_once_however_often_it_was_determined():
    awards = [money.awarded(of, account=None) for of in range(1, 6)]
    come(1_000), come(500, year=2025)
    assert {key: line.is_withheld for key, line in lines().items()} == {
        (2026, "national"): False,
        (2025, "national"): True,
    }
    lost = Due.objects.filter(award=awards[0], year=2026)
    row = lost.get()
    for number in (2, 3):
        fields = {field.attname: getattr(row, field.attname) for field in Due._meta.concrete_fields}
        Due.objects.create(**fields | {"id": uuid4(), "award_id": awards[1].pk, "number": number})
    lost.delete()
    assert lines()[2026, "national"].is_withheld, "four people with seven rows are four"


def test_sensitive_programmes_are_one_sum_of_the_county_beside_the_open_ones():
    awards = [money.awarded(of, account=None) for of in range(1, 11)]
    come(1_000)
    for programme, level, fen in ((SENSITIVE, "city", 700), (SENSITIVE, "county", 500), (SENSITIVE, "national", 40)):
        come(fen, programme, level=level)
    dealt(awards, rural_incentive=5, special_bereaved=5)
    found = lines()
    assert set(found) == {(2026, "national"), (2026, "")}
    assert (found[2026, ""].promised, found[2026, "national"].promised) == (1_240, 1_000), "no level holds a part of it"
    come(9, GUARDED, level="province")
    assert lines()[2026, ""].promised == 1_249, "who has money but pays nobody withholds nothing"
    dealt(awards, rural_incentive=5, special_bereaved=4, special_disabled_child=1)
    assert lines()[2026, ""].is_withheld
    assert not lines()[2026, "national"].is_withheld


def test_what_may_tell_of_a_loss_or_is_unknown_here_is_sensitive():
    assert not published.is_sensitive(FIRST)
    for key in (SENSITIVE, GUARDED, "special-complications", "no-such-programme", ""):
        assert published.is_sensitive(key), key
    assert {key for key in claimed_here() if not published.is_sensitive(key)}, "some are told by level"


def test_the_newest_three_years_are_shown_the_newest_first_and_levels_from_above():
    for year in (2023, 2024, 2025, 2026):
        come(100, year=year, level="county")
    come(100, level="national"), come(100, level="city"), come(5, SENSITIVE)
    shown = [(line.year, line.level) for line in published.passings(money.DAY).lines]
    assert shown == [
        (2026, "national"),
        (2026, "city"),
        (2026, "county"),
        (2026, ""),
        (2025, "county"),
        (2024, "county"),
    ]


def copies(duty, count, **other):
    """More rows like one that stands, a day apart."""
    fields = {field.attname: getattr(duty, field.attname) for field in Duty._meta.concrete_fields}
    made = []
    for number in range(count):
        due = duty.due_at + number * DAY
        said = {key: value + number * DAY if key.endswith("_at") else value for key, value in other.items()}
        made.append(Duty(**fields | {"id": uuid4(), "due_at": due, "broken_at": due + DAY} | said))
    return Duty.objects.bulk_create(made)


def test_all_that_is_owed_stands_before_what_is_over_and_of_that_the_newest():
    """However much is over: a late sum is never pushed off the page."""
    fund = come(100)
    owed = [Duty.objects.get(subject_id=fund.pk, kind="pass_on")]
    for year in (2025, 2024):
        other = come(100, year=year)
        duty = Duty.objects.get(subject_id=other.pk, kind="pass_on")
        Duty.objects.filter(pk=duty.pk).update(due_at=duty.due_at - (2027 - year) * DAY)
        owed.append(duty)
    over = published.MOST_DUTIES + 5
    kept = copies(owed[0], over, outcome="kept", ended_at=AT - 200 * DAY, next_at=AT)
    freed = copies(owed[0], 3, outcome="discharged", discharged_at=AT - 10 * DAY, next_at=AT)
    copies(owed[0], 1, outcome="kept", ended_at=AT, parent_id=owed[0].pk, next_at=AT)
    copies(owed[0], 1, outcome="kept", ended_at=AT, kind="mend", next_at=AT)
    shown = [duty.pk for duty in published.passings(money.DAY).duties]
    newest = [*reversed(freed), *reversed(kept)][: published.MOST_DUTIES]
    assert shown[:3] == [owed[2].pk, owed[1].pk, owed[0].pk], "what is due first stands first"
    assert shown[3:] == [duty.pk for duty in newest], (
        "what was let go counts by its own day; what follows from another is not shown"
    )


def test_as_much_is_asked_however_many_funds_there_are(django_assert_num_queries):
    come(100)
    published.passings(money.DAY)
    for programme in (SECOND, SENSITIVE, GUARDED):
        come(100, programme)
    with django_assert_num_queries(5):  # what is owed and what is over are two
        published.passings(money.DAY)


def files():
    """The rows of the one file and of the other, as the same cells."""
    said = Client().get("/promises/money.json").json()
    text = Client().get("/promises/money.csv", HTTP_ACCEPT_LANGUAGE="en").content.decode("utf-8-sig")
    head, *rows = [line for line in csv.reader(io.StringIO(text)) if not line[0].startswith("# ")]
    return said, [dict(zip(head, row, strict=True)) for row in rows]


def test_both_files_say_the_same_and_nothing_of_a_programme_or_a_person(monday):
    monday.move(timedelta(days=10))
    awards = [money.awarded(of, account=None) for of in range(1, 6)]
    fund = come(1_000)
    come(70, level="city"), come(500, SENSITIVE), come(9, year=2025)
    funds.pass_on(fund=fund.pk, **money.said(money.FINANCE_DESK))
    dealt(awards, rural_incentive=5)
    said, rows = files()
    expected = [{"kind": "sum", **each} for each in said["sums"]] + said["duties"]
    assert len(expected) == len(rows) >= 7
    for one, other in zip(expected, rows, strict=True):
        assert {key: "" if value is None else str(value) for key, value in one.items()} == {
            key: other[key] for key in one
        }
        assert not [key for key in other if key not in one and other[key]], "a cell that only one of them has"
    assert set(rows[0]) == set(said["columns"])
    assert [each["promised_fen"] for each in said["sums"]] == [1_000, 70, None, None], "one is sensitive, one of few"
    assert not [
        word
        for word in (*claimed_here(), str(fund.pk), "欧阳", *(str(each.pk) for each in awards))
        if word in str((said, rows))
    ]
