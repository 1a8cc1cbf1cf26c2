"""What the catalogue names is read by everybody in their own language; what the officer adds stays as it was typed."""

from __future__ import annotations

import pytest

from chengnuo.cases.models import Case
from tests.factories import cases
from tests.factories.family import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NEED = "id-card"
CARD = {"en": "Identity card", "zh-hans": "身份证", "zh-hant": "身份證"}


@pytest.fixture
def asked():
    """A family that was sent a list by an officer who reads English: one paper of the catalogue, one of the officer's own words."""
    phone = Browser()
    case = Case.objects.get(pk=phone.ask())
    page = cases.at_desk(cases.DESK).get("deed", case.pk, "ask_once").content.decode()
    assert f'value="{NEED}"' in page
    answer = cases.deed(case, "ask_once", cases.DESK, missing=[NEED], other="照片两张", words="带来就办。")
    assert answer.status_code == 302
    return phone, case


@pytest.mark.parametrize("language", CARD)
def test_each_reads_the_list_in_their_own_language(asked, language):
    phone, case = asked
    phone.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    phone.open(f"/request/{case.pk}/")
    lines = [line for line in (CARD[language], "照片两张") if phone.text.count(line) == 2]
    assert lines == [CARD[language], "照片两张"], "once above, once in the story"
    assert NEED not in phone.text
    assert "带来就办。" in phone.text


def test_so_it_is_on_the_page_on_which_it_is_answered(asked):
    phone, case = asked
    phone.open(f"/request/{case.pk}/supply/")
    assert "· Identity card" in phone.text
    assert NEED not in phone.text


def test_a_name_that_the_officer_typed_is_known_too(asked):
    _phone, case = asked
    cases.supply(case, at=case.received_at)
    cases.deed(case, "ask_late", cases.DESK, other="身份证\n保证书")
    assert any("· Identity card\n· 保证书" in told for told in cases.told(case))
