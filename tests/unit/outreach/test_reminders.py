"""Before somebody's time runs out: who is reminded, by whom, and that nothing is lost by silence."""

from __future__ import annotations

import pytest

from chengnuo.benefits.lifecycle import AwardStatus
from chengnuo.benefits.models import Award, Claim
from chengnuo.channels.models import Message
from chengnuo.foundation.refused import MoveRefused, NotHere
from chengnuo.outreach import queries
from chengnuo.outreach.models import Reminder
from chengnuo.outreach.operations import reminding
from chengnuo.promises.models import Duty
from tests.factories import awarding, cases, claims, county, messages, outreach
from tests.factories.outreach_situations import DECEMBER, award_not_renewed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
DAY = outreach.DAY


def duty_of(reminder):
    return Duty.objects.get(subject_id=reminder.pk)


def told(reminder, how="telephone", post=claims.BUREAU_DESK):
    return reminding.tell(reminder=reminder.pk, told=how, **outreach.said(post, DECEMBER + DAY))


def test_whoever_has_an_award_that_is_not_renewed_is_told_once_and_loses_nothing():
    award = award_not_renewed()
    assert reminding.owe_due(at=DECEMBER.replace(month=10)) == 0, "too early"
    assert (reminding.owe_due(at=DECEMBER), reminding.owe_due(at=DECEMBER + DAY)) == (1, 0)
    reminder = queries.next_reminder(county.officer(claims.BUREAU_DESK))
    assert (reminder.award_id, reminder.year, str(reminder.closes_on)) == (award.pk, 2026, "2026-12-15")
    assert queries.reminded(county.officer(claims.BUREAU_DESK), reminder).name == "欧阳桂兰"
    assert duty_of(reminder).promise.promise.key == "renewal-reminder"
    for post in (claims.DESK, claims.TOWNSHIP_DESK, claims.BUREAU_HEAD):
        with pytest.raises(NotHere):
            told(reminder, post=post)
    with pytest.raises(NotHere):
        told(reminder, "whenever")
    told(reminder, "not_found")
    assert duty_of(reminder).outcome == "kept"
    with pytest.raises(MoveRefused):
        told(reminder)
    assert Award.objects.get().status == AwardStatus.IN_FORCE, "nobody stops receiving by silence"
    assert queries.next_reminder(county.officer(claims.BUREAU_DESK)) is None


def test_what_was_renewed_meanwhile_is_let_go():
    award = award_not_renewed()
    reminding.owe_due(at=DECEMBER)
    awarding.determine(award=award.pk, year=2026, facts=None, **outreach.said(claims.BUREAU_HEAD, DECEMBER))
    assert (reminding.settle_due(at=DECEMBER + DAY), reminding.settle_due(at=DECEMBER + DAY)) == (1, 0)
    reminder = Reminder.objects.get()
    assert (reminder.status, duty_of(reminder).outcome) == ("settled", "discharged")


def test_a_claim_that_waits_for_the_family_is_spoken_of_before_its_time_is_over():
    claim = claims.made("rural-incentive", at=DECEMBER)
    case = cases.ask_once(claim.case, at=DECEMBER)
    Claim.objects.filter(pk=claim.pk).update(status="waiting")
    assert reminding.owe_due(at=DECEMBER + DAY) == 1
    reminder = Reminder.objects.get()
    assert (reminder.claim_id, reminder.holder.key) == (claim.pk, claims.DESK)
    assert case.pk == reminder.case_id
    Claim.objects.filter(pk=claim.pk).update(status="open")
    assert reminding.settle_due(at=DECEMBER + DAY) == 1


def test_a_message_goes_to_whoever_agreed_to_messages_and_to_nobody_else():
    silent, agreed = award_not_renewed(), award_not_renewed(of=2)
    messages.agreed(agreed.claim.case, at=DECEMBER)
    reminding.owe_due(at=DECEMBER)
    assert {each.award_id: each.messaged for each in Reminder.objects.all()} == {silent.pk: False, agreed.pk: True}
    (message,) = Message.objects.all()
    assert message.consent.contact_id == agreed.claim.case.contact_id
