"""Who said no may say yes again in one step; and nobody says it for more people a day than come to a counter."""

from __future__ import annotations

from uuid import uuid4

import pytest

from chengnuo.foundation.actor import visitor
from chengnuo.foundation.models import LogEntry, Look
from chengnuo.outreach.internal.refusing import SAID, TooManySaid
from chengnuo.outreach.internal.writing import code_of
from chengnuo.outreach.models import Letter, NoContact
from chengnuo.outreach.operations import refusing
from chengnuo.outreach.operations.refusing import NoNumber, NoSuchLetter
from chengnuo.policies.loader import parameters
from chengnuo.registers.queries import index_of
from tests.factories import outreach, residents
from tests.factories.outreach import AT, DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NUMBERS = [residents.number("19600101", order) for order in (1, 2)]
NUMBER = NUMBERS[0]


def at_counter(does, number=NUMBER, post=outreach.VILLAGE_DESK, at=AT + DAY):
    return does(identity=number, **outreach.said(post, at))


def statuses():
    return sorted(Letter.objects.values_list("status", flat=True))


@pytest.mark.parametrize("way", ["code", "counter"])
def test_who_wants_letters_again_gets_the_next_one_and_none_a_second_time(way):
    """Otherwise two attempts were no limit: after each no anybody with the letter could say yes."""
    letter = outreach.one()
    at_counter(refusing.at_counter)
    outreach.night(AT + DAY)
    assert (statuses(), NoContact.objects.count()) == (["declined"], 1)
    if way == "code":
        outreach.again(letter)
    else:
        at_counter(refusing.again_at_counter)
    assert not NoContact.objects.exists()
    assert [outreach.night(AT + days * DAY) for days in (1, 2)] == [0, 0]
    outreach.begun("at-forty-nine")
    assert statuses() == ["declined"]


def test_what_came_already_does_not_come_again():
    letter = outreach.one()
    outreach.recorded(letter, "given")
    outreach.refused(letter)
    outreach.again(letter)
    assert not NoContact.objects.exists()
    assert outreach.night(AT + 2 * DAY) == 0
    assert statuses() == ["delivered"]


def test_nobody_learns_whether_there_was_anything_to_take_back():
    at_counter(refusing.again_at_counter)
    at_counter(refusing.at_counter)
    at_counter(refusing.again_at_counter)
    entries = LogEntry.objects.filter(schema="no_contact.again_at_counter/1")
    assert entries.count() == 2
    assert len({entry.group for entry in entries}) == 1
    with pytest.raises(NoNumber):
        at_counter(refusing.again_at_counter, NUMBER[:-1])
    with pytest.raises(NoSuchLetter):
        refusing.again_by_code(code="0" * 12, by=visitor(), at=AT, key=uuid4())


def test_an_officer_silences_no_village(monday):
    """At the counter, at the door and either way together; another account, the family's own code and the next day are free."""
    most = parameters().whole("outreach.said_for_others_a_day", AT.date())
    assert 1 < most <= 30
    letter = outreach.one()
    for order in range(101, 100 + most):
        at_counter(refusing.at_counter, residents.number("19600101", order))
        at_counter(refusing.at_counter, residents.number("19600101", order))
    outreach.recorded(letter, "no_contact")
    assert Look.objects.filter(label=SAID).count() == most, "whoever is named twice is counted once"
    before = NoContact.objects.count()
    for does in (refusing.at_counter, refusing.again_at_counter):
        with pytest.raises(TooManySaid):
            at_counter(does, residents.number("19600101", 200))
    (person,) = outreach.people(1, first=2)
    outreach.night(AT + DAY)
    other = Letter.objects.get(person=person.person)
    with pytest.raises(TooManySaid):
        outreach.recorded(other, "no_contact")
    outreach.recorded(other, "given")
    assert NoContact.objects.count() == before
    at_counter(refusing.at_counter, residents.number("19600101", 200), post=outreach.BUREAU_DESK)
    refusing.again_by_code(code=code_of(letter.pk), by=visitor(), at=AT + DAY, key=uuid4())
    monday.move(DAY)
    at_counter(refusing.at_counter, residents.number("19600101", 201))


def test_what_a_family_or_another_officer_said_counts_for_nobody_else():
    """Of a letter that was tried once before: it was in this officer's hands, and still it is not they who said it."""
    most = parameters().whole("outreach.said_for_others_a_day", AT.date())
    outreach.begun()
    outreach.people(2)
    outreach.night()
    by_family, by_another = Letter.objects.order_by("pk")
    for letter in (by_family, by_another):
        outreach.recorded(letter, "not_found")
    outreach.refused(by_family)
    (number,) = {each for each in NUMBERS if index_of(each) == outreach.whom(by_another)}
    at_counter(refusing.at_counter, number, post=outreach.BUREAU_DESK)
    assert statuses() == ["declined", "declined"]
    for order in range(101, 101 + most):
        at_counter(refusing.at_counter, residents.number("19600101", order))
    with pytest.raises(TooManySaid):
        at_counter(refusing.at_counter, residents.number("19600101", 200))


def test_of_whom_it_was_said_no_look_tells_two_officers_alike():
    for post in (outreach.VILLAGE_DESK, outreach.BUREAU_DESK):
        at_counter(refusing.at_counter, post=post)
    rows = Look.objects.filter(label=SAID).values_list("row", flat=True)
    assert len(set(rows)) == 2
