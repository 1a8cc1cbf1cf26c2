"""The month is over and nobody publishes its figures: it stands at the desk, goes up, and everybody reads that they are late."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.config.worker import escalate, freeze_figures, owe_figures
from tests.factories import county, owed
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 10, 2, tzinfo=UTC)
APRIL = datetime(2026, 4, 2, 2, tzinfo=UTC)
MAY = datetime(2026, 5, 3, 2, tzinfo=UTC)  # the figures of March were due on the last of April
COUNTY = "420526000000"


@pytest.fixture(autouse=True)
def something_to_count(monday):
    owed.settle(county.VILLAGE, "kept", MARCH, count=12)
    return monday


def desk_of(post, at):
    client = Client()
    county.sign_in(client, post, at=at)
    browser = Browser(client)
    browser.page = client.get(reverse("desk:inbox")).content.decode()
    return browser


def public():
    browser = Browser()
    browser.page = browser.client.get(reverse("public:place", args=[COUNTY])).content.decode()
    return browser.text


def test_it_stands_at_the_desk_from_the_months_end_on(something_to_count):
    something_to_count.move(APRIL - county.MONDAY)
    owe_figures(APRIL)
    desk = desk_of("health-bureau.head", APRIL)

    assert "The system publishes them by itself." in desk.text
    assert f'href="{reverse("public:promises")}"' in desk.page
    assert "March 2026 on time To be published by April 30, 2026." in public()


def test_it_goes_up_is_late_for_everybody_and_stays_so_when_it_comes(something_to_count):
    something_to_count.move(MAY - county.MONDAY)
    owe_figures(MAY)
    assert escalate(MAY) == 1 + 8, "the county's month and the townships' quarter; each head is told"
    assert "Answer for: Figures to be published" in desk_of("health-bureau.head", MAY).text
    assert "March 2026 late To be published by April 30, 2026." in public()

    later = MAY + timedelta(hours=1)
    something_to_count.move(later - county.MONDAY)
    freeze_figures(later)
    assert "March 2026 kept late Promised by April 30, 2026, published on May 3, 2026." in public()
    desk = desk_of("health-bureau.head", later)
    assert "Answer for: Figures to be published" not in desk.text


def test_whoever_is_awake_publishes_and_nothing_is_said(something_to_count):
    something_to_count.move(APRIL - county.MONDAY)
    for _ in range(2):
        owe_figures(APRIL)
        escalate(APRIL)
        freeze_figures(APRIL)

    assert "To be published" not in public()
    assert "Promised by" not in public()
    assert "The system publishes them by itself." not in desk_of("health-bureau.head", APRIL).text
