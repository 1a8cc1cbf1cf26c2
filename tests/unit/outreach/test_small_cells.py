"""Coverage at its edges: the days of a quarter, the threshold, two townships, and whether anybody could be told from the sums."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.benefits.models import Award
from chengnuo.core.instants import midnight
from chengnuo.core.periods import QUARTER, period_of
from chengnuo.foundation.models import LogEntry
from chengnuo.outreach.models import Coverage, Letter
from chengnuo.outreach.operations import covering
from chengnuo.payments.models import Payment
from chengnuo.people import queries as people
from chengnuo.people.models import Level, Place
from tests.factories import claims, county, money, outreach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
ONE = period_of(outreach.AT.date(), QUARTER)
HOME = "古夫镇"


def column(figures, name, of="letters"):
    cells = {row["name"]["hans"]: row["counts"][covering.COLUMNS.index(of)] for row in figures["rows"]}
    return cells[name]


def letters(count, *, home=None, on=ONE.begins):
    """So many that came on a day, as if people of a township had got them."""
    made = Letter.objects.first() or outreach.one()
    fields = {field.attname: getattr(made, field.attname) for field in Letter._meta.concrete_fields}
    place = home or made.home_id
    for _ in range(count):
        own = {"id": uuid4(), "number": uuid4().hex[:12], "whom": None, "home_id": place}
        own |= {name: uuid4().bytes * 2 for name in ("identity_index", "code_index")}
        ended = {"status": "delivered", "outcome": "given", "person": None, "ended_on": on}
        Letter.objects.create(**fields | own | ended)


def test_a_letter_counts_in_the_quarter_of_the_day_on_which_it_came():
    letters(6, on=ONE.ends)
    letters(5, on=ONE.begins)
    letters(7, on=ONE.after.begins)
    letters(8, on=ONE.begins - timedelta(days=1))
    assert column(covering.counted(ONE), HOME) == 11
    assert column(covering.counted(ONE.after), HOME) == 7
    before = period_of(ONE.begins - timedelta(days=1), QUARTER)
    assert column(covering.counted(before), HOME) == 8


def test_only_what_came_counts_whatever_else_became_of_a_letter():
    letters(5)
    for status in ("ended", "declined", "dropped"):
        letters(5)
        some = Letter.objects.filter(status="delivered").values_list("pk", flat=True)[:5]
        Letter.objects.filter(pk__in=list(some)).update(status=status)
        assert column(covering.counted(ONE), HOME) == 5, status


def test_a_claim_counts_in_the_quarter_of_its_first_instant():
    for of, at in enumerate((ONE.begins_at, ONE.over_at - timedelta(seconds=1), ONE.over_at), 1):
        for more in range(3):
            claims.made(at=at, of=10 * of + more)
    assert column(covering.counted(ONE), HOME, "claims") == 6
    assert column(covering.counted(ONE.after), HOME, "claims") is None, "three are few"


def test_money_counts_by_the_day_on_which_the_bank_booked_it_and_once_a_payment():
    for of in range(1, 6):
        money.awarded(of)
    money.reconciled(money.exported())
    for on, seen in ((ONE.begins, 5), (ONE.ends, 5), (ONE.begins - timedelta(days=1), 0), (ONE.after.begins, 0)):
        Payment.objects.update(paid_on=on)
        assert column(covering.counted(ONE), HOME, "paid") == seen, on
    Payment.objects.update(paid_on=ONE.ends)
    Award.objects.filter(pk=Award.objects.first().pk).update(village=None)
    assert column(covering.counted(ONE), HOME, "paid") is None, "who lives nowhere here is counted nowhere"


def test_at_the_threshold_a_count_is_shown_and_below_it_with_a_second_one_it_is_not():
    """What is left out in one township cannot be worked out from the sum and the other one."""
    township = Place.objects.filter(level=Level.TOWNSHIP).exclude(name__hans=HOME).first()
    steps = ((4, 0, None), (1, 0, 5), (0, 4, None), (0, 1, 5))
    for here, there, home in steps:
        letters(here), letters(there, home=township.pk)
        figures = covering.counted(ONE)
        shown = [row["counts"][0] for row in figures["rows"]]
        known = [count for count in shown if count is not None]
        assert not [count for count in known if 0 < count < 5]
        if None in shown:
            told = figures["totals"][0]
            assert told is None or told - sum(known) >= 5, "the rest is no small count"
            assert told is None or shown.count(None) > 1
        if there != 4:
            assert column(figures, HOME) == home, (here, there)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=8, max_size=8), st.integers(0, 3))
def test_no_column_tells_a_small_count_by_itself_or_with_its_sum(counts, which):
    townships = people.places_of(Level.TOWNSHIP)
    found = dict(zip((place.pk for place in townships), counts, strict=False))
    names = ("_letters", "_claims", "_in_time", "_paid")
    with pytest.MonkeyPatch.context() as patched:
        for number, name in enumerate(names):
            patched.setattr(covering, name, lambda _period, here=number == which: found if here else {})
        figures = covering.counted(ONE)
    shown = [row["counts"][which] for row in figures["rows"]]
    true = [found.get(place.pk, 0) for place in townships]
    for count, real in zip(shown, true, strict=True):
        assert count is None or (count == real and not 0 < count < figures["threshold"])
    total = figures["totals"][which]
    hidden = sum(real for count, real in zip(shown, true, strict=True) if count is None)
    assert total is None or total == sum(true)
    assert total is None or None not in shown or hidden >= figures["threshold"]


def test_each_quarter_since_the_first_run_is_frozen_after_its_last_instant_in_one_entry():
    outreach.begun()
    last = ONE.over_at - timedelta(seconds=1)
    assert covering.freeze_due(at=last) == 0, "its last second still runs"
    assert (covering.freeze_due(at=ONE.over_at), covering.freeze_due(at=ONE.over_at)) == (1, 0)
    year_after = midnight(date(2027, 1, 1))
    assert covering.freeze_due(at=year_after) == 3, "those that were missed while nothing ran"
    assert [str(each) for each in Coverage.objects.order_by("ends").values_list("period", flat=True)] == [
        "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4",
    ]  # fmt: skip
    said = {str(entry.__dict__) for entry in LogEntry.objects.filter(schema="coverage.freeze/1")}
    assert len(said) == 4
    assert not [text for text in said if county.village().name.hans in text]


def test_what_two_nights_freeze_at_once_is_frozen_by_the_first():
    outreach.begun()
    at: datetime = ONE.over_at
    assert [covering._freeze(ONE, at), covering._freeze(ONE, at)] == [1, 0]
    first = Coverage.objects.get()
    assert (first.period, first.ends, first.frozen_at) == ("2026-Q1", ONE.ends, at)
