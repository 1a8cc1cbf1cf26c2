"""The promises of an office: listed with their status, written, checked by another person, seen as families will see them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from chengnuo.promises.models import PromiseVersion
from tests.factories import cases, county, desk
from tests.factories.drafts import sent

pytestmark = pytest.mark.django_db
AUTHOR, HEAD = cases.BUREAU_DESK, cases.BUREAU_HEAD
KEY = "old-age-allowance"
DAY = {"begins_year": 2026, "begins_month": 4, "begins_day": 1}


def standing(key=KEY):
    return PromiseVersion.objects.select_related("promise").get(promise__key=key, status="published")


def write(here, page="draft_promise", version=None, **changes):
    version = version or standing()
    said = sent(version, **(DAY | changes))
    said.pop("stamp")
    return here.send(page, version.pk, **said)


@pytest.fixture
def here(client, monday):
    return desk.at(client, AUTHOR)


def drafted():
    return PromiseVersion.objects.get(promise__key=KEY, status="draft")


def test_the_list_says_what_stands_and_what_is_being_written(here):
    said = desk.said(here.get("promises"))
    assert "Nothing is being written." in said
    assert "Apply for the old-age allowance service published Jan. 2, 2025" in said
    write(here, title_en="Apply for the allowance of old age")
    assert "Apply for the allowance of old age service being written April 1, 2026" in desk.said(here.get("promises"))


def test_another_bureau_s_promises_are_not_there(client, monday):
    other = desk.at(client, "civil-affairs.desk")
    enquiry = standing("childcare-place-enquiry")
    assert reverse("county:promise", args=[enquiry.pk]) not in other.get("promises").content.decode()
    for page in ("promise", "preview", "draft_promise", "change_promise"):
        assert other.get(page, enquiry.pk).status_code == 404


def test_a_draft_begins_with_what_stands_and_binds_nobody(here):
    page = here.get("draft_promise", standing().pk).content.decode()
    assert standing().title.hans in page
    assert 'value="1200"' in page, "a hundred and twenty thousand fen are twelve hundred yuan"
    response = write(here, fee_fen="12.50", deadline="working_days(12)")
    assert response.headers["Location"] == reverse("county:promises")
    made = drafted()
    assert (made.fee_fen, made.deadline, made.begins) == (1250, "working_days(12)", date(2026, 4, 1))
    assert standing().deadline == "working_days(15)"


def test_a_draft_is_changed_until_it_is_checked(here, client):
    write(here)
    made = drafted()
    write(here, "change_promise", made, deadline="working_days(9)")
    made.refresh_from_db()
    assert made.deadline == "working_days(9)"
    head = desk.at(client, HEAD)
    head.send("promise_step", made.pk, "check")
    response = write(desk.at(client, AUTHOR), "change_promise", made, deadline="working_days(1)")
    assert response.status_code == 200
    assert "This can no longer be done" in desk.said(response)
    made.refresh_from_db()
    assert made.deadline == "working_days(9)"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"title_hans": "孕前优生健康检查"}, "No case may be opened whose subject tells of pregnancy"),
        ({"summary_en": "Pregnancy checks"}, "No case may be opened whose subject tells of pregnancy"),
        ({"who_hans": "怀孕的妇女"}, "never records"),
        ({"needs-0-why_hans": "核对是否上环"}, "never records"),
        ({"deadline_days": "soon"}, "How many days?"),
        ({"needs-2-name_en": ""}, "Papers and facts, line 3"),
    ],
)
def test_what_cannot_be_promised_is_said_and_everything_typed_stays(here, changes, why):
    response = write(here, result_hans="一句刚写的话", **changes)
    page = response.content.decode()
    assert response.status_code == 200
    assert why in desk.said(response)
    assert "一句刚写的话" in page
    for value in filter(None, changes.values()):
        assert value in page
    assert not PromiseVersion.objects.filter(status="draft").exists()


def test_one_more_line_keeps_what_was_typed_and_keeps_nothing_yet(here):
    version = standing()
    said = sent(version, **DAY, result_hans="一句刚写的话", more="basis")
    response = here.client.post(reverse("county:draft_promise", args=[version.pk]), said, **desk.ENGLISH)
    page = response.content.decode()
    assert response.status_code == 200
    assert "一句刚写的话" in page
    assert page.count("<legend>What it rests on") == len(version.basis) + 2
    assert "Please check this" not in page
    assert not PromiseVersion.objects.filter(status="draft").exists()


def test_whoever_wrote_it_reads_that_somebody_else_publishes(client, monday):
    here = desk.at(client, HEAD)
    write(here)
    made = drafted()
    said = desk.said(here.get("promise", made.pk))
    assert "You wrote this version: somebody else checks and publishes it." in said
    assert "Check it" not in said
    assert here.get("promise_step", made.pk, "check").status_code == 404


def test_what_lacks_its_cost_says_so_and_has_no_button(here, client):
    write(here)
    PromiseVersion.objects.filter(pk=drafted().pk).update(family_trips=None)
    said = desk.said(desk.at(client, HEAD).get("promise", drafted().pk))
    assert "A service is not published without its cost" in said
    assert "Check it" not in said


def test_a_day_that_has_passed_is_said_before_anybody_publishes(here, client, monday):
    write(here)
    monday.move(timedelta(days=40))
    county.sign_in(client, HEAD, at=county.MONDAY + timedelta(days=40))
    said = desk.said(client.get(reverse("county:promise", args=[drafted().pk]), **desk.ENGLISH))
    assert "Its first day has passed" in said


def test_the_preview_is_the_public_page_without_asking(here):
    write(here, summary_en="A sum every month, from eighty on.")
    page = here.get("preview", drafted().pk)
    said = desk.said(page)
    assert "A sum every month, from eighty on." in said
    assert "Back to the promise" in said
    assert "/ask/" not in page.content.decode()


def test_steps_that_are_none_are_not_there(here):
    for name in ("delete", "x", "receive"):
        assert here.get("promise_step", standing().pk, name).status_code == 404


def test_an_officer_has_no_button_to_publish_or_end(here):
    said = desk.said(here.get("promise", standing().pk))
    assert "Write a new version" in said
    assert "End it" not in said
    assert here.get("promise_step", standing().pk, "end").status_code == 403


def test_the_head_ends_a_promise_from_a_day_on(client, monday):
    head = desk.at(client, HEAD)
    version = standing()
    response = head.send("promise_step", version.pk, "end", **desk.day("ends", 2026, 3, 1))
    assert "A promise cannot end before today" in desk.said(response)
    head.send("promise_step", version.pk, "end", **desk.day("ends", 2026, 6, 1))
    version.refresh_from_db()
    assert (version.status, version.ends) == ("ended", date(2026, 6, 1))
