"""How a meeting stands: any measure is enough for a condition, and a text that nobody confirmed voids nothing."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.ballots import Condition, Measure, Standing, standing
from chengnuo.core.rules.parameters import Row, Source
from chengnuo.core.text3 import Text3

ROW = Row(
    name="meetings.a", label=Text3("a", "a", "a"), value="> 1/2", unit="share", begins=date(2018, 12, 29),
    known_since=date(2018, 12, 29), source=Source("a", "", date(2018, 12, 29)), certainty="A",
)  # fmt: skip


def measure(*, met: bool, confirmed: bool) -> Measure:
    return Measure("adults", 5 if met else 4, 5, ROW, confirmed, 9)


MEASURES = st.builds(lambda met, confirmed: measure(met=met, confirmed=confirmed), st.booleans(), st.booleans())
CONDITIONS = st.lists(st.builds(lambda found: Condition("a", tuple(found)), st.lists(MEASURES, min_size=1, max_size=3)))


def test_any_measure_is_enough():
    found = Condition("quorum", (measure(met=False, confirmed=True), measure(met=True, confirmed=True)))
    assert (found.is_met, found.is_confirmed, found.voids) == (True, True, False)
    assert standing([found]) == Standing.VALID


def test_what_is_met_under_an_unconfirmed_text_alone_is_valid_but_not_confirmed():
    found = Condition("quorum", (measure(met=False, confirmed=True), measure(met=True, confirmed=False)))
    assert standing([found]) == Standing.UNCONFIRMED


def test_what_fails_under_an_unconfirmed_text_warns_and_voids_nothing():
    found = Condition("quorum", (measure(met=False, confirmed=True), measure(met=False, confirmed=False)))
    assert (found.voids, standing([found])) == (False, Standing.WARNED)


@given(CONDITIONS)
def test_it_is_invalid_exactly_where_a_condition_fails_under_confirmed_texts_alone(conditions):
    fails = [all(each.is_confirmed and not each.is_met for each in found.measures) for found in conditions]
    assert (standing(conditions) == Standing.INVALID) == any(fails)


@given(CONDITIONS, CONDITIONS)
def test_another_condition_never_makes_it_better(some, others):
    order = [Standing.VALID, Standing.UNCONFIRMED, Standing.WARNED, Standing.INVALID]
    assert order.index(standing([*some, *others])) >= max(order.index(standing(some)), order.index(standing(others)))


def test_of_nobody_nothing_is_reached():
    assert not Measure("households", 0, 0, ROW, is_confirmed=True, of=0).is_met
    assert Measure("notice", 0, 0, ROW, is_confirmed=True).is_met
