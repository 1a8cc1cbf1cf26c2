"""The papers of a meeting, in three languages: what each says, and that the word stands on the list of attendance alone."""

from __future__ import annotations

import io
import unicodedata

import pypdf
import pytest
from django.utils import translation

from chengnuo.foundation.plain import public
from chengnuo.meetings import queries
from chengnuo.meetings.operations import calling, minuting, resolving
from chengnuo.web.meetings import sheets
from chengnuo.web.meetings.words import address_of, when
from tests.factories import cases, county, meetings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
LANGUAGES = ("zh-hans", "zh-hant", "en")
HEADINGS = {"zh-hans": "村民会议", "zh-hant": "村民會議", "en": "Villagers' assembly"}


def printed(meeting, name, language="en"):
    with translation.override(language):
        made = sheets.made(meeting, name, county.MONDAY)
    # the font's radicals come back as other signs than were written
    file = pypdf.PdfReader(io.BytesIO(made))
    text = unicodedata.normalize("NFKC", "\n".join(page.extract_text() for page in file.pages))
    return text.replace("’", "'")


def closed():
    """Minutes with a decision that asks, one that was not adopted, and both kinds of answers to corrections."""
    meeting = meetings.held()
    meetings.resolved(meeting, asks=meetings.ASKED)
    meetings.resolved(meeting, ayes=10, words="修水塔")
    meetings.drafted(meeting)
    for is_taken_up, reply in ((True, ""), (False, "与录音一致。")):
        asked = meetings.correction(meeting)
        said = {"correction": asked.pk, "is_taken_up": is_taken_up, "reply": reply}
        meetings.does(minuting.answer_correction, at=meeting.held_at, **said)
    return meetings.does(minuting.close, meeting=meeting.pk, at=meeting.held_at + 4 * meetings.DAY)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sheets.SHEETS)
def test_each_paper_is_made_in_each_language(name, language):
    meeting = closed() if name == sheets.MINUTES else meetings.called()
    text = printed(meeting, name, language)
    with translation.override(language):
        kind = str(sheets.SHEETS[name])
    assert HEADINGS[language] in text
    assert unicodedata.normalize("NFKC", kind).replace(" ", "") in text.replace("\n", "").replace(" ", "")
    assert " ".join(meeting.number[at : at + 4] for at in (0, 4, 8)) in text
    assert address_of(meeting).rstrip("/").rpartition("/")[2] in text.replace("\n", "")


def test_the_word_stands_on_the_list_of_attendance_alone():
    meeting = meetings.called()
    word = queries.word_of(meeting)
    assert {name for name in sheets.SHEETS if word in str(sheets.said(meeting, name))} == {sheets.ATTENDANCE}
    assert word in printed(meeting, sheets.ATTENDANCE)


def test_the_papers_on_which_people_write_have_rows_and_heads():
    meeting = meetings.called()
    said = {name: sheets.said(meeting, name) for name in sheets.SHEETS}
    assert {name: (each["rows"], len(each["heads"])) for name, each in said.items()} == {
        "call": (0, 0),
        "attendance": (812, 4),
        "tally": (12, 4),
        "minutes": (0, 0),
    }
    assert "301" in printed(meeting, sheets.ATTENDANCE)
    few = meetings.called(roll={"adults": 9, "households": 4, "representatives": 1})
    assert sheets.said(few, sheets.ATTENDANCE)["rows"] == 12


def test_the_call_says_when_where_and_what_for():
    text = printed(meetings.called(), sheets.CALL)
    for said in ("2026-03-14 10:00", "村委会院内", "1. 报告收支", "2. 卫生费"):
        assert unicodedata.normalize("NFKC", said) in text, said


def test_the_minutes_say_whether_it_was_valid_what_was_decided_and_what_was_corrected():
    sections = {each["title"]: each["lines"] for each in sheets.said(closed(), sheets.MINUTES)["sections"]}
    assert list(sections) == [
        "Whether it was valid: valid under a text that is not confirmed",
        "Minutes",
        "What was decided",
        "Corrections",
    ]
    assert sections["Minutes"] == [meetings.MINUTES]
    first, second = sections["What was decided"]
    assert "150 for, 20 against, 0 abstaining" in first
    assert "answers by 2026-04-11" in first
    assert second.startswith("修水塔 · 10 for")
    assert [line.rpartition(" · ")[2] for line in sections["Corrections"]] == ["taken up", "与录音一致。"]


def test_what_was_not_adopted_is_said_so_on_the_paper():
    first, second = sheets.said(closed(), sheets.MINUTES)["sections"][2]["lines"]
    assert "not adopted" not in first
    assert "not adopted" in second


def test_the_call_of_the_next_meeting_reads_out_what_offices_answered():
    meeting = closed()
    assert sheets.said(meetings.called(), sheets.CALL)["sections"] == []
    asked = meeting.resolutions.first()
    said = {"resolution": asked.pk, "reply": "四月二十日到村里体检。", "post": cases.BUREAU_DESK}
    meetings.does(resolving.answer, at=meeting.closed_at, **said)
    (section,) = sheets.said(meetings.called(), sheets.CALL)["sections"]
    assert section["lines"][0].endswith("四月二十日到村里体检。")
    other = meetings.called(sort=meetings.REPRESENTATIVES)
    assert sheets.said(other, sheets.CALL)["sections"] == [], "another meeting asked"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_on_what_hangs_leads_to_a_person(language):
    meeting = closed()
    with translation.override(language):
        for name in (sheets.CALL, sheets.MINUTES):
            said = sheets.said(meeting, name)
            public([fact for fact in said["facts"] if fact["value"] != when(meeting)])
            public(said["sections"], known=["2026-04-11", "2025-10-28"])


def test_the_papers_that_are_of_use_now_are_offered():
    meeting = meetings.called()
    assert [name for name, _label in sheets.offered(meeting, calls=True)] == ["call", "attendance", "tally"]
    assert [name for name, _label in sheets.offered(meeting, calls=False)] == ["call"]
    off = meetings.does(calling.call_off, meeting=meeting.pk)
    assert sheets.offered(off, calls=True) == []
    assert [name for name, _label in sheets.offered(meetings.held(), calls=True)] == ["minutes"]
