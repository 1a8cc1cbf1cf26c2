"""A request is late and goes up by itself; the township answers, then frees the village, and the family reads both."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengnuo.foundation.actor import resident
from chengnuo.promises.models import Duty
from chengnuo.promises.operations import escalation
from chengnuo.promises.queries import duties_of
from chengnuo.web.casework.stories import events_of
from tests.factories import cases, county, desk

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_late_told_answered_freed(client, monday):
    case = cases.ask(at=county.MONDAY)
    late = county.MONDAY + 20 * DAY
    monday.move(20 * DAY)
    while escalation.escalate_due(at=late):
        pass
    county.sign_in(client, cases.TOWNSHIP_HEAD, at=late)
    head = desk.Desk(client)
    inbox = head.get("inbox").content.decode()
    asked = Duty.objects.get(parent=cases.duty_of(case), office__key=county.TOWNSHIP)
    assert f"/desk/duties/{asked.pk}/answer/" in inbox
    head.send("answer", asked.pk, words="已换人办理，本周办结。")
    assert f"/desk/duties/{asked.pk}/answer/" not in head.get("inbox").content.decode()
    head.send("discharge", cases.duty_of(case).pk, reason="申请人改到镇里办，已办好。")
    read = [(event.what, event.detail) for event in events_of(case, duties_of(case.pk), viewer=resident(case.pk))]
    assert any(detail == "已换人办理，本周办结。" for _what, detail in read)
    assert any(detail == "申请人改到镇里办，已办好。" for _what, detail in read)
    assert cases.duty_of(case).outcome == "broken", "what was broken stays broken"
    assert not Duty.objects.filter(parent=cases.duty_of(case), outcome="").exists()


def test_a_head_takes_over_from_whoever_is_away(client, monday):
    case = cases.ask(at=county.MONDAY)
    assert "Take over as head" not in desk.said(desk.at(client, cases.TOWNSHIP_HEAD).get("case", case.pk))
    bureau = cases.ask("childcare-place-enquiry", at=county.MONDAY)
    head = desk.at(client, cases.BUREAU_HEAD)
    assert "Take over as head" in desk.said(head.get("case", bureau.pk))
    head.send("deed", bureau.pk, "take_over")
    bureau.refresh_from_db()
    assert bureau.holder_id in head.actor.posts
