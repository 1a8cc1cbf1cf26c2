"""A promise is written by one person, checked and published by another, and binds from its day on: older cases keep the old one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from chengnuo.promises.models import PromiseVersion
from tests.factories import cases, county, desk
from tests.factories.drafts import sent

pytestmark = pytest.mark.django_db
KEY = "old-age-allowance"
DAY = timedelta(days=1)


def standing():
    return PromiseVersion.objects.select_related("promise").get(promise__key=KEY, status="published")


def test_written_checked_published_and_kept_apart_from_what_began_before(client, monday):
    old = standing()
    before = cases.ask(KEY, at=county.MONDAY)
    author = desk.at(client, cases.BUREAU_DESK)
    said = sent(
        old,
        begins_year=2026,
        begins_month=3,
        begins_day=3,
        deadline="working_days(5)",
        summary_en="Five days.",
    )
    said.pop("stamp")
    author.send("draft_promise", old.pk, **said)
    version = PromiseVersion.objects.get(promise=old.promise, status="draft")
    assert author.get("promise_step", version.pk, "publish").status_code == 403

    head = desk.at(client, cases.BUREAU_HEAD)
    assert "Five days." in desk.said(head.get("preview", version.pk))
    assert head.get("promise_step", version.pk, "publish").status_code == 200
    head.send("promise_step", version.pk, "check")
    head.send("promise_step", version.pk, "publish")
    version.refresh_from_db()
    assert version.status == "published"
    today = desk.said(client.get(reverse("public:service", args=[KEY]), **desk.ENGLISH))
    assert "Five days." not in today

    monday.move(DAY)
    tomorrow = desk.said(client.get(reverse("public:service", args=[KEY]), **desk.ENGLISH))
    assert "Five days." in tomorrow
    before.refresh_from_db()
    assert before.promise_id == old.pk
    assert cases.duty_of(before).promise_id == old.pk


def test_publishing_asks_to_sign_in_again(client, monday):
    old = standing()
    author = desk.at(client, cases.BUREAU_DESK)
    said = sent(old, begins_year=2026, begins_month=4, begins_day=1)
    said.pop("stamp")
    author.send("draft_promise", old.pk, **said)
    version = PromiseVersion.objects.get(promise=old.promise, status="draft")
    head = desk.at(client, cases.BUREAU_HEAD)
    head.send("promise_step", version.pk, "check")
    monday.move(timedelta(minutes=16))
    asked = head.get("promise_step", version.pk, "publish")
    assert asked.status_code == 302
    assert "next=" in asked.headers["Location"]
    county.sign_in(client, cases.BUREAU_HEAD, at=county.MONDAY + timedelta(minutes=16))
    head.send("promise_step", version.pk, "publish")
    version.refresh_from_db()
    assert version.status == "published"
