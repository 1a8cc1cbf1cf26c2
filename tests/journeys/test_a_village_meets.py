"""A village meets, by forms and links alone: called, held, minuted, corrected by one who was there, put up; and its question answered."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.foundation import clock
from chengnuo.meetings.models import Correction, Meeting, Resolution
from chengnuo.meetings.queries import word_of
from chengnuo.people.models import Office
from chengnuo.promises.models import Duty
from tests.factories import cases, county, desk, meetings, photos
from tests.factories.desk import said, stamp_in

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PLACE = "420526101201"
ROLL = {"roll_adults": "812", "roll_households": "301", "roll_representatives": "36"}
CALL = {
    "hour": "10：30",
    "where": "村委会院内",
    "agenda": "报告收支\n\n卫生费",
    "demanded_by": "adults",
    "demanded": "９０",
} | ROLL
CAME = {"came_adults": "180", "came_households": "214"}
LATIN = re.compile("[A-Za-z]{4,}")
AS_IT_IS = re.compile("Chengnuo|English|简体中文|繁體中文|[B-DF-HJ-NP-TV-XZ]{4}|演示[0-9]+.desk")


def after(watch, client: Client, time: timedelta, post: str = cases.DESK) -> desk.Desk:
    """The same browser later, its officer signed in freshly."""
    watch.move(time)
    client.logout()
    return desk.Desk(client, county.sign_in(client, post, at=clock.now()))


def called(client: Client) -> Meeting:
    there = desk.at(client, cases.DESK)
    assert "Call a meeting" in said(there.get("desk:meetings"))
    answer = there.send("desk:call_meeting", "villagers-assembly", **CALL, **desk.day("day", 2026, 3, 14))
    assert answer.status_code == 302, said(answer)
    return Meeting.objects.get()


def test_from_the_call_to_an_answer(client, monday):
    meeting = called(client)
    assert [item.words for item in meeting.agenda.all()] == ["报告收支", "卫生费"]
    page = said(Client().get(reverse("meetings:of_place", args=[PLACE]), HTTP_ACCEPT_LANGUAGE="en"))
    assert "Villagers' assembly called 2026-03-14 10:30" in page
    sheet = desk.Desk(client).get("desk:meeting_sheet", meeting.pk, "attendance")
    assert (sheet.status_code, sheet.content[:5]) == (200, b"%PDF-")
    there = after(monday, client, 12 * DAY + 2 * HOUR)
    assert there.send("desk:meeting_deed", meeting.pk, "hold", **CAME).status_code == 302
    assert there.send("desk:meeting_deed", meeting.pk, "photograph", photo=photos.paper()).status_code == 302
    bureau = Office.objects.get(key=meetings.ASKED).pk
    asks = {"words": "体检什么时候到村里来？", "ayes": "150", "noes": "20", "abstentions": "0", "office": str(bureau)}
    answer = there.send("desk:meeting_deed", meeting.pk, "resolve", **asks, **desk.day("answer_by", 2026, 4, 20))
    assert answer.status_code == 302, said(answer)
    assert there.send("desk:meeting_deed", meeting.pk, "draft", minutes=meetings.MINUTES).status_code == 302
    _corrected(meeting)
    asked = Correction.objects.get()
    assert "Answer line 7" in said(there.get("desk:meeting", meeting.pk))
    there.send("desk:correction", meeting.pk, asked.pk, is_taken_up="yes", reply="")
    there = after(monday, client, 5 * DAY)
    assert there.send("desk:meeting_deed", meeting.pk, "close").status_code == 302
    assert there.send("desk:meeting_deed", meeting.pk, "put_up").status_code == 302
    resolution = Resolution.objects.get()
    assert set(Duty.objects.filter(subject_id=meeting.pk).values_list("outcome", flat=True)) == {"kept"}
    other = after(monday, client, DAY, cases.BUREAU_DESK)
    assert "体检什么时候到村里来" in said(other.get("inbox"))
    other.send("desk:resolution_deed", resolution.pk, "answer", reply="四月二十日到村里体检。")
    shown = said(Client().get(reverse("meetings:meeting", args=[meeting.number]), HTTP_ACCEPT_LANGUAGE="en"))
    for words in (
        "minutes at the board",
        "四月二十日到村里体检。",
        "150 for, 20 against, 0 abstaining",
        "taken up",
        "not confirmed",
    ):
        assert words in shown


def _corrected(meeting: Meeting) -> None:
    """Somebody who was there, without an account: a wrong word first."""
    browser, page = Client(), reverse("meetings:correct", args=[meeting.number])
    typed = {"line": "7", "words": "卫生费是每户每年六十元。"}
    for word, status in (("BCDFGH", 200), (word_of(meeting).lower(), 302)):
        opened = browser.get(page, HTTP_ACCEPT_LANGUAGE="en")
        answer = browser.post(page, typed | {"word": word, "stamp": stamp_in(opened)}, HTTP_ACCEPT_LANGUAGE="en")
        assert answer.status_code == status, said(answer)
        assert status == 302 or "卫生费是每户每年六十元。" in answer.content.decode(), "what was typed stays"


@pytest.mark.usefixtures("monday")
def test_an_invalid_meeting_says_which_condition_failed_once_the_text_is_confirmed(client):
    meeting = meetings.held(at=county.MONDAY - 20 * DAY, present={"adults": 100, "households": 90})
    decided = meetings.resolved(meeting, ayes=95, noes=0, asks=meetings.ASKED)
    page = reverse("meetings:meeting", args=[meeting.number])
    warned = said(client.get(page, HTTP_ACCEPT_LANGUAGE="en"))
    assert "not void: the text that it does not meet is not confirmed" in warned
    assert "not as the text asks; the text is not confirmed" in warned
    lawyer = desk.at(Client(), cases.BUREAU_HEAD)
    for row in ("villagers_assembly_quorum_adults", "villagers_assembly_quorum_households"):
        answer = lawyer.send(
            "desk:confirm_law", row, "2026-01-01", "all", source="村民委员会组织法（2025年修订）第二十四条"
        )
        assert answer.status_code == 302, said(answer)
    shown = said(client.get(page, HTTP_ACCEPT_LANGUAGE="en"))
    assert "100; at least 407 of 812" in shown
    assert "not valid" in shown
    assert "cannot be used" in shown
    meetings.closed(meeting)
    assert not Duty.objects.filter(subject_id=decided.pk).exists()
    assert "第二十四条, on March 2, 2026" in said(lawyer.get("desk:law_on_meetings"))


@pytest.mark.usefixtures("monday")
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"hour": "evening"}, "Write the hour like 9:00 or 19:30."),
        ({"roll_adults": "many"}, "Write how many in digits"),
        ({"agenda": "  "}, "Write what the meeting is for."),
        ({"where": "三组5号"}, "leads to a person"),
        ({"demanded": "900"}, "These counts cannot be"),
        (desk.day("day", 2026, 3, 1), "This day has passed, or is more than a year away."),
        (desk.day("day", 2026, 2, 30), "There is no such day."),
    ],
)
def test_a_call_that_cannot_be_says_why_and_keeps_what_was_typed(client, typed, says):
    there = desk.at(client, cases.DESK)
    answer = there.send("desk:call_meeting", "villagers-assembly", **{**CALL, **desk.day("day", 2026, 3, 14), **typed})
    assert answer.status_code == 200
    assert says in said(answer)
    assert 'value="301"' in answer.content.decode()
    assert not Meeting.objects.exists()


@pytest.mark.usefixtures("monday")
@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
@pytest.mark.parametrize("bring", [meetings.called, meetings.held])
def test_nothing_english_is_left_in_a_chinese_page(client, bring, language):
    meeting = bring(at=county.MONDAY - 20 * DAY)
    if meeting.held_at:
        meetings.resolved(meeting, asks=meetings.ASKED)
        meetings.drafted(meeting)
        meetings.correction(meeting)
    there = desk.at(client, cases.DESK)
    pages = [desk.address("desk:meeting", (meeting.pk,)), reverse("meetings:meeting", args=[meeting.number])]
    pages += [desk.address("desk:meetings"), desk.address("desk:call_meeting", ("villagers-assembly",))]
    for page in pages:
        words = said(there.client.get(page, HTTP_ACCEPT_LANGUAGE=language))
        assert not LATIN.findall(AS_IT_IS.sub("", words)), page
