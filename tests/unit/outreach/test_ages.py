"""Who is written to on which day of which year: at the last day of birth that counts and the first that does not; and never a second time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from chengnuo.foundation.actor import visitor
from chengnuo.outreach.internal.digests import of_letter, of_refusal
from chengnuo.outreach.internal.finding import Room, meant
from chengnuo.outreach.models import FinderRun, Letter, NoContact
from chengnuo.outreach.operations import running
from chengnuo.policies.finders import PLACE, finders
from chengnuo.registers.models import Resident
from chengnuo.registers.queries import index_of
from tests.factories import county, outreach, residents

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
AT, DAY = outreach.AT, outreach.DAY
NEW_YEAR = datetime(2027, 1, 1, 2, tzinfo=UTC)
EVE = datetime(2026, 12, 31, 2, tzinfo=UTC)
ELSEWHERE = "420526101202"


def born(*days, **other):
    """A resident for each day of birth; by its day."""
    return {
        day: residents.living(residents.number(day, order), f"欧阳{chr(0x4E00 + order)}", **other)
        for order, day in enumerate(days, 1)
    }


def sought(key, on, **changes):
    row = replace(finders().on(on)[key], **changes)
    return {each.person for each in meant(row, on, Room(row))}


def test_the_last_day_of_birth_that_counts_and_the_first_that_does_not():
    """In 2026: sixteen from those of 2010 and of 2009; forty-nine from 1977 back to 1967; sixty from 1966 back to 1907."""
    people = born(
        "20110101", "20101231", "20090101", "20081231", "19780101", "19771231", "19670101", "19661231", "19070101", "19061231"
    )  # fmt: skip
    expected = {
        "at-sixteen": {"20101231", "20090101"},
        "at-forty-nine": {"19771231", "19670101"},
        "at-sixty": {"19661231", "19070101"},
    }
    for key, days in expected.items():
        for on in (date(2026, 1, 1), AT.date(), EVE.date()):
            assert sought(key, on) == {people[day].person for day in days}, (key, on)
    assert sought("at-sixteen", NEW_YEAR.date()) == {people[day].person for day in ("20110101", "20101231")}
    assert sought("at-forty-nine", NEW_YEAR.date()) == {people[day].person for day in ("19780101", "19771231")}
    assert sought("at-sixty", NEW_YEAR.date()) == {people[day].person for day in ("19670101", "19661231")}


def test_who_died_moved_away_or_lives_elsewhere_is_of_no_age_and_of_no_place():
    here = born("19600101")["19600101"]
    village = county.village(ELSEWHERE)
    there = residents.living(residents.number("19600102", 2), "欧阳二", village=village.pk, township=village.above_id)
    for order, standing in enumerate(("died", "moved"), 3):
        residents.living(residents.number("19600103", order), "欧阳三", standing=standing, since=date(2025, 1, 1))
    on = AT.date()
    assert sought("at-sixty", on) == {here.person, there.person}
    for place, people in (
        ("420526", {here.person, there.person}), ("420526101", {here.person, there.person}), (ELSEWHERE, {there.person}),
        ("420526101201", {here.person}), ("420527", set()), ("4205261012011", set()),
    ):  # fmt: skip
        assert sought("at-sixty", on, uses=("age", PLACE), place=place) == people, place
        assert sought("at-sixty", on, uses=(PLACE,), place=place, first=0, until=0) == people, place
    assert sought("at-sixty", on, uses=("age", PLACE), place="420526", first=99, until=100) == set(), (
        "both must be true"
    )


def test_one_letter_a_person_and_finder_for_ever_and_a_first_one_of_another_finder():
    """From forty-nine to sixty one letter, whatever is begun anew; at sixty the other one, once."""
    (person,) = born("19670101").values()
    for key in ("at-forty-nine", "at-sixty"):
        outreach.begun(key, until=date(2040, 1, 1))
    assert outreach.night() == 1
    outreach.recorded(Letter.objects.get(), "given", post=outreach.BUREAU_DESK)
    held = {run.finder: run for run in FinderRun.objects.all()}
    for key, run in held.items():
        running.stop(run=run.pk, **outreach.said(outreach.BUREAU_DESK))
        running.begin(finder=key, **outreach.said(outreach.BUREAU_HEAD))
    assert outreach.night(EVE) == 0, "of the year in which they are fifty-nine, and written to"
    assert outreach.night(NEW_YEAR) == 1, "sixty in this year"
    letter = Letter.objects.get(finder="at-sixty")
    assert letter.person == person.person
    outreach.recorded(letter, "not_found", at=NEW_YEAR)
    outreach.recorded(letter, "gone", at=NEW_YEAR + DAY)
    running.forget_codes(at=NEW_YEAR + 3000 * DAY)
    assert outreach.night(NEW_YEAR + 3000 * DAY) == 0, "with their code forgotten too"
    assert {letter.whom for letter in Letter.objects.all()} == {None}
    number = person.identity.reveal(by=visitor(), reason="test")
    residents.changed(person, identity=number, name="欧阳改名")
    assert outreach.night(NEW_YEAR + 3001 * DAY) == 0, "nor under another name"


def test_who_said_no_to_one_finder_is_sought_by_none_and_the_reverse_of_their_digest_is_not_there():
    one, other = born("19600101", "19600102").values()
    number = one.identity.reveal(by=visitor(), reason="test")
    NoContact.objects.create(identity_index=of_refusal(index_of(number)), since=AT.date())
    assert sought("at-sixty", AT.date()) == {other.person}
    NoContact.objects.all().delete()
    for wrong in (index_of(number), of_letter("at-sixty", index_of(number))):
        NoContact.objects.create(identity_index=wrong, since=AT.date())
    assert sought("at-sixty", AT.date()) == {one.person, other.person}, "only the digest of that purpose means anything"
    kept = {bytes(index) for index in Resident.objects.values_list("identity_index", flat=True)}
    assert of_refusal(index_of(number)) not in kept


def test_a_full_contact_is_passed_over_and_does_not_stop_the_next_village():
    """Of twenty-two in one village twenty are written to; the one of the next village is not behind them."""
    village = county.village(ELSEWHERE)
    outreach.people(22)
    (last,) = outreach.people(1, first=60, village=village.pk, township=village.above_id)
    outreach.begun()
    assert outreach.night() == 21
    assert Letter.objects.filter(person=last.person).exists()
    assert outreach.night(AT + DAY) == 0
    letter = Letter.objects.exclude(person=last.person).order_by("number").first()
    outreach.recorded(letter, "not_found")
    assert outreach.night(AT + 2 * DAY) == 0, "one that is tried again still lies in their hands"
    outreach.recorded(letter, "posted", at=AT + 3 * DAY)
    assert (outreach.night(AT + 3 * DAY), outreach.night(AT + 4 * DAY)) == (1, 0)


def test_a_night_that_is_done_twice_or_was_killed_makes_nobody_a_second_letter():
    outreach.people(3)
    run = outreach.begun()
    row = finders().on(AT.date())["at-sixty"]
    room = Room(row)
    chosen = room.seats(meant(row, AT.date(), room), AT.date())
    made = [running._make(run, chosen, room, AT), running._make(run, chosen, room, AT + DAY), outreach.night(AT + DAY)]
    assert made == [3, 0, 0]
    assert Letter.objects.count() == 3
    assert len({bytes(code) for code in Letter.objects.values_list("code_index", flat=True)}) == 3
