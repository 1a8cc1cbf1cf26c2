"""The pages of meetings: read by everybody in three languages without a script, acted on at the desk, corrected by who was there."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.meetings import queries
from chengnuo.meetings.models import Confirmation, Correction, Meeting, Resolution
from chengnuo.meetings.operations import minuting
from chengnuo.people.models import Office
from tests.factories import cases, county, meetings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
STAMP = re.compile(r'name="stamp" value="([^"]+)"')
LANGUAGES = {"zh-hans": "村民会议", "zh-hant": "村民會議", "en": "Villagers&#x27; assembly"}
MOST_QUERIES = 12
BEGAN = county.MONDAY - 20 * meetings.DAY
CALL = {
    "day_year": "2026", "day_month": "3", "day_day": "20", "hour": "９：３０", "where": "村委会院内",
    "agenda": "报告收支", "demanded_by": "", "demanded": "",
    "roll_adults": "812", "roll_households": "301", "roll_representatives": "36",
}  # fmt: skip
VOTES = {"words": "请答复体检的日子。", "ayes": "150", "noes": "20", "abstentions": "0", "office": ""}


def client(post=cases.DESK, language="en"):
    made = Client(headers={"accept-language": language})
    if post:
        county.sign_in(made, post)
    return made


def sent(browser, url, **data):
    stamp = STAMP.search(browser.get(url).content.decode())[1]
    return browser.post(url, data | {"stamp": stamp})


def deed(meeting, name):
    return reverse("desk:meeting_deed", args=[meeting.pk, name])


def held():
    return meetings.held(at=BEGAN)


def drafted():
    return meetings.drafted(held())


def answered():
    """Drafted, with a decision, a correction that waits and one that was declined."""
    meeting = held()
    meetings.resolved(meeting, asks=meetings.ASKED)
    meetings.drafted(meeting)
    declined = meetings.correction(meeting, words="是七十元。")
    said = {"correction": declined.pk, "is_taken_up": False, "reply": "与录音一致。"}
    meetings.does(minuting.answer_correction, at=meeting.held_at + meetings.DAY, **said)
    meetings.correction(meeting)
    return meeting


def is_a_page_without_a_script(answer, language):
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert f'lang="{language}"' in shown.lower()
    assert not re.search(r"<script(?![^>]* src=)|\son[a-z]+=|javascript:", shown)
    return shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("bring", [meetings.called, held, answered])
def test_everybody_reads_a_meeting_in_their_language(bring, language, django_assert_max_num_queries):
    meeting, browser = bring(), client("", language)
    for url in (
        reverse("meetings:of_place", args=["420526101201"]),
        reverse("meetings:meeting", args=[meeting.number]),
    ):
        browser.get(url)
        with django_assert_max_num_queries(MOST_QUERIES):
            answer = browser.get(url)
        assert LANGUAGES[language] in is_a_page_without_a_script(answer, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("bring", [meetings.called, held, answered])
def test_the_committee_reads_it_at_the_desk(bring, language, django_assert_max_num_queries):
    meeting, browser = bring(), client(language=language)
    for url in (reverse("desk:meetings"), reverse("desk:meeting", args=[meeting.pk])):
        browser.get(url)
        with django_assert_max_num_queries(MOST_QUERIES):
            answer = browser.get(url)
        assert LANGUAGES[language] in is_a_page_without_a_script(answer, language)


def test_its_number_is_read_as_it_is_written_and_no_other_leads_anywhere():
    number = meetings.called().number
    spelled = f"{number[:4]}-{number[4:8]}-{number[8:]}".lower()
    assert client("").get(reverse("meetings:meeting", args=[spelled])).status_code == 200
    assert client("").get(reverse("meetings:meeting", args=["BCDFGHJKLMNP"])).status_code == 404


def test_the_public_page_shows_what_was_answered_and_neither_word_nor_line():
    meeting = answered()
    shown = client("").get(reverse("meetings:meeting", args=[meeting.number])).content.decode()
    assert "是七十元。 — 与录音一致。" in shown
    assert "卫生费是每户每年六十元" not in shown, "it waits for its answer"
    assert queries.word_of(meeting) not in shown
    assert "Line 7" not in shown
    assert "/desk/" not in shown


def test_whoever_was_there_has_the_minutes_corrected_by_word_and_line():
    meeting, browser = drafted(), client("")
    url = reverse("meetings:correct", args=[meeting.number])
    assert url in browser.get(reverse("meetings:meeting", args=[meeting.number])).content.decode()
    word = queries.word_of(meeting).lower()
    answer = sent(browser, url, word=f" {word} ", line="１２", words="卫生费是六十元。")
    assert answer.status_code == 302
    asked = Correction.objects.get()
    assert (asked.meeting_id, asked.line, asked.words) == (meeting.pk, 12, "卫生费是六十元。")
    assert "waits for its answer" in client().get(reverse("desk:meeting", args=[meeting.pk])).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"word": "BCDFGH"}, {"word": "卫生费"}, {"word": "ＢＣＤ"}, {"line": "0"}, {"line": "215"}]
)
def test_whoever_was_not_there_is_told_so_and_keeps_what_was_typed(wrong):
    meeting, browser = drafted(), client("")
    said = {"word": queries.word_of(meeting), "line": "12", "words": "卫生费是六十元。"} | wrong
    answer = sent(browser, reverse("meetings:correct", args=[meeting.number]), **said)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "Only who was there can have the minutes corrected" in shown
    assert all(value in shown for value in said.values())
    assert not Correction.objects.exists()


@pytest.mark.parametrize("bring", [meetings.called, held, lambda: meetings.closed(held())])
def test_what_cannot_be_corrected_now_has_no_page_for_it(bring):
    meeting = bring()
    url = reverse("meetings:correct", args=[meeting.number])
    assert client("").get(url).status_code == 404
    assert url not in client("").get(reverse("meetings:meeting", args=[meeting.number])).content.decode()


def test_nobody_tries_words_by_the_hundred():
    url, browser = reverse("meetings:correct", args=[drafted().number]), client("")
    codes = [browser.post(url, {"word": "BCDFGH", "line": "1", "words": "x"}).status_code for _try in range(61)]
    assert (codes[0], codes[-1]) == (200, 429)
    assert "noindex" in client("", "en").get(url, REMOTE_ADDR="10.9.9.9").headers["X-Robots-Tag"]


def test_a_meeting_is_called_through_the_page():
    answer = sent(client(), reverse("desk:call_meeting", args=[meetings.ASSEMBLY]), **CALL)
    assert answer.status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.begins_at.isoformat() == "2026-03-20T01:30:00+00:00"
    assert meeting.roll == meetings.ROLL[meetings.ASSEMBLY]
    assert client().get(reverse("desk:call_meeting", args=["nothing"])).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"demanded": "90"}, "These counts cannot be"),
        ({"demanded_by": "adults", "demanded": "813"}, "These counts cannot be"),
        ({"demanded_by": "adults"}, "These counts cannot be"),
        ({"day_year": "2025"}, "This day has passed"),
        ({"hour": "晚上七点"}, "Write the hour like 9:00 or 19:30."),
        ({"agenda": "请联系13800138000"}, "13800138000"),
        ({"agenda": "一" * 201}, "at most 200 characters"),
        ({"roll_adults": "0", "roll_households": "0"}, "These counts cannot be"),
    ],
)
def test_a_call_that_cannot_be_is_answered_and_keeps_what_was_typed(wrong, says):
    answer = sent(client(), reverse("desk:call_meeting", args=[meetings.ASSEMBLY]), **CALL | wrong)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert says in shown
    assert all(value in shown for value in (CALL | wrong).values())
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("came", [{"came_adults": "813"}, {"came_adults": "多"}, {"came_households": ""}])
def test_more_than_there_are_never_came(came):
    meeting = meetings.called(at=county.MONDAY - 12 * meetings.DAY)
    said = {"came_adults": "180", "came_households": "214"}
    answer = sent(client(), deed(meeting, "hold"), **said | came)
    assert answer.status_code == 200
    assert all(value in answer.content.decode() for value in (said | came).values())
    assert meetings.again(meeting).status == "called"
    assert sent(client(), deed(meeting, "hold"), **said).status_code == 302
    assert meetings.again(meeting).present == {"adults": 180, "households": 214}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"ayes": "195"}, "More votes were counted than people were there."),
        ({"ayes": ""}, "Write how many were for it."),
        ({"day": ("2026", "4", "1")}, "Whoever is asked something is asked by a day"),
        ({"office": "health-bureau"}, "Whoever is asked something is asked by a day"),
        ({"office": "health-bureau", "day": ("2026", "1", "1")}, "An answer is asked for by a day after the meeting"),
    ],
)
def test_a_decision_that_cannot_be_is_answered_and_keeps_what_was_typed(wrong, says):
    meeting, said = held(), VOTES | wrong
    said |= dict(
        zip(("answer_by_year", "answer_by_month", "answer_by_day"), said.pop("day", ("", "", "")), strict=True)
    )
    if said["office"]:
        said["office"] = str(Office.objects.get(key=said["office"]).pk)
    answer = sent(client(), deed(meeting, "resolve"), **said)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert says in shown
    assert all(value in shown for value in said.values())
    assert not Resolution.objects.exists()


def test_every_office_that_may_be_asked_can_be():
    meeting, browser = held(), client()
    offices = re.findall(
        r'name="office"[^>]*value="([0-9a-f-]{36})"', browser.get(deed(meeting, "resolve")).content.decode()
    )
    assert len(offices) > 3
    for office in offices:
        said = {"office": office, "answer_by_year": "2026", "answer_by_month": "4", "answer_by_day": "1"}
        assert sent(browser, deed(meeting, "resolve"), **VOTES | said).status_code == 302, Office.objects.get(pk=office)


def test_a_correction_is_declined_with_a_reason_or_not_at_all():
    meeting = drafted()
    asked, browser = meetings.correction(meeting), client()
    url = reverse("desk:correction", args=[meeting.pk, asked.pk])
    assert sent(browser, url, is_taken_up="no", reply=" ").status_code == 200
    assert sent(browser, url, is_taken_up="no", reply="与录音一致。").status_code == 302
    assert Correction.objects.get().reply == "与录音一致。"
    assert browser.get(url).status_code == 404


def test_buttons_are_what_is_open_and_nobody_above_has_any():
    def names(meeting, post=cases.DESK):
        page = client(post).get(reverse("desk:meeting", args=[meeting.pk])).context["page"]
        return [button.href.rsplit("/", 2)[-2] for button in page.buttons]

    assert names(meetings.called()) == ["change", "call_off"]
    meeting = drafted()
    assert names(meeting) == ["resolve", "draft", "photograph", "close"]
    assert names(meeting, cases.TOWNSHIP_HEAD) == []
    assert names(meetings.closed(held())) == ["photograph", "put_up"]


@pytest.mark.parametrize("name", ["call", "attendance", "tally", "minutes"])
def test_each_paper_is_a_file_that_no_stranger_opens(name):
    meeting = held() if name == "minutes" else meetings.called()
    url = reverse("desk:meeting_sheet", args=[meeting.pk, name])
    answer = client().get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert client(f"{cases.ELSEWHERE}.desk").get(url).status_code == 404
    # whoever stands above reads what hangs, and not the word of those who come
    above = client(cases.TOWNSHIP_DESK).get(url).status_code
    assert above == (200 if name in ("call", "minutes") else 404)
    assert client().get(url.replace(f"{name}.pdf", "nothing.pdf")).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_law_is_confirmed_row_by_row(language, django_assert_max_num_queries):
    browser, url = client(cases.BUREAU_HEAD, language), reverse("desk:law_on_meetings")
    browser.get(url)
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = browser.get(url)
    is_a_page_without_a_script(answer, language)
    rows = answer.context["page"].rows
    assert {bool(row.href) for row in rows} == {True}
    assert sent(browser, rows[0].href, source="").status_code == 200
    assert sent(browser, rows[0].href, source="第二十四条").status_code == 302
    assert [row.confirmed.startswith("第二十四条") for row in browser.get(url).context["page"].rows].count(True) == 1
    assert Confirmation.objects.get().by.key == cases.BUREAU_HEAD
    readers = client("health-bureau.auditor").get(url).context["page"].rows
    assert not [row.href for row in readers if row.href]


@pytest.mark.parametrize("where", [("nothing", "2026-01-01", "all"), ("village_group_majority", "2026-13-01", "all"),
                                   ("village_group_majority", "2026-01-01", "420526")])  # fmt: skip
def test_what_is_no_row_of_law_is_not_confirmed(where):
    assert client(cases.BUREAU_HEAD).get(reverse("desk:confirm_law", args=where)).status_code == 404


def test_nothing_that_is_sent_to_a_page_of_a_meeting_breaks_it():
    meeting, browser = drafted(), client()
    for name in ("resolve", "draft", "photograph", "close", "hold", "nothing"):
        body = urlencode({"ayes": "\x00", "minutes": "\u200b", "came_adults": "９" * 30, "words": "一" * 9000})
        answer = browser.post(deed(meeting, name), body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (200, 404), name
