"""What a person does with what is held about them: puts it right while it is used, and has it erased when it is not."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from chengnuo.cases import rights
from chengnuo.cases.operations import own_data
from chengnuo.foundation.actor import resident, visitor
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere
from chengnuo.people.models import Consent, ContactGram, Place
from tests.factories import cases, county
from tests.factories.cases import DAY, DESK, HOUR, TOWNSHIP_DESK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY
OTHER_VILLAGE = "420526102201"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def case():
    return cases.ask()


def correct(case, *, by=None, at=NOW + HOUR, **said):
    said = {"name": "欧阳桂芳", "phone": "10087654321", "consents": ()} | said
    return cases.does(own_data.correct, case, by or resident(case.pk), at=at, **said)


def erase(case, *, by=None, at=NOW + DAY):
    return cases.does(own_data.erase, case, by or resident(case.pk), at=at)


def held(case):
    contact = cases.again(case).contact
    return cases.opened(contact.name, of=case.pk), cases.opened(contact.phone, of=case.pk), contact.village


def test_name_and_telephone_are_put_right_and_the_work_goes_on(case):
    before = cases.duty_of(case)
    correct(case)
    assert held(case) == ("欧阳桂芳", "10087654321", county.village())
    now, duty = cases.again(case), cases.duty_of(case)
    assert (now.status, now.office_id, now.holder_id) == ("received", case.office_id, case.holder_id)
    assert (duty.due_at, duty.outcome) == (before.due_at, "")
    assert case.chapters.filter(move="correct").count() == 1


def test_it_is_found_by_the_new_name_and_no_longer_by_the_old(case):
    before = set(ContactGram.objects.filter(owner=case.contact_id).values_list("gram", flat=True))
    correct(case, name="司徒望舒")
    after = set(ContactGram.objects.filter(owner=case.contact_id).values_list("gram", flat=True))
    assert after
    assert not before & after


@pytest.mark.parametrize("village", [None, "420526101201", OTHER_VILLAGE])
def test_a_family_that_lives_elsewhere_keeps_its_office(case, village):
    found = county.village(village) if village else None
    correct(case, village=found.pk if found else None)
    assert held(case)[2] == (found or county.village())
    assert cases.again(case).office.key == county.VILLAGE


@pytest.mark.parametrize("which", ["none", "township"])
def test_a_village_that_there_is_not_changes_nothing(case, which):
    where = uuid4() if which == "none" else Place.objects.filter(level="township").first().pk
    before = held(case)
    with pytest.raises(own_data.NotInTheCounty):
        correct(case, village=where)
    assert held(case) == before
    assert not case.chapters.filter(move="correct").exists()


def test_consents_are_those_that_were_named_last(case):
    def standing():
        return set(Consent.objects.filter(contact=case.contact_id, withdrawn_at=None).values_list("purpose", flat=True))

    for consents in (["messages", "call_back"], ["call_back"], [], ["messages"]):
        correct(case, consents=consents)
        assert standing() == set(consents)


def test_a_complaint_with_a_name_is_put_right_and_names_no_village():
    case = cases.complaint(name="王桂兰")
    correct(case, name="王桂花", phone="")
    assert held(case) == ("王桂花", "", None)


def test_of_a_complaint_without_a_name_there_is_nothing_to_put_right():
    with pytest.raises(NotHere):
        correct(cases.complaint())


@pytest.mark.parametrize("end", [cases.finish, cases.refuse, cases.withdraw])
def test_after_the_end_it_is_no_longer_put_right(case, end):
    end(case, at=NOW)
    with pytest.raises(MoveRefused):
        correct(case)


@pytest.mark.parametrize(("who", "refused"), [(visitor, NotAllowed), (lambda: county.officer(DESK), NotAllowed), (lambda: resident(uuid4()), NotHere)])  # fmt: skip
@pytest.mark.parametrize("operation", [correct, erase])
def test_nobody_does_it_without_the_receipt(case, operation, who, refused):
    with pytest.raises(refused):
        operation(cases.withdraw(case, at=NOW) if operation is erase else case, by=who())


# erasing

KEPT = {
    "under way": (lambda case: case, "still-kept"),
    "waiting": (lambda case: cases.ask_once(case, at=NOW), "still-kept"),
    "paused": (lambda case: cases.pause(case, at=NOW), "still-kept"),
    "done": (lambda case: cases.finish(case, at=NOW), "no-word-yet"),
    "complained about": (
        lambda case: (cases.complaint(case=case.pk, name="王桂兰"), cases.withdraw(case, at=NOW))[1],
        "needed-yet",
    ),
}


@pytest.mark.parametrize("state", KEPT)
def test_what_is_still_needed_is_kept_and_the_reason_is_said(case, state):
    bring, code = KEPT[state]
    bring(case)
    with pytest.raises(rights.StillKept) as kept:
        erase(case)
    assert (kept.value.code, kept.value.until) == (code, None)
    assert held(case)[0] == "欧阳桂兰"


@pytest.mark.parametrize("end", [cases.withdraw, lambda case, at: cases.say_resolved(cases.finish(case, at=at), at=at), cases.refuse])  # fmt: skip
def test_what_has_ended_is_erased_at_once(case, end):
    """A committee's refusal opens no way to court: nothing has to be kept for one."""
    end(case, at=NOW)
    erase(case)
    now = cases.again(case)
    assert (held(case), now.forgotten_at, now.number == case.number) == (("", "", None), NOW + DAY, False)


def test_an_authority_s_refusal_is_kept_as_long_as_it_can_be_taken_to_court():
    case = cases.refuse(cases.ask("dibao"), at=NOW, post=TOWNSHIP_DESK)
    last = date(2026, 9, 2)
    with pytest.raises(rights.RefusedYet) as kept:
        erase(case, at=NOW + (last - NOW.date()))
    assert kept.value.until == last
    assert erase(case, at=NOW + (last - NOW.date()) + DAY).forgotten_at
