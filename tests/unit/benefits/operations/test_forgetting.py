"""What was stated goes with its case, in every column; an award keeps what it rests on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengnuo.benefits.models import Award, Claim, Opinion
from chengnuo.cases.operations import retention
from chengnuo.promises.models import Duty
from tests.factories import cases, claims, county

pytestmark = pytest.mark.django_db
LONG_AFTER = county.MONDAY + timedelta(days=3 * 366)


def test_a_forgotten_case_leaves_nothing_that_was_stated():
    claim = claims.at_decision()
    claims.refused(claim, at=county.MONDAY + 10 * claims.DAY)
    for duty in Duty.objects.filter(subject_id=claim.pk):
        duty.discharge_reason = "她家的户口簿还在县里。"
        duty.save(update_fields=["discharge_reason"])
    assert retention.forget_old(at=LONG_AFTER, limit=10) == 1
    assert not Duty.objects.filter(discharge_reason__isnull=False).exists()
    found = Claim.objects.get(pk=claim.pk)
    assert [getattr(found, name) for name in ("facts", "identity", "child", "proposal", "person_index")] == [None] * 5
    assert all(not opinion.words for opinion in Opinion.objects.filter(claim=claim))


def test_an_award_outlives_the_case_in_which_it_was_claimed():
    claim = claims.at_decision()
    award = claims.granted(claim, at=county.MONDAY + 10 * claims.DAY)
    cases.say_resolved(claim.case, at=county.MONDAY + 11 * claims.DAY)
    assert retention.forget_old(at=LONG_AFTER, limit=10) == 1
    assert cases.opened(Award.objects.get(pk=award.pk).name) == "欧阳桂兰"
