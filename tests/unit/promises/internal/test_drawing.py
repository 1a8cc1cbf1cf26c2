"""No published combination narrows a hidden count: an attacker with every release of a year, against small counties."""

from collections import Counter
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.core.periods import MONTH, QUARTER, YEAR, Period
from chengnuo.core.text3 import Text3
from chengnuo.people.models import Level
from chengnuo.promises.figures import COLUMNS, Kind
from chengnuo.promises.internal.county import County, Seen
from chengnuo.promises.internal.drawing import Batch, by_kind_and_key, rows_for
from chengnuo.promises.ports import Tally
from tests.factories.attacker import most

THRESHOLD = 5
YEAR_OF = 2026
NAME = Text3("甲", "甲", "A")
COUNTY, EAST, WEST = (UUID(int=n) for n in (1, 2, 3))
VILLAGES = {UUID(int=10 + n): (EAST if n < 2 else WEST) for n in range(4)}
BUREAU = UUID(int=100)
OFFICES = {
    BUREAU: Seen("bureau", NAME, Level.COUNTY, COUNTY, None),
    UUID(int=101): Seen("east", NAME, Level.TOWNSHIP, EAST, COUNTY),
    UUID(int=102): Seen("west", NAME, Level.TOWNSHIP, WEST, COUNTY),
} | {
    UUID(int=110 + n): Seen(f"v{n}", NAME, Level.VILLAGE, village, VILLAGES[village])
    for n, village in enumerate(VILLAGES)
}
PROMISES = {UUID(int=200 + n): (f"service-{n}", NAME) for n in range(2)}
SMALL = County(
    places={Level.COUNTY: (COUNTY,), Level.TOWNSHIP: (EAST, WEST), Level.VILLAGE: tuple(VILLAGES)},
    above={COUNTY: None, EAST: COUNTY, WEST: COUNTY} | VILLAGES,
    offices=OFFICES,
    promises=PROMISES,
)
MONTHS = (1, 2, 5)  # two of one quarter, one of another: with the rest of the year empty


def tally(promise, office, month, count, *, guarded=False, column="kept"):
    return Tally(promise, office, guarded, month, column, count)


