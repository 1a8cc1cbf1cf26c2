"""The sheet for the board: a strip without a name, the list below it, and nothing that leads to a person, in its text or beside it."""

from __future__ import annotations

import io
import unicodedata

import pypdf
import pytest
from django.utils import translation

from chengnuo.foundation.plain import NotForThePublic, public
from chengnuo.notices import queries
from chengnuo.notices.models import NoticeLine
from chengnuo.web.casework import papers
from chengnuo.web.notices.hanging import sheet_of
from chengnuo.web.notices.words import address_of, lines_of, notice_name
from tests.factories import county, notices

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
LANGUAGES = ("zh-hans", "zh-hant", "en")
HEADINGS = {"zh-hans": "家庭支持申请审核公示", "zh-hant": "家庭支持申請審核公示", "en": "Notice of claims"}


def printed(notice, language):
    with translation.override(language):
        made = papers.made("notice.typ", sheet_of(notice), county.MONDAY)
    return pypdf.PdfReader(io.BytesIO(made))


def text_of(file):
    # the font's radicals come back as other signs than were written
    return unicodedata.normalize("NFKC", "\n".join(page.extract_text() for page in file.pages))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_page_says(language):
    notice = notices.published()
    text = text_of(printed(notice, language))
    assert HEADINGS[language] in text
    for line in notice.lines.all():
        assert (line.reference in text, line.mask in text) == (True, True)
    assert "2026" in text
    assert address_of(notice).rstrip("/").rpartition("/")[2] in text.replace("\n", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_its_text_nor_what_stands_beside_it_leads_to_a_person(language):
    notice = notices.published()
    file, above = printed(notice, language), notice.office.above
    public(text_of(file).replace("\n", " "), known=[above.telephone, address_of(notice)])
    public([str(value) for name, value in file.metadata.items() if not name.endswith("Date")])
    assert not [name for name in notices.NAMES if name in text_of(file)]


def test_the_names_stand_below_the_strip():
    text = text_of(printed(notices.published(), "en"))
    strip, _line, below = text.partition("Photograph only what stands above this line.")
    assert "*" not in strip
    assert below.count("*") >= 5


def test_it_is_not_made_where_something_leads_to_a_person():
    notice = notices.published()
    NoticeLine.objects.filter(pk=notice.lines.first().pk).update(mask="张* 13812345678")
    with pytest.raises(NotForThePublic):
        sheet_of(notice)


def test_an_office_without_anybody_above_says_whom_to_call():
    notice = notices.published()
    notice.office.above = None
    with translation.override("en"):
        assert "12345" in sheet_of(notice)["object"]


def test_a_notice_is_called_by_its_heading_and_its_number():
    notice = notices.published()
    with translation.override("en"):
        assert notice_name(notice.says.heading, "BCDFGHJKLMNP").endswith("under review, number BCDF GHJK LMNP")


def test_a_line_shows_its_reference_its_mask_and_its_village():
    notice = notices.published()
    shown = queries.shown(notice)
    with translation.override("en"):
        (first, *_others) = lines_of(shown)
    line = notice.lines.order_by("reference").first()
    assert (first.reference, first.name, first.village) == (line.reference, line.mask, "Longchi Village")
