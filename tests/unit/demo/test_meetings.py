"""The demo's meetings: one to its end, one to come; whoever steps in finds both."""

from __future__ import annotations

from random import Random

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.config.management.commands.build_demo import MEETINGS_BEGIN
from chengnuo.core.ballots import Standing
from chengnuo.demo.cast import Cast, fill_posts
from chengnuo.demo.hours import Days
from chengnuo.demo.meetings import governed
from chengnuo.demo.stage import Stage
from chengnuo.demo.year import NOW
from chengnuo.foundation import clock
from chengnuo.meetings import queries
from chengnuo.meetings.models import Meeting, Resolution
from chengnuo.promises.models import Duty
from tests.factories.desk import said

pytestmark = pytest.mark.django_db


def test_one_has_met_and_was_answered_and_one_is_called():
    with clock.frozen(NOW):
        fill_posts()
        stage = Stage(batch=10)
        governed(stage, Cast(Random(6)), Days(), begins=MEETINGS_BEGIN)
    stage.play(until=NOW)
    assert stage.dropped == 0
    met, called = Meeting.objects.order_by("begins_at")
    assert (met.status, called.status) == ("up", "called")
    assert called.begins_at > NOW
    asked = Resolution.objects.get()
    assert (asked.status, queries.to_read_out(called)) == ("answered", [])
    assert queries.standing_of(met).standing == Standing.UNCONFIRMED
    assert queries.is_usable(asked)
    assert set(Duty.objects.filter(subject_id__in=[met.pk, asked.pk]).values_list("outcome", flat=True)) == {"kept"}
    with clock.frozen(NOW):
        page = Client().get(reverse("meetings:meeting", args=[met.number]), HTTP_ACCEPT_LANGUAGE="zh-hans")
    assert "体检车12月3日上午到村委会院内" in said(page)
