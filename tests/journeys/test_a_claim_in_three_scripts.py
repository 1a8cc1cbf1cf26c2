"""Whoever claims reads every page in their own script and needs no program in it; officers meet the same claim at the desk."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.benefits.models import Award, Claim, Opinion
from chengnuo.benefits.operations import examining
from chengnuo.foundation import outbox
from chengnuo.web.claims.at_desk import GrantForm
from tests.factories import cases, claims, county
from tests.factories.calculator import OLD
from tests.factories.claiming import ADDRESS, PAPER, Claimant
from tests.factories.desk import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
LATIN = re.compile(r"[A-Za-z]{3,}")
STEPS = (
    ("name", {"name": "欧阳桂兰", "number": claims.number()}),
    ("township", {"township": lambda: str(county.village().above_id)}),
    ("village", {"village": lambda: str(county.village().pk)}),
    ("contact", {"consents": ["call_back"], "phone": "100 1234 5678"}),
)
LANGUAGES = {
    "zh-hans": ("核对", "村里评议", "每人每年"),
    "zh-hant": ("核對", "村裡評議", "每人每年"),
    "en": ("Check your claim", "Review in the village", ""),
}


def pages(language):
    """The screen at each step, and the one that the last press leads to."""
    phone = Claimant(language=language)
    phone.begin("rural-incentive.1", OLD)
    for step, typed in STEPS:
        assert phone.at == step
        yield step, phone
        phone.send(**{name: value() if callable(value) else value for name, value in typed.items()})
    yield "check", phone
    phone.declares()
    yield "receipt", phone


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole_in_the_readers_script_and_works_without_a_program(language):
    heading, stage, _period = LANGUAGES[language]
    for step, phone in pages(language):
        assert f'lang="{language}"'.lower() in phone.page.lower() or language in phone.page.lower(), step
        assert "onclick=" not in phone.page
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>\s*\S", phone.page), step
        if step == "check":
            assert heading in phone.text
            assert stage in phone.text
        if language != "en" and step != "receipt":
            assert not LATIN.findall(phone.text), (step, phone.text)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_a_mistake_is_said_in_the_readers_script(language):
    phone = Claimant(language=language)
    phone.begin("rural-incentive.1", OLD)
    for typed in ({"name": "", "number": ""}, {"name": "欧阳桂兰", "number": "123"}):
        phone.send(**typed)
        assert phone.at == "name"
        assert 'class="summary-of-errors"' in phone.page
        assert not LATIN.findall(phone.text), phone.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["rural-incentive", "special-bereaved", "childcare-subsidy"])
def test_a_form_on_paper_is_the_same_for_everybody_in_each_script(client, key, language):
    paper = client.post(PAPER, {"claim": key}, HTTP_ACCEPT_LANGUAGE=language)
    assert paper.content.startswith(b"%PDF")
    assert paper["Cache-Control"] == "no-store"
    assert key not in paper["Content-Disposition"]


@pytest.mark.parametrize(
    "sent", [{}, {"claim": ""}, {"claim": "elder-priority"}, {"claim": "../etc"}, {"claim": "x" * 5000}]
)
def test_there_is_no_paper_and_no_page_of_what_is_not_claimed_here(client, sent):
    assert client.post(PAPER, sent).status_code == 404
    assert client.get(PAPER).status_code == 405
    assert client.post(ADDRESS, sent).status_code == 302


@pytest.mark.parametrize("kept", ["x", "AAAA" * 500, "\x00", "é"])
def test_what_was_typed_and_comes_back_forged_is_asked_again(kept):
    phone = Claimant()
    phone.begin("rural-incentive.1", OLD)
    phone.says_who()
    phone.send(kept=kept, declared="true")
    assert phone.at == "name"
    assert not Claim.objects.exists()


# at the desk


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("960", 96_000),
        (" 960.5 ", 96_050),
        ("960.05", 96_005),
        ("5,520", 552_000),
        ("5，520", 552_000),
        ("９６０", 96_000),
        ("", None),
    ],
)
def test_a_sum_is_read_as_it_is_written(typed, fen):
    form = GrantForm({"fen": typed, "reasons": "", "stamp": GrantForm().stamp})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["fen"] == fen


@pytest.mark.parametrize("typed", ["-1", "960.555", "٩٦٠", "9e3", "1 000", "9999999999", ".5", "960."])
def test_what_is_no_sum_is_said_beside_it(typed):
    form = GrantForm({"fen": typed, "reasons": "", "stamp": GrantForm().stamp})
    assert form.errors["fen"] == ["Write yuan like 1200 or 12.50, without other words."]


def page(post, claim):
    return cases.at_desk(post).get("claim", claim.pk)


def buttons(post, claim):
    return set(re.findall(rf"/{claim.pk}/([a-z_]+)/\"", page(post, claim).content.decode()))


def test_the_one_list_is_offered_once_and_in_its_time_and_later_it_is_called_what_it_is(monday):
    """Asking for more is possible, and a broken promise: the page says so before it is pressed."""
    once, late = "Send the family the one list of what is missing", "Ask for more, late"
    claim, overdue = claims.made(), claims.made(of=2)
    assert (once in said(page(claims.DESK, claim)), late in said(page(claims.DESK, claim))) == (True, False)
    by, at = county.officer(claims.DESK), county.MONDAY
    examining.send_back(claim=claim.pk, missing=["户口簿"], words="", by=by, at=at, key=uuid4())
    cases.supply(claims.again(claim).case, at=at)
    while outbox.drain(at, "test").tried:
        pass
    assert claims.again(claim).status == "open"
    monday.move(timedelta(minutes=5))
    for asked, after in ((claim, timedelta()), (overdue, timedelta(days=14))):
        monday.move(after)
        shown = said(page(claims.DESK, asked))
        assert (once in shown, late in shown) == (False, True), after
        assert "recorded as a broken promise at once" in shown
        assert late in said(cases.at_desk(claims.DESK).get("claim_deed", asked.pk, "send_back"))


def test_each_reader_finds_the_deeds_of_the_stage_where_it_is(monday):
    first, last = claims.made(), claims.at_decision(of=2)
    monday.move(timedelta(days=5))
    assert buttons(claims.DESK, first) == {"pass_on", "send_back", "restate"}
    assert buttons(claims.TOWNSHIP_DESK, first) == buttons(claims.BUREAU_HEAD, first) == set()
    assert buttons(claims.BUREAU_HEAD, last) == {"grant", "refuse", "send_back"}
    assert buttons(claims.BUREAU_DESK, last) == set()
    claims.granted(last, at=county.MONDAY + timedelta(days=5))
    assert buttons(claims.BUREAU_HEAD, last) == set()


@pytest.mark.parametrize("typed", [{}, {"verdict": "decides"}, {"verdict": "x"}, {"verdict": "doubts", "words": "  "}, {"verdict": "supports", "words": "她怀孕了"}, {"verdict": "doubts", "words": "字" * 501}])  # fmt: skip
def test_an_opinion_that_says_nothing_or_what_is_never_recorded_stays_on_the_page(monday, typed):
    claim = claims.made()
    monday.move(timedelta(days=1))
    answer = cases.at_desk(claims.DESK).send("claim_deed", claim.pk, "pass_on", **typed)
    assert answer.status_code == 200
    assert 'class="summary-of-errors"' in answer.content.decode()
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("name", ["withdraw", "wait", "noticed", "x", "GRANT"])
def test_what_no_officer_does_has_no_address(name):
    claim = claims.at_decision("special-bereaved", at=county.MONDAY - timedelta(days=3))
    assert cases.at_desk(claims.BUREAU_HEAD).get("claim_deed", claim.pk, name).status_code == 404


def test_a_decision_for_which_it_is_too_late_says_so_and_keeps_what_was_typed(monday):
    claim = claims.at_decision()
    monday.move(timedelta(days=5))
    desk = cases.at_desk(claims.BUREAU_HEAD)
    assert desk.send("claim_deed", claim.pk, "grant", fen="", reasons="").status_code == 302
    late = desk.send("claim_deed", claim.pk, "refuse", reasons="年龄不到。", law="第三条")
    assert "something else happened in the meantime" in said(late)
    assert "年龄不到。" in late.content.decode()
    assert Award.objects.get().status == "in_force"


def test_a_claim_that_does_not_exist_and_one_of_others_answer_alike(monday):
    guarded = claims.made("special-bereaved")
    monday.move(timedelta(days=1))
    desk = cases.at_desk(claims.DESK)
    assert [desk.get("claim", pk).status_code for pk in (uuid4(), guarded.pk)] == [404, 404]
    assert [desk.get("claim_deed", pk, "pass_on").status_code for pk in (uuid4(), guarded.pk)] == [404, 404]


@pytest.mark.parametrize("who", [claims.DESK, claims.BUREAU_HEAD])
def test_no_page_of_officers_shows_an_identity_number(monday, who):
    claim = claims.made() if who == claims.DESK else claims.at_decision()
    monday.move(timedelta(days=5))
    for shown in (page(who, claim), cases.at_desk(who).get("inbox")):
        assert claims.number() not in shown.content.decode()
