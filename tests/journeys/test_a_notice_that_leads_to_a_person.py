"""Something in a list leads to a person after all: nobody is shown it again, and the office can still recall it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.notices.models import NoticeLine
from chengnuo.people.models import Office
from tests.factories import cases, county, desk, notices
from tests.factories.desk import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NUMBER = "13812345678"


def leading(bring=notices.published):
    """A notice with a line that has come to lead to somebody, whatever wrote it."""
    notice = bring()
    NoticeLine.objects.filter(pk=notice.lines.first().pk).update(mask=f"张* {NUMBER}")
    return notice


def test_the_public_is_shown_neither_the_line_nor_the_list_nor_why():
    notice = leading()
    page = Client().get(reverse("notices:notice", args=[notice.number]))
    assert page.status_code == 409
    assert NUMBER not in page.content.decode()
    assert not [line for line in notice.lines.all() if line.mask in page.content.decode()]


@pytest.mark.parametrize("bring", [notices.published, notices.hung])
@pytest.mark.parametrize("post", [cases.DESK, cases.TOWNSHIP_HEAD])
def test_the_office_and_whoever_stands_above_can_still_recall_it(bring, post):
    notice, officer = leading(bring), desk.at(Client(), post)
    page = officer.get("notice", notice.pk)
    assert page.status_code == 200
    assert "This leads to a person" in said(page)
    assert NUMBER not in said(page)
    assert officer.send("notice_deed", notice.pk, "recall", reason="lead").status_code == 302
    assert notices.again(notice).status == "recalled"
    assert not notice.lines.exclude(mask="").exists()


def test_it_is_not_printed():
    notice = leading()
    sheet = desk.at(Client(), cases.DESK).get("notice_sheet", notice.pk)
    assert (sheet.status_code, sheet.content[:4] == b"%PDF") == (409, False)


def test_a_draft_that_leads_to_somebody_is_not_published_and_its_page_says_why():
    notice, officer = leading(notices.drafted), desk.at(Client(), cases.DESK)
    assert "This leads to a person" in said(officer.get("notice", notice.pk))
    answer = officer.send("notice_deed", notice.pk, "publish")
    assert "This leads to a person" in said(answer)
    assert notices.again(notice).status == "drafted"


def test_an_office_that_was_renamed_to_tell_the_reason_hides_its_lists_until_it_is_recalled():
    notice = notices.published()
    name = {"hans": "残疾人联合会", "hant": "殘疾人聯合會", "en": "Federation of the Disabled"}
    Office.objects.filter(pk=notice.office_id).update(name=name)
    assert Client().get(reverse("notices:notice", args=[notice.number])).status_code == 409
    officer = desk.at(Client(), cases.DESK)
    assert officer.send("notice_deed", notice.pk, "recall", reason="other").status_code == 302
    assert Client().get(reverse("notices:notice", args=[notice.number])).status_code == 200, "over, and no list"


def test_the_other_notices_of_the_office_are_listed_as_ever():
    notice = leading()
    other = notices.published(kind="result")
    page = desk.at(Client(), cases.DESK).get("notices").content.decode()
    place = Client().get(reverse("notices:running", args=["420526101201"])).content.decode()
    for each in (notice, other):
        assert reverse("desk:notice", args=[each.pk]) in page
        assert reverse("notices:notice", args=[each.number]) in place
    assert NUMBER not in page + place
    assert county.village().name.hans not in page
