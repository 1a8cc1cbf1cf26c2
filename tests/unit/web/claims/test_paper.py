"""The claim of a programme on paper."""

from __future__ import annotations

import io

import pypdf
import pytest
from django.conf import settings
from django.utils.translation import override

from chengnuo.web.claims.paper import blank_form, said_on_form
from chengnuo.web.entitlements.claiming import claimable_on, offered_on
from chengnuo.web.square import square_of
from tests.factories import county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
TODAY = county.MONDAY.date()
LANGUAGES = ("zh-hans", "zh-hant", "en")


def said(key, language="en"):
    with override(language):
        return said_on_form(claimable_on(TODAY)[key], offered_on(TODAY)[key], TODAY.year)


def asked(key):
    return [each["asks"] for each in said(key)["questions"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["rural-incentive", "childcare-subsidy", "special-bereaved", "special-complications"])
def test_every_form_is_one_sheet_in_three_scripts(key, language):
    with override(language):
        made = pypdf.PdfReader(io.BytesIO(blank_form(claimable_on(TODAY)[key], at=county.MONDAY)))
    cover = key.startswith("special")
    assert len(made.pages) <= 2 + cover
    text = "".join(page.extract_text() for page in made.pages).replace("\n", "")
    assert str(TODAY.year) in text


def test_it_asks_what_its_programme_asks_and_nothing_else():
    assert "Are you registered as a rural resident?" in asked("rural-incentive")
    assert not [each for each in asked("rural-incentive") if "die" in each]
    assert "When was the child born?" in asked("childcare-subsidy")
    assert not [each for each in asked("childcare-subsidy") if "Which child" in each]


def test_what_it_is_for_is_asked_where_nobody_else_is_asked():
    assert "On which day did your child die?" in asked("special-bereaved")
    assert "Which grade stands on the certificate?" in asked("special-complications")


def test_every_question_can_be_left_open():
    for key in claimable_on(TODAY):
        for each in said(key)["questions"]:
            assert each["boxes"][-1] == "I do not know"
            assert bool(each["parts"]) != ("Yes" in each["boxes"] or "Grade 1" in each["boxes"])


def test_a_loss_is_handed_in_closed_and_heads_no_paper():
    form = said("special-bereaved")
    assert form["heading"] == "Special assistance"
    assert "closed envelope" in form["hand_in"]
    assert "nobody in the village" in form["hand_in"]
    assert "At any counter" in said("rural-incentive")["hand_in"]


def test_the_cover_of_an_envelope_tells_nobody_what_is_inside():
    cover = said("special-bereaved")["cover"]
    assert (cover["office"], cover["label"]) == ("Xingshan Health Bureau, Family Development Office", "Public support")
    words = str(cover).lower()
    assert not [each for each in ("special", "assistance", "child", "loss", "bereave", "disab") if each in words]
    assert "The county's officer opens it, enters the claim" in cover["how"][2]
    assert said("rural-incentive")["cover"] is None
    with override("en"):
        made = pypdf.PdfReader(io.BytesIO(blank_form(claimable_on(TODAY)["special-complications"], at=county.MONDAY)))
    last = made.pages[-1].extract_text()
    assert "Hand on unopened." in last
    assert "complication" not in last.lower()


def test_a_child_has_cells_for_a_number_of_its_own():
    assert [each["count"] for each in said("childcare-subsidy")["numbers"]] == [18, 18]
    assert len(said("rural-incentive")["numbers"]) == 1


def test_it_says_what_is_never_asked_and_where_to_reckon_first():
    form = said("rural-incentive")
    assert "pregnancy" in form["never"]
    assert form["qr"] == square_of(f"{settings.PUBLIC_ADDRESS}/entitlements/").svg


def test_it_is_fetched_by_a_button_so_that_no_address_names_a_programme(client):
    answer = client.post("/claim/form.pdf", {"claim": "special-bereaved"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert "bereaved" not in answer["Content-Disposition"]
    assert client.get("/claim/form.pdf").status_code == 405
    assert client.post("/claim/form.pdf", {"claim": "elder-care-leave"}).status_code == 404