def batches():
    """The releases of a year in the order in which they are frozen."""
    for month in range(1, 13):
        yield Batch(Period(YEAR_OF, MONTH, month), (COUNTY,))
        if month % QUARTER == 0:
            yield Batch(Period(YEAR_OF, QUARTER, month // QUARTER), (EAST, WEST))
    yield Batch(Period(YEAR_OF, YEAR, 1), tuple(VILLAGES))


def publish(tallies, until=12):
    """Every release of the year, frozen one after the other from what was settled by then."""
    frozen = {}
    for batch in batches():
        if batch.period.months[-1] <= until:
            settled = [each for each in tallies if each.month <= batch.period.months[-1]]
            for place, rows in rows_for(batch, SMALL, settled, frozen, THRESHOLD).items():
                frozen[place, str(batch.period)] = by_kind_and_key(rows)
    return frozen


def counts_of(frozen, column="kept"):
    """(place, period, kind, key) -> the count shown, None where it is left out."""
    return {
        (*where, *row): said.counts[column]
        for where, rows in frozen.items()
        for row, said in rows.items()
        if row[0] is not Kind.GUARDED
    }


def members(figure):
    """Which (promise, office, month) an attacker knows to be counted in a figure: from what the releases say of themselves."""
    place, period, kind, key = figure
    for promise, (name, _) in PROMISES.items():
        for office, seen in OFFICES.items():
            for month in MONTHS:
                quarter, by_month = f"{YEAR_OF}-Q{(month + 2) // 3}", f"{YEAR_OF}-{month:02d}"
                counted = {
                    Kind.TOTAL: by_month == period,
                    Kind.PROMISE: by_month == period and key == name,
                    Kind.COMMITTEES: quarter == period and seen.above == place and seen.level == Level.VILLAGE,
                    Kind.OFFICE: key == seen.key and period in (quarter, str(YEAR_OF)),
                }[kind]
                if counted:
                    yield promise, office, month


UNKNOWN = [(promise, office, month) for promise in PROMISES for office in OFFICES for month in MONTHS]


def row_of(figure):
    inside = set(members(figure))
    return [int(each in inside) for each in UNKNOWN]


def attack(shown):
    """The range of every figure left out, and of the bureau's quarters, which nobody publishes."""
    equations = [
        (row_of(figure), count) for figure, count in shown.items() if count is not None and any(row_of(figure))
    ]
    aims = {figure: row_of(figure) for figure, count in shown.items() if count is None}
    for quarter in (1, 2):
        inside = {each for each in UNKNOWN if each[1] == BUREAU and (each[2] + 2) // 3 == quarter}
        aims["bureau", quarter] = [int(each in inside) for each in UNKNOWN]
    return {aim: (-most([-n for n in row], equations), most(row, equations), row) for aim, row in aims.items()}


@st.composite
def settled(draw):
    """A few small counts, some larger ones, most of them none: what a small county looks like."""
    count = st.one_of(st.just(0), st.just(0), st.integers(0, 3), st.integers(0, 12))
    return {each: draw(count) for each in UNKNOWN}


def as_tallies(counts):
    return [tally(*each, count) for each, count in counts.items() if count]


@settings(max_examples=20, deadline=None)
@given(settled(), st.sampled_from([2, 3, 6, 12]))
def test_nobody_narrows_a_hidden_count_below_the_threshold_with_all_that_was_published_by_then(counts, until):
    now = {each: count for each, count in counts.items() if each[2] <= until}
    shown = counts_of(publish(as_tallies(now), until))

    for aim, (low, high, row) in attack(shown).items():
        truth = sum(n * now.get(each, 0) for n, each in zip(row, UNKNOWN, strict=True))
        assert low <= truth
        assert high is None or truth <= high
        is_published = len(aim) > 2
        if is_published or 0 < truth < THRESHOLD:
            assert high is None or high - low >= THRESHOLD, aim


@settings(max_examples=50, deadline=None)
@given(settled())
def test_what_is_shown_is_true_and_never_small(counts):
    shown = counts_of(publish(as_tallies(counts)))

    for figure, count in shown.items():
        truth = sum(counts[each] for each in members(figure))
        assert count in (None, truth)
        assert count is None or count == 0 or count >= THRESHOLD


def test_the_attacker_is_no_straw_man():
    """A month left out of the county, and the township's quarter beside it: without the guard, the difference tells."""
    east, bureau = UUID(int=101), BUREAU
    service, other = PROMISES
    shown = counts_of(publish([tally(service, east, 1, 20), tally(other, bureau, 1, 2), tally(other, east, 2, 9)]))
    naive = shown | {
        (COUNTY, "2026-01", Kind.TOTAL, ""): 22,
        (COUNTY, "2026-01", Kind.PROMISE, "service-0"): 20,
    }

    assert any(high is not None and high - low < THRESHOLD for low, high, _ in attack(naive).values())


def test_a_county_with_much_to_count_hides_nothing():
    counts = dict.fromkeys(UNKNOWN, 10)

    assert None not in counts_of(publish(as_tallies(counts))).values()


def test_what_no_release_publishes_is_not_their_difference():
    """The county's January shows 7; east's office had 5 of them. To show the 5 would tell the bureau's 2."""
    service, _ = PROMISES
    shown = counts_of(publish([tally(service, UUID(int=101), 1, 5), tally(service, BUREAU, 1, 2)]))

    assert shown[COUNTY, "2026-01", Kind.TOTAL, ""] == 7
    assert shown[EAST, "2026-Q1", Kind.OFFICE, "east"] is None


def test_a_village_is_not_the_rest_of_its_township():
    """Two committees kept 9 and 2 in the year: to show the 9 beside the township's quarters would tell the 2."""
    service, _ = PROMISES
    tallies = [tally(service, UUID(int=110), 1, 9), tally(service, UUID(int=111), 1, 2)]
    shown = counts_of(publish([*tallies, tally(service, BUREAU, 1, 50)]))

    assert shown[EAST, "2026-Q1", Kind.COMMITTEES, ""] == 11
    assert [shown[village, "2026", Kind.OFFICE, f"v{n}"] for n, village in enumerate(VILLAGES)][:2] == [
        None,
        None,
    ]


def test_guarded_duties_stand_in_the_county_alone_and_in_no_sum():
    service, _ = PROMISES
    rows = publish([tally(service, UUID(int=110), 1, 7, guarded=True)])

    assert rows[COUNTY, "2026-01"][Kind.GUARDED, "service-0"].counts["kept"] == 7
    assert rows[COUNTY, "2026-01"][Kind.TOTAL, ""].counts["kept"] == 0
    below = [row for (place, _), found in rows.items() if place != COUNTY for row in found.values()]
    assert all(row.is_empty for row in below)
    assert not any(
        kind is Kind.GUARDED for found in rows.values() for kind, _ in found if found is not rows[COUNTY, "2026-01"]
    )


@pytest.mark.parametrize("count", [1, 4])
def test_a_small_guarded_count_is_left_out(count):
    service, _ = PROMISES
    rows = publish([tally(service, BUREAU, 1, count, guarded=True)])

    assert rows[COUNTY, "2026-01"][Kind.GUARDED, "service-0"].counts["kept"] is None


def test_columns_do_not_tell_of_one_another():
    service, _ = PROMISES
    late = [tally(service, UUID(int=101), 1, 3, column="kept_late")]
    many = [tally(service, UUID(int=101), 1, 40)]
    rows = publish([*late, *many])

    assert counts_of(rows) == counts_of(publish(many))
    assert rows[COUNTY, "2026-01"][Kind.PROMISE, "service-0"].counts == dict.fromkeys(COLUMNS, 0) | {
        "kept": 40,
        "kept_late": None,
    }


def test_a_batch_half_done_when_the_power_failed_is_gone_on_with():
    """East was frozen, West not: going on never shows more than freezing both at once may show."""
    counts = Counter({each: 3 for each in UNKNOWN if each[2] == 1})
    tallies = as_tallies(counts)
    frozen = publish(tallies, until=2)
    settled_by_march = [each for each in tallies if each.month <= 3]
    march = rows_for(Batch(Period(YEAR_OF, MONTH, 3), (COUNTY,)), SMALL, settled_by_march, frozen, THRESHOLD)
    frozen[COUNTY, "2026-03"] = by_kind_and_key(march[COUNTY])
    both = rows_for(Batch(Period(YEAR_OF, QUARTER, 1), (EAST, WEST)), SMALL, settled_by_march, frozen, THRESHOLD)
    half = frozen | {(EAST, "2026-Q1"): by_kind_and_key(both[EAST])}
    rest = rows_for(Batch(Period(YEAR_OF, QUARTER, 1), (WEST,)), SMALL, settled_by_march, half, THRESHOLD)
    shown = counts_of(half | {(WEST, "2026-Q1"): by_kind_and_key(rest[WEST])})

    assert all(high is None or high - low >= THRESHOLD for aim, (low, high, _) in attack(shown).items() if len(aim) > 2)
