"""A small year, played through the real operations on either database: what comes of it holds together."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import Sum

from chengnuo.cases.models import Case, Chapter, Rating, RatingGiven, Step
from chengnuo.core.instants import SHANGHAI, local_date
from chengnuo.demo.cast import fill_posts
from chengnuo.demo.hours import Days
from chengnuo.demo.year import NOW
from chengnuo.foundation import clock
from chengnuo.people.models import Cell, Level
from chengnuo.people.roles import OFFICERS
from chengnuo.promises.models import Duty, Escalation, Release

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def county(capsys):
    """Five months of it: enough that every kind of trouble has come up."""
    fill_posts()
    with clock.frozen(NOW):
        call_command("build_demo", "--year", "--cases", "160", "--days", "150")
        yield capsys.readouterr()


def test_what_a_year_leaves_behind(county):
    assert "the past is filled in" in county.out
    assert "breaks off" not in county.err
    assert Cell.objects.get().demo_year_at == NOW
    requests = Case.objects.filter(sort="request")
    assert requests.count() == 160
    assert {"closed", "done", "received", "refused", "withdrawn"} <= set(requests.values_list("status", flat=True))
    outcomes = Counter(Duty.objects.filter(kind="serve").values_list("outcome", flat=True))
    assert outcomes["kept"] > 3 * outcomes["kept_late"] > 0
    assert outcomes["broken"]
    assert outcomes["discharged"]
    officers_act_in_office_hours()
    what_went_up_was_mostly_answered()
    nobody_judges_a_complaint_about_themselves()
    every_month_but_one_was_published_in_time()
    other_offices_were_asked_and_families_rated()


def every_month_but_one_was_published_in_time():
    months = Release.objects.filter(place__level=Level.COUNTY).order_by("begins")
    assert [each.period for each in months][:1] == ["2026-06"]
    assert [each.period for each in months][-1:] == ["2026-10"]
    late = [each.period for each in months if local_date(each.published_at) != each.ends + DAY]
    assert late == ["2026-08"]
    outcomes = {duty.subject_id: duty.outcome for duty in Duty.objects.filter(kind="release")}
    assert {outcomes[each.pk] for each in months if each.period not in late} == {"kept"}
    assert outcomes[months.get(period="2026-08").pk] == "kept_late"
    told = Escalation.objects.get(duty__subject_id=months.get(period="2026-08").pk)
    assert (told.level, told.asked.outcome, told.due_at) == (1, "discharged", told.duty.due_at)


def officers_act_in_office_hours():
    days = Days()
    signed = Chapter.objects.filter(post__role__in=OFFICERS)
    assert signed.count() > 200
    for at in signed.values_list("at", flat=True):
        local = at.astimezone(SHANGHAI)
        assert days.days.is_workday(local.date())
        assert 8 <= local.hour <= 17


def what_went_up_was_mostly_answered():
    told = Escalation.objects.select_related("asked")
    answered = [each for each in told if each.answered_at]
    left = [each for each in told if each.asked.outcome == ""]
    assert len(answered) > len(told) / 3  # what was done before anybody answered needs no answer
    assert len(left) < len(told) / 5
    assert all(each.noted_at < each.answered_at <= NOW for each in answered)
    assert {each.level for each in answered} >= {0, 1, 2}


def other_offices_were_asked_and_families_rated():
    steps = Step.objects.all()
    assert {"answered"} <= set(steps.values_list("status", flat=True))
    assert not Case.objects.filter(open_steps__gt=0).exclude(status="received"), "no case ends while a step is open"
    assert Rating.objects.aggregate(n=Sum("waiting") + Sum("told"))["n"] == RatingGiven.objects.count() > 5


def nobody_judges_a_complaint_about_themselves():
    complaints = Case.objects.filter(sort="complaint").select_related("about_office", "office")
    assert complaints
    assert all(each.office_id == each.about_office.above_id for each in complaints)
    assert any(each.status == "closed" for each in complaints)
