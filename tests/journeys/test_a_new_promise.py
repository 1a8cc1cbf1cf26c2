"""A county office begins a promise that it never made: written in a page, checked and published by others, ended again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from chengnuo.promises.models import Promise, PromiseVersion
from tests.factories import cases, county, desk
from tests.factories.drafts import sent

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BEGINS = desk.day("begins", 2026, 3, 3)


def typed(like="old-age-allowance", **changes):
    """What somebody types who copies an old promise's words into the new form."""
    old = PromiseVersion.objects.select_related("promise").get(promise__key=like, status="published")
    said = sent(old, **BEGINS) | {"slug": "reading-room", "level": "county", "title_en": "Read in the room"}
    said.pop("stamp")
    return said | changes


def made():
    return PromiseVersion.objects.select_related("promise").get(promise__key="reading-room")


def test_from_nothing_to_what_a_family_asks_for_and_to_its_end(client, monday):
    author = desk.at(client, cases.BUREAU_DESK)
    assert reverse("county:found_promise") in author.get("promises").content.decode()
    answer = author.send("found_promise", **typed())
    assert answer.status_code == 302, desk.said(answer)
    assert "Read in the room" in desk.said(author.get("promises"))
    version = made()
    assert author.get("promise_step", version.pk, "check").status_code == 403

    head = desk.at(client, cases.BUREAU_HEAD)
    head.send("promise_step", version.pk, "check")
    head.send("promise_step", version.pk, "publish")
    monday.move(DAY)
    page = client.get(reverse("public:service", args=["reading-room"]), **desk.ENGLISH)
    assert "Read in the room" in desk.said(page)
    case = cases.ask("reading-room", at=county.MONDAY + DAY)
    assert cases.duty_of(case).promise_id == version.pk

    county.sign_in(client, cases.BUREAU_HEAD, at=county.MONDAY + DAY)
    head.send("promise_step", version.pk, "end", **desk.day("ends", 2026, 3, 9))
    assert made().status == "ended"


def test_a_referral_asks_for_its_provider_and_for_no_deadline(client, monday):
    author = desk.at(client, cases.BUREAU_DESK)
    page = author.get("found_promise", kind="referral").content.decode()
    assert 'name="telephone"' in page
    assert 'name="deadline_kind"' not in page
    said = typed("pre-pregnancy-checks") | {"stamp": desk.stamp_in(author.get("found_promise"))}
    answer = client.post(f"{reverse('county:found_promise')}?kind=referral", said, **desk.ENGLISH)
    assert answer.status_code == 302, desk.said(answer)
    assert (made().promise.kind, made().deadline) == ("referral", "")


def test_more_lines_keep_what_was_typed(client, monday):
    author = desk.at(client, cases.BUREAU_DESK)
    page = author.send("found_promise", **typed(more="basis", slug="another-room")).content.decode()
    assert 'value="another-room"' in page
    assert not Promise.objects.filter(key="another-room").exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"slug": ""}, "Enter the name in the address."),
        ({"slug": "Reading Room"}, "This cannot be the name in the address."),
        ({"slug": "village-proof"}, "There is a promise with this name in its address already."),
        ({"level": ""}, "Choose who promises it."),
        ({"level": "moon"}, "Choose who promises it."),
        ({"level": "village", "sensitive": "on"}, "What is sensitive is promised by an office of the county"),
        ({"deadline_kind": ""}, "A promise has a time limit."),
        ({"title_en": "Checks in pregnancy"}, "No case may be opened whose subject tells"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_founded(client, monday, changes, said):
    author = desk.at(client, cases.BUREAU_DESK)
    before = Promise.objects.count()
    assert said in desk.said(author.send("found_promise", **typed(**changes)))
    assert Promise.objects.count() == before


def test_an_office_that_stands_above_no_township_promises_for_itself_alone(client, monday):
    author = desk.at(client, "civil-affairs.desk")
    page = author.get("found_promise").content.decode()
    assert 'value="county"' in page
    assert 'value="village"' not in page
    assert "Choose who promises it." in desk.said(author.send("found_promise", **typed(level="village")))
    author.send("found_promise", **typed())
    assert made().promise.office.key == "civil-affairs"


def test_the_outside_body_watches_promises_and_makes_none(client, monday):
    outside = desk.at(client, cases.CITY_HEAD)
    assert reverse("county:found_promise") not in outside.get("promises").content.decode()
    assert outside.get("found_promise").status_code == 403
