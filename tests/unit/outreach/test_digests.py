"""What the tables alone tell of a letter: nothing that stands in the register, nothing of another letter, and nothing by their order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.foundation.actor import visitor
from chengnuo.foundation.models import Look
from chengnuo.outreach import queries
from chengnuo.outreach.internal.digests import of_award, of_letter, of_refusal
from chengnuo.outreach.internal.finding import Room, meant
from chengnuo.outreach.models import FinderRun, Letter, NoContact, Outcome
from chengnuo.outreach.operations import handing, refusing, running
from chengnuo.outreach.operations.refusing import NoSuchLetter
from chengnuo.outreach.operations.running import drop_gone
from chengnuo.policies.finders import finders
from chengnuo.policies.loader import parameters
from chengnuo.promises.models import Duty
from chengnuo.registers.models import Resident
from tests.factories import claims, county, outreach, residents

AT, DAY = outreach.AT, outreach.DAY
OTHER = "village-420526101202"
CODE_HOLDS = parameters().whole("outreach.code_holds", AT.date())


def again(letter):
    return Letter.objects.get(pk=letter.pk)


def in_the_register():
    return {bytes(index) for index in Resident.objects.values_list("identity_index", flat=True)}


def as_a_thief_reads(letter):
    """All bytes and ids that stand in the row in clear."""
    fields = ("identity_index", "award_index", "code_index", "person", "award_id")
    held = [value for name in fields if (value := getattr(letter, name)) is not None]
    return {bytes(value) if isinstance(value, bytes | memoryview) else value for value in held}


@given(st.binary(min_size=32, max_size=32), st.sampled_from(["at-sixty", "beside-an-award"]), st.uuids())
def test_each_purpose_has_a_digest_of_its_own(resident, finder, award):
    found = {resident, of_refusal(resident), of_letter(finder, resident), of_letter(f"{finder}-2", resident)}
    found |= {of_award(finder, award), of_award(f"{finder}-2", award)}
    assert len(found) == 6
    assert of_letter(finder, resident) == of_letter(finder, resident)


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
@pytest.mark.parametrize("outcome", [*Outcome.values, "spared", "dropped", "open"])
def test_no_letter_beside_an_award_leads_to_a_resident_whatever_became_of_it(outcome):
    """With the database alone: the guarded award must not get a day of birth and a village by way of its letter."""
    award = claims.granted(claims.at_decision("special-bereaved", at=AT - 4 * DAY), at=AT)
    residents.living(claims.number(1), "欧阳桂兰", born=date(1960, 1, 1))
    outreach.begun("beside-an-award")
    outreach.begun("at-sixty")
    assert outreach.night() == 2
    letter, other = (Letter.objects.get(finder=finder) for finder in ("beside-an-award", "at-sixty"))
    assert outreach.whom(letter) == outreach.whom(other), "it is the same person"
    assert outreach.whom(letter) in in_the_register()
    assert not as_a_thief_reads(letter) & (in_the_register() | as_a_thief_reads(other))
    if outcome in Outcome.values:
        at = AT + DAY
        for _ in range(2 if outcome == Outcome.NOT_FOUND else 1):
            outreach.recorded(letter, outcome, post=outreach.BUREAU_DESK, at=at)
            at += 30 * DAY
    elif outcome == "spared":
        outreach.refused(letter)
    elif outcome == "dropped":
        running.stop_all(AT + DAY)
    ended = again(letter)
    assert (ended.award_id, ended.person) == (award.pk if outcome == "open" else None, None)
    kept = {bytes(index) for index in NoContact.objects.values_list("identity_index", flat=True)}
    assert not as_a_thief_reads(ended) & (in_the_register() | as_a_thief_reads(again(other)) | kept)
    assert not kept & in_the_register()
    assert outreach.night(AT + 90 * DAY) == 0, "and nobody is written to twice"


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_who_has_two_awards_gets_one_letter_and_an_award_is_opened_once():
    first = claims.granted(claims.at_decision("special-bereaved", at=AT - 4 * DAY), at=AT)
    other = claims.at_decision("special-complications", at=AT - 4 * DAY)
    claims.granted(other, at=AT, fen=100, reasons="年度核定。")
    outreach.begun("beside-an-award")
    assert (outreach.night(), outreach.night(AT + DAY)) == (1, 0)
    letter = Letter.objects.get()
    assert bytes(letter.award_index) in {of_award("beside-an-award", award.pk) for award in (first, other.award)}
    outreach.recorded(letter, "posted", post=outreach.BUREAU_DESK)
    looks = Look.objects.filter(row=str(first.pk)).count()
    assert outreach.night(AT + 2 * DAY) == 0, "nor for the other award, when the first is not named any more"
    assert Look.objects.filter(row=str(first.pk)).count() == looks


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_letters_do_not_lie_in_the_order_of_the_register():
    people = outreach.people(15)
    outreach.begun()
    assert outreach.night() == 15
    row = finders().on(AT.date())["at-sixty"]
    Duty.objects.filter(subject_kind="letter").delete()
    Letter.objects.all().delete()
    found = [each.person for each in meant(row, AT.date(), Room(row))]
    by_digest = [each.person for each in sorted(meant(row, AT.date(), Room(row)), key=lambda each: each.index)]
    assert found == by_digest
    assert by_digest != [each.person for each in people]
    assert by_digest != sorted(each.person for each in people)


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
@pytest.mark.parametrize("carried", [False, True])
def test_the_code_of_a_letter_that_was_dropped_says_no_for_good(carried):
    """It was carried, and lies on a table; its person moved away, said no, and comes back."""
    letter = outreach.one()
    person = Resident.objects.get(person=letter.person)
    number = person.identity.reveal(by=visitor(), reason="test")
    if carried:
        handing.carry(letter=letter.pk, **outreach.said(outreach.VILLAGE_DESK))
    moved = residents.changed(person, standing="moved", since=AT.date(), identity=number)
    assert drop_gone(at=AT + DAY) == 1
    assert again(letter).status == "dropped"
    outreach.refused(letter, at=AT + 2 * DAY)
    residents.changed(moved, standing="living", identity=number)
    assert outreach.night(AT + 3 * DAY) == 0, "they were told: never again"
    refusing.at_counter(identity=number, **outreach.said(outreach.VILLAGE_DESK, AT + 4 * DAY))
    assert NoContact.objects.count() == 1, "the code and the counter mean the same person"


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_who_said_no_by_a_dropped_letter_loses_the_letter_that_was_made_since():
    letter = outreach.one()
    running.stop_all(AT + DAY)
    running.begin(finder="at-sixty", **outreach.said(outreach.BUREAU_HEAD, AT + DAY))
    assert outreach.night(AT + 2 * DAY) == 1
    outreach.refused(letter, at=AT + 3 * DAY)
    assert sorted(Letter.objects.values_list("status", flat=True)) == ["declined", "dropped"]


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_a_code_ends_some_time_after_its_letter_and_the_counter_still_hears_a_no():
    letter = outreach.one()
    assert running.forget_codes(at=AT + 9999 * DAY) == 0, "it is open still"
    outreach.recorded(letter, "given", at=AT + DAY)
    ended = AT + DAY
    assert running.forget_codes(at=ended + CODE_HOLDS * DAY) == 0
    assert running.forget_codes(at=ended + (CODE_HOLDS + 1) * DAY) == 1
    assert running.forget_codes(at=ended + (CODE_HOLDS + 2) * DAY) == 0
    with pytest.raises(NoSuchLetter, match="no letter"):
        outreach.refused(letter, at=ended + (CODE_HOLDS + 3) * DAY)
    assert not NoContact.objects.exists()
    assert outreach.night(AT + 800 * DAY) == 0 or not FinderRun.objects.exists(), "nobody is written to twice"


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_who_moves_within_the_county_is_written_to_by_the_contact_of_the_new_village():
    """The old contact sees nobody of another village: the letter must not stand in the way of all the others."""
    letter, other = outreach.one(), outreach.people(1, first=2)[0]
    assert outreach.night() == 1
    person = Resident.objects.get(person=letter.person)
    number = person.identity.reveal(by=visitor(), reason="test")
    village = county.village("420526101202")
    residents.changed(person, identity=number, village=village.pk, township=village.above_id)
    old = county.officer(outreach.VILLAGE_DESK)
    seen = queries.next_letter(old, on=AT.date())
    assert seen is not None
    assert seen.person == other.person, "before the night: the next one is shown"
    assert queries.recipient(old, seen).name
    assert (drop_gone(at=AT + DAY), drop_gone(at=AT + DAY)) == (1, 0)
    assert again(letter).status == "dropped"
    assert outreach.night(AT + DAY) == 1
    new = Letter.objects.get(person=letter.person)
    assert outreach.holder(new) == f"{OTHER}.desk"
    assert queries.recipient(county.officer(f"{OTHER}.desk"), new).name


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_a_letter_of_the_county_stays_where_it_is_when_its_person_moves_within_it():
    letter = outreach.one("at-forty-nine", "19770101")
    person = Resident.objects.get(person=letter.person)
    number, village = person.identity.reveal(by=visitor(), reason="test"), county.village("420526101202")
    residents.changed(person, identity=number, village=village.pk, township=village.above_id)
    assert drop_gone(at=AT + DAY) == 0
    desk = county.officer(outreach.BUREAU_DESK)
    seen = queries.next_letter(desk, on=AT.date())
    assert seen is not None
    assert queries.recipient(desk, seen).village == village.name
