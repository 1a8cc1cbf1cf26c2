"""A letter in somebody's hands: the days between two attempts, two who act at once, whom a code means, and what each act costs."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.instants import midnight
from chengnuo.foundation.actor import visitor
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, NotHere
from chengnuo.outreach import queries
from chengnuo.outreach.internal.digests import of_letter, of_refusal
from chengnuo.outreach.internal.writing import code_index, code_of
from chengnuo.outreach.models import Letter, NoContact
from chengnuo.outreach.operations import handing, refusing, running
from chengnuo.outreach.operations.handing import TooSoon
from chengnuo.outreach.operations.refusing import NoSuchLetter
from chengnuo.policies.finders import finders
from chengnuo.policies.loader import parameters
from chengnuo.promises.models import Duty
from chengnuo.registers.models import Resident
from tests.factories import county, outreach, residents

AT, DAY = outreach.AT, outreach.DAY
AGAIN = parameters().whole("outreach.again_after", AT.date())
DESK = outreach.VILLAGE_DESK
VILLAGE_TWO = "420526101202"


def again(letter):
    return Letter.objects.get(pk=letter.pk)


def moved(letter, **other):
    person = Resident.objects.get(person=letter.person)
    number = person.identity.reveal(by=visitor(), reason="test")
    return residents.changed(person, identity=number, **other)


# ---- without the database ----------------------------------------------------------------------------------------------
@given(st.uuids(version=4), st.uuids(version=4))
def test_a_code_is_twelve_digits_of_one_letter_and_its_index_tells_it_to_nobody(one, other):
    code = code_of(one)
    assert (len(code), code.isdigit(), code == code_of(one)) == (12, True, True)
    assert (code == code_of(other)) is (one == other)
    assert code.encode() not in code_index(code)
    assert code not in str(one)
    assert code_index(code) != code_index(code[::-1]) or code == code[::-1]


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_digests_of_one_person_are_alike_in_no_two_purposes_and_two_people_in_none(one, other):
    keys = {row.key for row in finders().rows}
    mine = [of_refusal(one), *(of_letter(key, one) for key in keys)]
    assert len(set(mine)) == len(keys) + 1
    assert all(len(each) == 32 for each in mine)
    if one != other:
        assert not set(mine) & {of_refusal(other), *(of_letter(key, other) for key in keys)}


# ---- attempts ----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_the_day_of_the_second_attempt_begins_at_midnight_here_and_counts_from_the_first():
    letter, desk = outreach.one(), county.officer(DESK)
    evening = midnight(AT.date() + DAY) - timedelta(minutes=1)
    outreach.recorded(letter, "not_found", at=evening)
    day = AT.date() + AGAIN * DAY
    assert again(letter).again_from == day
    with pytest.raises(TooSoon):
        outreach.recorded(letter, "not_found", at=midnight(day) - timedelta(seconds=1))
    assert (queries.next_letter(desk, on=day - DAY), queries.next_letter(desk, on=day)) == (None, letter)
    handing.carry(letter=letter.pk, **outreach.said(DESK, midnight(day)))
    assert queries.next_letter(desk, on=day) is None, "it was taken along"
    outreach.recorded(letter, "not_found", at=midnight(day))
    ended = again(letter)
    assert (ended.status, ended.contacts, ended.person, ended.ended_on) == ("ended", 2, None, day)
    for outcome in ("not_found", "given"):
        with pytest.raises(MoveRefused):
            outreach.recorded(letter, outcome, at=midnight(day) + 30 * DAY)


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_a_letter_that_is_tried_again_does_not_stand_in_the_way_of_the_others():
    outreach.people(3)
    outreach.begun()
    outreach.night()
    desk, seen = county.officer(DESK), []
    while letter := queries.next_letter(desk, on=AT.date()):
        seen.append(letter.pk)
        outreach.recorded(letter, "not_found", at=AT)
    assert len(set(seen)) == len(seen) == 3
    later = (AT + AGAIN * DAY).date()
    (fresh,) = outreach.people(1, first=9)
    outreach.night(AT + AGAIN * DAY)
    offered = queries.next_letter(desk, on=later)
    assert offered.pk in seen, "the oldest first"
    assert offered.person != fresh.person


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_what_is_said_twice_with_one_key_is_done_once_and_the_later_of_two_is_refused():
    letter = outreach.one()
    said = outreach.said(DESK)
    handing.record(letter=letter.pk, outcome="not_found", **said)
    with pytest.raises(AlreadyReceived):
        handing.record(letter=letter.pk, outcome="not_found", **said)
    assert again(letter).contacts == 1
    outreach.recorded(letter, "given", at=AT + DAY)
    for late in ("gone", "posted"):
        with pytest.raises(MoveRefused):
            outreach.recorded(letter, late, at=AT + DAY)
    with pytest.raises(NotHere):
        outreach.recorded(letter, "no_contact", at=AT + DAY)
    with pytest.raises(MoveRefused):
        handing.carry(letter=letter.pk, **outreach.said(DESK, AT + DAY))
    assert (again(letter).outcome, NoContact.objects.count()) == ("given", 0)


# ---- who moved, and whom a code means ----------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_a_letter_of_somebody_who_moved_is_neither_shown_nor_left_owed():
    letter = outreach.one()
    handing.carry(letter=letter.pk, **outreach.said(DESK))
    assert running.drop_gone(at=AT) == 0, "nothing has changed"
    village = county.village(VILLAGE_TWO)
    moved(letter, village=village.pk, township=village.above_id)
    assert running.drop_gone(at=AT + DAY) == 1
    dropped = again(letter)
    assert (dropped.status, dropped.person, dropped.outcome) == ("dropped", None, "")
    assert bytes(dropped.identity_index) == bytes(dropped.code_index), "the mark of its person is off"
    assert list(Duty.objects.filter(subject_id=letter.pk).values_list("outcome", flat=True)) == ["discharged"]
    for act in (
        lambda: outreach.recorded(letter, "given"),
        lambda: handing.carry(letter=letter.pk, **outreach.said(DESK)),
    ):
        with pytest.raises(MoveRefused):
            act()
    assert (outreach.night(AT + DAY), outreach.night(AT + 2 * DAY)) == (1, 0)
    assert outreach.holder(Letter.objects.get(status="waiting")) == f"village-{VILLAGE_TWO}.desk"


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_the_codes_of_two_letters_mean_the_same_person_and_each_is_read_exactly():
    """The dropped one lies on a table in the old village; the new one is on its way."""
    letter = outreach.one()
    code = code_of(letter.pk)
    village = county.village(VILLAGE_TWO)
    moved(letter, village=village.pk, township=village.above_id)
    running.drop_gone(at=AT + DAY)
    outreach.night(AT + DAY)
    wrong = (
        code[:-1],
        f"{code}0",
        code[::-1],
        "",
        letter.number,
        str(letter.pk),
        f"{(int(code[0]) + 1) % 10}{code[1:]}",
    )
    for typed in wrong:
        with pytest.raises(NoSuchLetter):
            refusing.by_code(code=typed, by=visitor(), at=AT + DAY, key=uuid4())
    assert not NoContact.objects.exists()
    outreach.refused(letter, at=AT + 2 * DAY)
    assert sorted(Letter.objects.values_list("status", flat=True)) == ["declined", "dropped"]
    new = Letter.objects.get(status="declined")
    outreach.refused(new, at=AT + 3 * DAY)
    assert NoContact.objects.count() == 1
    assert NoContact.objects.get().since == (AT + 2 * DAY).date(), "since the first time"
    for entry in LogEntry.objects.filter(schema__startswith="no_contact."):
        assert not [told for told in (code, code_of(new.pk)) if told in str(entry.__dict__)]


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_the_code_of_a_dropped_letter_ends_as_long_after_it_as_that_of_any_other():
    letter = outreach.one()
    holds = parameters().whole("outreach.code_holds", AT.date())
    moved(letter, standing="died", since=date(2026, 3, 1))
    running.drop_gone(at=AT)
    assert again(letter).whom is not None
    assert running.forget_codes(at=AT + holds * DAY) == 0
    assert running.forget_codes(at=AT + (holds + 1) * DAY) == 1
    with pytest.raises(NoSuchLetter):
        outreach.refused(letter, at=AT + (holds + 1) * DAY)


# ---- what it costs -----------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_a_no_stays_within_what_an_act_may_cost(django_assert_max_num_queries):
    outreach.begun()
    outreach.people(4)
    outreach.night()
    first, second, third, _ = Letter.objects.order_by("pk")
    outreach.recorded(first, "posted")  # what a process remembers is remembered
    said = outreach.said(DESK, AT + DAY)
    with django_assert_max_num_queries(14 + 4):
        handing.record(letter=second.pk, outcome="no_contact", **said)
    with django_assert_max_num_queries(14 + 4):
        outreach.refused(third)
    assert NoContact.objects.count() == 2
