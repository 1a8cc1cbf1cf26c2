"""How families reach an office: hours as people type them, in one form on every page; what cannot be read is refused."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from chengnuo.foundation.refused import NotHere
from chengnuo.people.models import Office
from chengnuo.people.operations import offices
from chengnuo.people.operations.offices import HoursUnfit, TelephoneUnfit
from tests.factories import county

pytestmark = pytest.mark.django_db
MINUTES = st.integers(0, 24 * 60 - 1)


def change(telephone="", hours="", key=county.TOWNSHIP, pk=None):
    office = pk or Office.objects.get(key=key).pk
    admin = county.officer("health-bureau.account-admin")
    said = {"telephone": telephone, "hours": hours}
    return offices.change_contact(office=office, **said, by=admin, at=county.MONDAY, key=uuid4())


def clock(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


class HoursTest(TestCase):
    @given(
        st.sets(MINUTES, min_size=2, max_size=6).filter(lambda times: len(times) % 2 == 0),
        st.sampled_from(["-", "–", "—", "~", "～", "至", " - ", " 至 "]),
        st.sampled_from([",", "，", "、", ";", "；", " , "]),
    )
    def test_one_form_whatever_stands_between_the_times(self, times, between, apart):
        spans = [*zip(*[iter(map(clock, sorted(times)))] * 2, strict=True)]
        shown = ", ".join(f"{begins}–{ends}" for begins, ends in spans)
        found = change(hours=apart.join(f"{begins}{between}{ends}" for begins, ends in spans))
        assert found.hours == shown
        assert change(hours=shown).hours == shown, "what is shown can be typed again"
        assert len(shown) <= Office._meta.get_field("hours").max_length

    @given(st.lists(MINUTES, min_size=2, max_size=6).filter(lambda times: len(times) % 2 == 0))
    def test_times_out_of_order_are_refused(self, times):
        typed = ", ".join(f"{clock(a)}-{clock(b)}" for a, b in zip(times[::2], times[1::2], strict=True))
        if times == sorted(set(times)):
            assert change(hours=typed).hours
        else:
            with pytest.raises(HoursUnfit):
                change(hours=typed)


@pytest.mark.parametrize(
    "hours",
    [
        "8:30-11:30",
        "24:00-25:00",
        "08:60-09:00",
        "08:30",
        "08:30-11:30-14:00",
        "mornings",
        "08:00-09:00, 10:00-11:00, 12:00-13:00, 14:00-15:00",
        "08:30-11:30 14:00-17:30",
    ],
)
def test_what_cannot_be_read_changes_nothing(hours):
    change("0717 258 3000", "08:30-11:30")
    with pytest.raises(HoursUnfit):
        change("110", hours)
    found = Office.objects.get(key=county.TOWNSHIP)
    assert (found.telephone, found.hours) == ("0717 258 3000", "08:30–11:30")


@pytest.mark.parametrize("typed", ["110", "12345", "+86 717 258 3000", " 0717-258  3000 ", "9" * 29])
def test_a_number_is_kept_as_it_is_dialled(typed):
    found = change(typed)
    found.refresh_from_db()
    assert found.telephone == " ".join(typed.split())


@pytest.mark.parametrize("typed", ["1", "call us", "0717/258", "+", "０７１７", "9" * 30, "-110"])
def test_what_cannot_be_dialled_is_refused(typed):
    with pytest.raises(TelephoneUnfit):
        change(typed)


def test_both_may_be_empty_again_and_only_the_office_named_changes():
    change("110110", "08:30-11:30")
    assert list(Office.objects.filter(telephone="110110").values_list("key", flat=True)) == [county.TOWNSHIP]
    found = change("  ", " ， ")
    assert (found.telephone, found.hours) == ("", "")
    with pytest.raises(NotHere):
        change("110", pk=uuid4())
