"""The telephone and the hours of an office: from the county's file, changed by the administrator, read by everybody and on the slip."""

from __future__ import annotations

import io
from uuid import uuid4

import pypdf
import pytest
from django.urls import reverse

from chengnuo.foundation.refused import NotAllowed
from chengnuo.people.models import Office
from chengnuo.people.operations.offices import HoursUnfit, TelephoneUnfit, change_contact
from tests.factories import cases, county, desk
from tests.factories.family import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
ADMIN = "health-bureau.account-admin"
NUMBER = "100 2610 1201"
PUBLIC = reverse("public:office", args=[county.VILLAGE])


def village() -> Office:
    return Office.objects.get(key=county.VILLAGE)


def change(post: str = ADMIN, **said: str) -> Office:
    told = {"telephone": NUMBER, "hours": ""} | said
    return change_contact(
        office=village().pk, by=county.officer(post, at=county.MONDAY), at=county.MONDAY, key=uuid4(), **told
    )


@pytest.fixture
def reader():
    return Browser()


def test_every_office_of_the_demo_has_a_number_that_nobody_has(reader):
    numbers = list(Office.objects.values_list("telephone", flat=True))
    assert all(number.startswith("100 ") and len(number.replace(" ", "")) == 11 for number in numbers), numbers
    assert len(set(numbers)) == len(numbers)
    reader.open("/contact/")
    assert NUMBER in reader.text
    assert "08:30–17:30 on working days" in reader.text


def test_the_office_s_page_and_the_slip_say_it(reader):
    case = reader.ask()
    assert f"Telephone of the office {NUMBER}" in reader.text
    slip = reader.client.get(f"/request/{case}/slip.pdf")
    printed = pypdf.PdfReader(io.BytesIO(slip.content)).pages
    assert len(printed) == 1, "the slip stays one page"
    assert NUMBER in printed[0].extract_text()
    reader.open(PUBLIC)
    assert f"Telephone of the office {NUMBER}" in reader.text
    assert "08:30–17:30 on working days" in reader.text


def test_the_administrator_changes_both_and_everybody_reads_it(client, reader):
    here = desk.at(client, ADMIN)
    assert "Change telephone and hours" in desk.said(here.get("office", village().pk))
    answer = here.send("reach_office", village().pk, telephone="100 9999-0000", hours="08:00-11:30，14:30~17:00")
    assert answer.status_code == 302, desk.said(answer)
    reader.open(PUBLIC)
    assert "Telephone of the office 100 9999-0000" in reader.text
    assert "08:00–11:30, 14:30–17:00 on working days" in reader.text


def test_an_office_without_a_number_says_nothing_of_one(reader):
    change(telephone="")
    reader.open(PUBLIC)
    assert "Telephone of the office" not in reader.text


@pytest.mark.parametrize("telephone", ["call me", "1", "100 0000 0000 0000 0000 0000 0000 0000"])
def test_what_is_no_number_is_refused(telephone):
    with pytest.raises(TelephoneUnfit):
        change(telephone=telephone)


@pytest.mark.parametrize(
    "hours",
    ["morning", "08:30", "17:30-08:30", "08:00-12:00, 11:00-17:00", "25:00-26:00", "1:00-2:00", "08:00-09:00," * 4],
)
def test_hours_that_cannot_be_are_refused(hours):
    with pytest.raises(HoursUnfit):
        change(hours=hours)


@pytest.mark.parametrize("post", [cases.HEAD, cases.BUREAU_HEAD, "health-bureau.auditor"])
def test_nobody_else_changes_them(post):
    with pytest.raises(NotAllowed):
        change(post)


def test_what_was_typed_stays_with_the_mistake_beside_it(client):
    here = desk.at(client, ADMIN)
    answer = here.send("reach_office", village().pk, telephone="100 9999 0000", hours="from morning on")
    assert answer.status_code == 200
    assert "These hours cannot be read." in desk.said(answer)
    assert 'value="from morning on"' in answer.content.decode()
