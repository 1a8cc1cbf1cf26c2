"""The county's page of telling people in each of its states, and a reminder on its way: what is offered, to whom, and what is not told."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.config import worker
from chengnuo.outreach.models import Letter, Reminder
from chengnuo.outreach.operations import assessing
from chengnuo.promises.models import Duty
from tests.factories import claims, county, outreach, situations
from tests.factories.desk import ENGLISH, Desk, said
from tests.factories.outreach_situations import DECEMBER, award_not_renewed

pytestmark = pytest.mark.django_db


@pytest.fixture
def desks(monday):
    def desk(post):
        client = Client(**ENGLISH)
        return Desk(client, county.sign_in(client, post))

    return desk


def test_the_page_says_how_each_finder_stands_and_offers_what_may_be_done(desks):
    def home(post):
        return said(desks(post).get("outreach:home"))

    page = home(outreach.BUREAU_HEAD)
    assert page.count("not begun: it needs an assessment") == 4
    assert "Begin to tell them" not in page
    assert "Families of newborns, at the counters" in page
    held = outreach.signed()
    assert "may begin" in home(outreach.BUREAU_HEAD)
    assert "Begin to tell them" in home(outreach.BUREAU_HEAD)
    assert "Begin to tell them" not in home(outreach.BUREAU_DESK), "the head alone begins"
    desks(outreach.BUREAU_HEAD).send("outreach:begin", "at-sixty")
    assert "runs" in home(outreach.BUREAU_DESK)
    assessing.withdraw(assessment=held.pk, **outreach.said(outreach.BUREAU_DESK))
    assert "stands still: no assessment holds" in home(outreach.BUREAU_HEAD)
    auditor = home(situations.POSTS["a"])
    assert "Register of assessments" in auditor
    assert "Write an assessment" not in auditor


def test_an_assessment_that_tells_of_what_is_never_recorded_is_refused_with_what_was_typed(desks):
    desk = desks(outreach.BUREAU_DESK)
    typed = outreach.PARTS | {"risks": "看得出谁怀孕。"}
    until = {"valid_until_year": "2028", "valid_until_month": "1", "valid_until_day": "1"}
    page = desk.send("outreach:assess", "at-sixty", **typed, **until)
    assert page.status_code == 200
    assert "never records" in said(page)
    assert "按年龄给每一位居民寄同一封信。" in page.content.decode(), "what was typed is still there"
    for finder in ("newborn", "unknown"):
        assert desk.get("outreach:assess", finder).status_code == 404


def test_nobody_above_sees_a_letter_that_is_late_by_name(desks, monday):
    """What is late goes up as a duty to answer; who it is for stays with its contact."""
    outreach.people(2)
    outreach.begun()
    worker.reach_out(outreach.AT)
    late = Duty.objects.filter(subject_kind="letter").order_by("due_at").first()
    worker.escalate(late.due_at + outreach.DAY)
    answer = Duty.objects.filter(subject_kind="letter", kind="answer").select_related("holder").first()
    head = desks(answer.holder.key)
    page = said(head.get("desk:inbox"))
    assert "Answer for: Handing a letter over" in page
    answered = said(head.client.get(reverse("desk:answer", args=[answer.pk])))
    numbers = Letter.objects.values_list("number", flat=True)
    assert not [each for each in ("欧阳测", *numbers) if each in page + answered]


def test_a_reminder_is_shown_one_at_a_time_and_told(desks):
    award_not_renewed(), award_not_renewed(of=2, name="司马又春")
    worker.reach_out(DECEMBER)
    desk = desks(claims.BUREAU_DESK)
    assert "Whose time runs out" in said(desk.get("desk:inbox"))
    assert "欧阳桂兰" not in said(desk.get("desk:inbox"))
    page = said(desk.get("outreach:next_reminder"))
    assert ("欧阳桂兰" in page) is not ("司马又春" in page)
    first = next(
        each for each in Reminder.objects.all() if str(each.pk) in desk.get("outreach:next_reminder").content.decode()
    )
    desk.send("outreach:tell", first.pk, told="telephone")
    other = said(desk.get("outreach:next_reminder"))
    assert ("欧阳桂兰" in other) is not ("欧阳桂兰" in page)
    assert desk.get("outreach:tell", first.pk).status_code == 404
    assert "Nothing waits in your hands" in said(desks(claims.TOWNSHIP_DESK).get("outreach:next_reminder"))
