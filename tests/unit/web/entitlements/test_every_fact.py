"""Every fact that a programme asks for can be asked, typed, kept and shown again: whatever may be typed goes and comes back."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengnuo.core.rules import NOT_APPLICABLE
from chengnuo.core.rules.graph import DAY, TRUTH
from chengnuo.web.entitlements.answers import MOST_CHILDREN, Slot
from chengnuo.web.entitlements.facts import facts
from chengnuo.web.entitlements.forms import FactForm, by_choice
from chengnuo.web.entitlements.values import OLDEST, Unreadable, bounds, misfit, read, written
from tests.unit.web.entitlements.asked import TODAY

pytestmark = pytest.mark.django_db
SLOTS = [Slot(entity, 1, name) for entity, by_name in facts().items() for name in by_name]
NUMBERS = [slot for slot in SLOTS if slot.fact.kind not in (DAY, TRUTH)]
DAYS = [slot for slot in SLOTS if slot.fact.kind == DAY]
QUICK = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def typed(slot: Slot, value: object) -> dict[str, str]:
    """As somebody types or chooses it."""
    if isinstance(value, date):
        return {"said_year": str(value.year), "said_month": str(value.month), "said_day": str(value.day)}
    if isinstance(value, int) and not isinstance(value, bool) and slot.fact.kind.startswith("fen"):
        return {"said": f"{value // 100}.{value % 100:02}"}
    return {"said": written(value)}


def form(slot: Slot, value: object, kept: str = "") -> FactForm:
    return FactForm(slot, TODAY, typed(slot, value), kept=kept)


@pytest.mark.parametrize("slot", SLOTS, ids=str)
def test_its_name_is_that_of_its_slot_for_every_member(slot):
    for number in (1, MOST_CHILDREN):
        there = Slot(slot.entity, number, slot.name)
        assert Slot.of(str(there)) == there
    for number in (0, MOST_CHILDREN + 1, "01", "+1", "１", ""):
        with pytest.raises(Unreadable):
            Slot.of(f"{slot.entity}.{number}.{slot.name}")


@pytest.mark.parametrize("slot", SLOTS, ids=str)
def test_not_known_can_be_kept_and_none_only_where_the_law_has_it(slot):
    assert read(slot.fact, "?", TODAY) is None
    if slot.fact.perhaps:
        assert read(slot.fact, "none", TODAY) is NOT_APPLICABLE
    else:
        with pytest.raises(Unreadable):
            read(slot.fact, "none", TODAY)


@pytest.mark.parametrize("slot", NUMBERS, ids=str)
def test_its_smallest_and_its_greatest_number_are_taken_and_the_next_ones_not(slot):
    least, most = bounds(slot.fact, TODAY)
    for value in (least, most):
        assert form(slot, value).is_valid(), value
        assert read(slot.fact, str(value), TODAY) == value
    for value in (least - 1, most + 1):
        assert not form(slot, value).is_valid(), value
        assert misfit(slot.fact, value, TODAY), value
        with pytest.raises(Unreadable):
            read(slot.fact, str(value), TODAY)


@pytest.mark.parametrize("slot", DAYS, ids=str)
def test_a_day_of_the_last_centuries_is_taken_and_none_to_come(slot):
    for value in (date(OLDEST, 1, 1), date(2024, 2, 29), TODAY):
        assert form(slot, value).is_valid(), value
        assert form(slot, value, kept=value.isoformat())["said"].value() is not None
    for value in (date(OLDEST - 1, 12, 31), TODAY.replace(day=TODAY.day + 1), date(9999, 12, 31)):
        assert not form(slot, value).is_valid(), value


@pytest.mark.parametrize("slot", NUMBERS, ids=str)
@QUICK
@given(data=st.data())
def test_what_was_typed_is_kept_read_and_shown_as_it_was(slot, data):
    value = data.draw(st.integers(*bounds(slot.fact, TODAY)))
    found = form(slot, value)
    assert found.is_valid(), found.errors
    assert read(slot.fact, found.words, TODAY) == value
    again = FactForm(slot, TODAY, {"said": FactForm(slot, TODAY, kept=found.words).initial["said"]})
    assert again.is_valid(), again.errors
    assert again.words == found.words, "what is shown can be sent again"


@pytest.mark.parametrize("slot", [SLOTS[0], NUMBERS[0], DAYS[0]], ids=str)
@QUICK
@given(text=st.text(max_size=30))
def test_whatever_else_is_typed_is_refused_in_a_sentence_or_read_as_it_says(slot, text):
    parts = {"said": text, "said_year": text, "said_month": text, "said_day": "1"}
    found = FactForm(slot, TODAY, parts)
    if found.is_valid():
        assert misfit(slot.fact, read(slot.fact, found.words, TODAY), TODAY) == ""
    else:
        assert len(found.errors["said"]) == 1


@pytest.mark.parametrize("slot", SLOTS, ids=str)
def test_what_is_chosen_is_on_the_page_and_what_is_typed_has_a_box(slot):
    page = str(FactForm(slot, TODAY)["said"])
    assert ('type="radio"' in page) is by_choice(slot.fact)
    if by_choice(slot.fact):
        assert ('value="none"' in page) is slot.fact.perhaps
        assert 'value="?"' in page
