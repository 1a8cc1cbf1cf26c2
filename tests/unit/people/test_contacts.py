"""Consents stand alone and are taken back in one step, by the one person who gave them, with nothing else changing."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.cases.models import Case
from chengnuo.cases.operations.receive import receive
from chengnuo.foundation.actor import resident, system, visitor
from chengnuo.foundation.refused import AlreadyReceived, KeyUsedOtherwise, NotAllowed, NotHere
from chengnuo.people import queries
from chengnuo.people.models import Consent
from chengnuo.people.operations.contacts import Person, withdraw_consent
from tests.factories import county

pytestmark = pytest.mark.django_db
LATER = county.MONDAY + timedelta(hours=1)


def asked(*consents: str) -> Case:
    return receive(
        promise=county.service("village-proof"),
        village=county.village().pk,
        person=Person(name="王桂兰", phone="10012345678", consents=consents),
        details="",
        by=visitor(),
        at=county.MONDAY,
        key=uuid4(),
    ).case


def withdraw(case: Case, purpose: str = "messages", *, by=None, key=None) -> None:
    withdraw_consent(contact=case.contact_id, purpose=purpose, by=by or resident(case.pk), at=LATER, key=key or uuid4())


def test_one_goes_and_the_other_stays():
    case = asked("messages", "call_back")
    withdraw(case)
    assert queries.live_consents(case.contact_id) == ["call_back"]
    assert Consent.objects.get(purpose="messages").withdrawn_at == LATER


def phone_of(case: Case) -> str:
    contact = Case.objects.select_related("contact").get(pk=case.pk).contact
    return contact.phone.reveal(by=resident(case.pk), reason="test", of=case.pk)


def test_nothing_else_changes_for_the_person():
    case = asked("messages")
    withdraw(case)
    after = Case.objects.select_related("contact").get(pk=case.pk)
    assert (after.status, after.version, after.holder_id) == (case.status, case.version, case.holder_id)
    assert after.contact.name.reveal(by=resident(case.pk), reason="test", of=after.pk) == "王桂兰"


def test_the_telephone_goes_with_the_last_consent():
    case = asked("messages", "call_back")
    withdraw(case)
    assert phone_of(case) == "10012345678"
    withdraw(case, "call_back")
    assert phone_of(case) == ""


def test_taking_back_twice_keeps_the_first_day():
    case = asked("messages")
    withdraw(case)
    withdraw_consent(
        contact=case.contact_id,
        purpose="messages",
        by=resident(case.pk),
        at=LATER + timedelta(days=9),
        key=uuid4(),
    )
    assert Consent.objects.get().withdrawn_at == LATER


def test_the_same_key_again_is_known_and_for_something_else_refused():
    case, key = asked("messages", "call_back"), uuid4()
    withdraw(case, key=key)
    with pytest.raises(AlreadyReceived):
        withdraw(case, key=key)
    with pytest.raises(KeyUsedOtherwise):
        withdraw(case, "call_back", key=key)
    assert queries.live_consents(case.contact_id) == ["call_back"]


def test_what_was_never_given_is_not_there():
    with pytest.raises(NotHere):
        withdraw(asked("messages"), "call_back")


def test_the_consent_of_another_family_is_not_there():
    mine, theirs = asked("messages"), asked("messages")
    with pytest.raises(NotHere):
        withdraw(theirs, by=resident(mine.pk))
    assert queries.live_consents(theirs.contact_id) == ["messages"]


@pytest.mark.parametrize("who", [visitor, system, lambda: county.officer(f"{county.VILLAGE}.desk")])
def test_nobody_takes_it_back_for_somebody_else(who):
    case = asked("messages")
    with pytest.raises(NotAllowed):
        withdraw(case, by=who())
    assert queries.live_consents(case.contact_id) == ["messages"]


def test_whoever_gave_none_has_none():
    assert queries.live_consents(asked().contact_id) == []
