"""A complaint goes to the office above, and the office complained about finds no trace of it anywhere (charter, right 4)."""

from __future__ import annotations

import pytest

from chengnuo.cases.operations import handle
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.refused import NotHere
from chengnuo.people.models import Post
from chengnuo.promises.models import Duty
from chengnuo.promises.operations import escalation
from chengnuo.web.desk.deeds import DEEDS
from tests.factories import cases, county
from tests.factories.cases import DAY
from tests.factories.desk import said

pytestmark = pytest.mark.django_db
WORDS = "三次都没人"

COMPLAINTS = {
    county.VILLAGE: cases.TOWNSHIP_DESK,
    county.TOWNSHIP: cases.BUREAU_DESK,
    "health-bureau": cases.CITY_HEAD,
}
LISTS = ("inbox", "cases", "export", "print", "watch")


def posts(office):
    return Post.objects.filter(office__key=office).values_list("key", flat=True)


def pages(post):
    """Everything that a post can list or search, with the complaint's own words and every filter tried."""
    desk = cases.at_desk(post)
    for name in LISTS:
        for query in ({}, {"show": "all"}, {"show": "late"}, {"sort": "complaint"}, {"q": WORDS}):
            yield desk.get(name, **query)


@pytest.mark.parametrize("about", COMPLAINTS)
def test_no_page_list_search_or_file_of_that_office_shows_it(monday, about):
    case = cases.complaint(about, details=WORDS)
    monday.move(40 * DAY)
    while escalation.escalate_due(at=county.MONDAY + 40 * DAY):
        pass
    for post in posts(about):
        for page in pages(post):
            text = b"".join(page.streaming_content) if page.streaming else page.content
            assert str(case.pk).encode() not in text, (post, page.request["PATH_INFO"])
            assert case.number.encode() not in text
        desk = cases.at_desk(post)
        for duty in Duty.objects.filter(subject_id=case.pk):
            assert desk.get("answer", duty.pk).status_code in (403, 404)
            assert desk.get("discharge", duty.pk).status_code in (403, 404)


@pytest.mark.parametrize("about", COMPLAINTS)
def test_its_address_answers_that_office_like_one_that_does_not_exist(monday, about):
    case, nowhere = cases.complaint(about), "01234567-89ab-7def-8123-456789abcdef"
    for post in posts(about):
        desk = cases.at_desk(post)
        for args in (("case",), *(("deed", name) for name in DEEDS)):
            real, invented = (desk.get(args[0], pk, *args[1:]) for pk in (case.pk, nowhere))
            assert real.status_code == invented.status_code
            assert real.status_code in (403, 404)
            assert said(real) == said(invented)


@pytest.mark.parametrize("about", COMPLAINTS)
def test_the_office_above_handles_it(monday, about):
    case, post = cases.complaint(about, details=WORDS), COMPLAINTS[about]
    page = cases.at_desk(post).get("case", case.pk)
    assert page.status_code == 200
    assert WORDS in page.content.decode()
    assert cases.deed(case, "finish", post, result="已核查，当面道歉。").status_code == 302
    assert cases.duty_of(case).outcome == "kept"


@pytest.mark.parametrize("about", COMPLAINTS)
def test_nothing_of_it_is_told_to_that_office_when_it_is_late(monday, about):
    case = cases.complaint(about)
    office = cases.office(about)
    late = county.MONDAY + 90 * DAY
    while escalation.escalate_due(at=late):
        pass
    asked = Duty.objects.filter(subject_id=case.pk)
    assert asked.count() >= 2
    assert not asked.filter(office=office).exists()
    assert not asked.filter(holder__office=office).exists()
    assert not asked.exclude(hidden_from=office).exists()


def test_the_public_part_of_the_log_tells_nothing_of_it():
    case = cases.complaint()
    cases.finish(case, at=county.MONDAY, post=cases.TOWNSHIP_DESK)
    public = list(LogEntry.objects.filter(ref_id=str(case.pk)).values_list("public", flat=True))
    assert public == [{}, {}]


def test_a_complaint_about_one_s_own_case_does_not_show_the_case_s_office_the_way(monday):
    own = cases.ask()
    complaint = cases.complaint(case=own.pk)
    page = cases.at_desk(cases.DESK).get("case", own.pk).content.decode()
    assert str(complaint.pk) not in page
    assert complaint.number not in page
    assert len(cases.told(own)) == 1


def test_no_act_upon_it_is_open_to_that_office():
    case = cases.complaint()
    for post in (cases.DESK, cases.HEAD):
        with pytest.raises(NotHere):
            cases.does(handle.finish, case, post, at=county.MONDAY, result="没有这回事")
