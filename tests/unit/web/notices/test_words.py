"""What a notice is called and how it stands, in words: every state has its own, the same for the public, the desk and the paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from chengnuo.foundation.plain import NotForThePublic, public
from chengnuo.notices.lifecycle import NOTICE
from chengnuo.notices.models import Notice, Recalled
from chengnuo.notices.queries import Entry, Shown
from chengnuo.policies.notices import notices as kinds
from chengnuo.web.notices.desk import DEEDS
from chengnuo.web.notices.hanging import REASONS, sheet_of
from chengnuo.web.notices.words import STATUS, address_of, days_of, facts_of, lines_of, notice_name, paper_of
from chengnuo.web.uploads import PHOTOS
from tests.factories import county, notices

LANGUAGES = ("zh-hans", "zh-hant", "en")
HELD = {"begins": date(2026, 3, 2), "ends": date(2026, 3, 9)}


def test_every_state_has_words_of_its_own():
    assert set(STATUS) == {status.value for status in NOTICE.statuses}
    for language in LANGUAGES:
        with translation.override(language):
            assert len({str(word.text) for word in STATUS.values()}) == len(STATUS)


def test_every_deed_is_a_move_and_the_one_with_a_photo_may_be_large():
    assert set(DEEDS) < {move.name for move in NOTICE}
    assert [name for name, deed in DEEDS.items() if deed.grave] == ["recall"]
    assert "hang" in PHOTOS


def test_an_officer_cannot_say_what_only_the_system_knows():
    assert set(Recalled) - set(REASONS) == {Recalled.RESTORED, Recalled.SMALL}


@pytest.mark.parametrize("held", [{}, {"begins": HELD["begins"]}, {"ends": HELD["ends"]}])
def test_a_notice_without_both_its_days_shows_none(held):
    assert days_of(Notice(**held)) == ""


@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("en", "March 2, 2026 to March 9, 2026"),
        ("zh-hans", "2026年3月2日至2026年3月9日"),
        ("zh-hant", "2026年3月2日至2026年3月9日"),
    ],
)
def test_its_days_are_the_first_and_the_last(language, days):
    with translation.override(language):
        assert days_of(Notice(**HELD)).replace(" ", "") == days.replace(" ", "")


@pytest.mark.parametrize(
    ("held", "says"),
    [
        ({"status": "published"}, "has not said that it hangs"),
        ({"status": "missed"}, "It never hung"),
        ({"status": "up", "hung_at": county.MONDAY}, "put up at the notice board on March 2, 2026"),
        ({"status": "recalled", "hung_at": county.MONDAY}, "put up at the notice board on March 2, 2026"),
        ({"status": "taken_down", "hung_at": county.MONDAY, "taken_down_at": county.MONDAY}, "Taken down on March 2"),
        ({"status": "taken_down", "taken_down_at": county.MONDAY}, "Taken down on March 2"),
    ],
)
def test_the_last_that_is_known_of_the_paper_is_said(held, says):
    assert says in paper_of(Notice(**held))


@pytest.mark.parametrize("kind", kinds().kinds.values(), ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_name_may_stand_in_a_list_of_what_is_owed(kind, language):
    with translation.override(language):
        name = notice_name(kind.heading, "BCDFGHJKLMNP")
    public(name)
    assert "BCDF GHJK LMNP" in name


def test_no_two_kinds_have_one_heading():
    for script in ("hans", "hant", "en"):
        assert len({getattr(kind.heading, script) for kind in kinds().kinds.values()}) == len(kinds().kinds)


def test_lines_are_shown_in_the_order_in_which_they_come():
    kind = kinds().kinds["review"]
    entries = tuple(Entry(reference, "张*", kind.heading) for reference in ("BBBBB", "CCCCC"))
    shown = Shown(kind.heading, kind.says, kind.heading, "BCDFGHJKLMNP", entries)
    assert [line.reference for line in lines_of(shown)] == ["BBBBB", "CCCCC"]
    assert lines_of(replace(shown, entries=())) == ()


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
class TestAPublishedNotice:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_what_stands_beside_its_list_leads_to_nobody(self, language):
        notice = notices.published()
        with translation.override(language):
            public([[row.label, row.value] for row in facts_of(notice)])

    def test_its_facts_hold_no_line_and_a_draft_has_neither_days_nor_paper(self):
        draft = notices.drafted()
        assert [row.label for row in facts_of(draft)] == ["Office", "Number"]
        said = " ".join(row.value for row in facts_of(notices.again(draft)))
        assert not [line for line in draft.lines.all() if line.mask in said or line.reference in said]

    def test_its_square_leads_to_its_own_page_and_tells_nothing_else(self):
        notice = notices.published()
        assert address_of(notice).endswith(f"/notices/{notice.number}/")
        assert "?" not in address_of(notice)
        assert notice.office.key not in address_of(notice)

    def test_the_paper_names_whom_to_tell_above_the_office_and_not_the_office(self):
        notice = notices.published()
        told = sheet_of(notice)["object"]
        assert str(notice.office.above) in told
        assert str(notice.office) not in told

    def test_the_paper_of_an_office_whose_telephone_is_somebodys_own_is_made_and_no_other_number_is(self):
        notice = notices.published()
        notice.office.above.telephone = "10012345678"
        assert "10012345678" in sheet_of(notice)["object"]
        notice.office.above.name = replace(notice.office.above.name, en="Township 10087654321")
        with pytest.raises(NotForThePublic):
            sheet_of(notice)
