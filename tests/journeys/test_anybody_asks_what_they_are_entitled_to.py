"""Somebody without a name asks what the family is entitled to: one question a page, the answers to check, the result, a letter."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import opencc
import pytest
from django.urls import reverse

from chengnuo.foundation import memo, space
from chengnuo.policies.programmes import programmes
from tests.factories import reading
from tests.factories.calculator import ADDRESS, BABY, OLD, Calculator
from tests.unit.web.entitlements.test_asking import without

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
LANGUAGES = {"en": "en", "zh-CN": "zh-Hans", "zh-TW": "zh-Hant"}
SECOND = BABY | {"child.1.which_child": "2", "child.1.mother_here": "yes", "child.1.first_here": "yes"}
LOST = OLD | {
    "person.1.children_living": "0", "person.1.children_ever": "1", "more": "loss", "person.1.child_died": "2019-02-03", "person.1.wife_born": "none"
}  # fmt: skip
LATIN = re.compile(r"[A-Za-z]{4,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


@pytest.fixture(autouse=True)
def _nothing_remembered():
    memo.forget()


def card(page: str, key: str) -> str:
    return re.search(rf'<section class="card" aria-labelledby="{re.escape(key)}">.*?</section>', page, re.DOTALL)[0]


def test_the_way_in_stands_on_the_first_page_among_the_services_and_under_every_page(client):
    for address in ("/", "/services/", "/contact/"):
        assert f'href="{ADDRESS}"' in client.get(address).content.decode()


def test_a_baby_s_parent_answers_a_few_questions_and_reads_sum_day_place_and_papers():
    phone = Calculator()
    page = phone.result(SECOND)
    assert phone.asked[:4] == ["place", "who", "children", "child.1.born"]
    said = card(page, "childcare-subsidy.1")
    for words in (
        "3,600 yuan a year",
        "2026 to 2028, each year",
        "Dec. 31, 2026",
        "the public budget",
        "Identity card",
        "service office of your township",
    ):
        assert words in said
    assert 'href="/services/childcare-subsidy/"' in said
    assert "Money for this year in all" in page


def test_it_answers_while_the_disk_is_full():
    with space.said(0):
        assert "3,600 yuan a year" in card(Calculator().result(SECOND), "childcare-subsidy.1")


def test_what_hangs_on_a_number_that_nobody_found_is_said_to(monkeypatch):
    without(monkeypatch, "childcare-subsidy")
    page = Calculator().result(SECOND)
    assert re.search("A number is not known here</h2>.*<li>Childcare subsidy</li>", page, re.DOTALL)


def test_every_reason_stands_with_its_mark_its_text_and_how_sure_it_is():
    said = card(Calculator().result(SECOND), "childcare-subsidy.1")
    assert "the child is a Chinese national" in said
    assert said.count('<cite lang="zh-Hans">育儿补贴制度') > 4
    assert "in force since Jan. 1, 2025 (read in the text itself)" in said
    assert "neither records nor tests" in said
    assert "If it were “the birth year is made up at once”: entitled, 7,200 yuan a year" in unescape(said)


def test_who_is_not_entitled_reads_what_stands_in_the_way_and_until_when():
    page = Calculator().result(OLD | {"person.1.born": "1970-03-02"})
    said = card(page, "rural-incentive.1")
    assert "not entitled" in said
    assert "This does not hold: reaches 60 by 31 December" in said
    assert "From 2030 on this may be due" in said


def test_an_answer_that_is_missing_is_named_and_given_by_a_press():
    phone = Calculator()
    page = phone.result(BABY | {"child.1.chinese": "?"})
    assert re.search(
        r'name="to" value="child\.1\.chinese">the child is a Chinese national<', card(page, "childcare-subsidy.1")
    )
    phone.send(to="child.1.chinese")
    assert phone.at == "child.1.chinese"
    phone.answer("yes")
    phone.send(to="result")
    assert "3,600 yuan" in card(phone.page, "childcare-subsidy.1")


def test_back_leads_to_the_question_before_with_its_answer():
    phone = Calculator()
    phone.send()
    for text in ("420526000000", "child", "1", "2025-03-02"):
        phone.answer(text)
    phone.send(to="back")
    assert phone.at == "child.1.born"
    assert 'value="2025"' in phone.page
    phone.send(to="back")
    assert phone.at == "children"
    for _press in range(5):
        phone.send(to="back")
    assert phone.at == "place", "before the first there is none"


def test_the_way_in_warns_of_the_browser_s_button_and_a_question_says_how_many_follow():
    phone = Calculator()
    assert "browser's own button" in unescape(phone.page)
    phone.send()
    for text in ("420526000000", "child", "1"):
        assert "questions are left" not in phone.page
        phone.answer(text)
    assert re.search(r"About \d+ questions are left", phone.page)


def test_every_answer_stands_to_be_checked_and_can_be_changed():
    phone = Calculator()
    phone.answers(BABY)
    assert "March 2, 2025" in phone.page
    assert set(re.findall(r'name="to" value="([^"]+)"', phone.page)) >= set(BABY)
    phone.send(to="child.1.born")
    phone.answer("2014-03-02")
    assert phone.at == "child.1.certificate", "a changed answer opens the question that it needs"
    phone.answer("no")
    assert "Check your answers" in phone.page


def test_what_nobody_was_asked_is_said_where_answers_are_checked():
    phone = Calculator()
    phone.answers(BABY)
    assert "Every child that is named here is living" in phone.page
    assert "died" not in phone.page
    phone.send(to="more")
    assert phone.at == "more"


def test_a_bereaved_parent_is_shown_what_is_theirs_only_when_they_wish_it():
    assert "special-bereaved.1" not in Calculator().result(OLD)
    page = Calculator().result(LOST)
    assert "7,080 yuan a year" in card(page, "special-bereaved.1")
    assert "two officers" not in page


def test_a_newborn_s_parent_reads_nothing_of_a_death():
    phone = Calculator()
    page = phone.result(SECOND)
    assert not re.search(r"\bdied?\b|\bdeath\b", reading.read(page).text)


def test_who_does_not_know_the_place_sees_what_hangs_on_it_in_one_list():
    page = Calculator().result(BABY | {"place": "?"})
    assert "It depends on the place" in page
    assert "Yichang childcare grant" in page
    assert 'aria-labelledby="yichang-childcare-grant.1"' not in page


def test_who_lives_elsewhere_is_sent_to_no_counter_of_this_county():
    page = Calculator().result(BABY | {"place": "elsewhere"})
    assert "3,600 yuan a year" in page
    assert "/services/childcare-subsidy/" not in page


def test_several_children_are_told_apart():
    page = Calculator().result(BABY | {"children": "2", "child.2.born": "2024-01-02", "child.2.chinese": "yes"})
    assert "Child 2" in card(page, "childcare-subsidy.2")
    assert "Child 1" in card(page, "childcare-subsidy.1")


def test_a_service_that_has_ended_is_not_linked(monday):
    monday.move(-timedelta(days=60))
    memo.forget()
    assert "3,600 yuan" in Calculator().result(BABY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_programmes_are_listed_in_the_reader_s_language(client, language):
    page = client.get("/entitlements/programmes/", HTTP_ACCEPT_LANGUAGE=language).content.decode()
    script = {"en": "en", "zh-CN": "hans", "zh-TW": "hant"}[language]
    for each in programmes():
        assert getattr(each.words.name, script) in unescape(page)
        assert f'name="answer" value="only={each.words.key}"' in page
    assert len(re.findall(r"<h2 ", page)) == 5
    assert 'href="/services/childcare-subsidy/"' in page
    assert "3,600" in re.search(r'<h3 id="childcare-subsidy">.*?<details', page, re.DOTALL)[0]


def test_one_programme_can_be_asked_about_alone():
    phone = Calculator()
    phone.post(answer="only=childcare-subsidy")
    while phone.at:
        phone.answer(BABY[phone.at])
    phone.send(to="result")
    assert re.findall(r'<section class="card" aria-labelledby="([^"]+)"', phone.page) == ["childcare-subsidy.1"]
    assert "parental-leave" not in phone.page


def test_a_language_is_changed_in_the_middle_and_the_answers_come_along():
    phone = Calculator()
    phone.send()
    phone.answer("420526000000")
    phone.send(language="zh-hans")
    assert '<html lang="zh-Hans">' in phone.page
    assert phone.at == "who"
    assert phone.form()["answer"] == ["place=420526000000"]
    phone.answer("child")
    assert '<html lang="zh-Hans">' in phone.page, "it is remembered, as on every page"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("known", [SECOND, LOST, {"who": "both", "children": "2"}], ids=["baby", "bereaved", "unknown"])
def test_every_page_speaks_the_reader_s_language(language, known):
    phone, back = Calculator(language=language), opencc.OpenCC("t2s")
    phone.send()
    while True:
        seen = reading.read(phone.page)
        assert seen.lang == LANGUAGES[language]
        assert (seen.h1, seen.unlabelled, len(seen.ids)) == (1, [], len(set(seen.ids)))
        strange = CHINESE if language == "en" else LATIN
        allowed = re.compile(r"Chengnuo|^(?:English|简体中文|繁體中文)$")
        assert not [text for text in seen.words if strange.search(allowed.sub("", text))]
        if language == "zh-TW":
            assert back.convert(seen.text) != seen.text
        if not phone.at:
            break
        phone.answer(known.get(phone.at, "?"))
    phone.send(to="result")
    wrong = [text for text in reading.read(phone.page).words if strange.search(allowed.sub("", text))]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("known", [SECOND, LOST], ids=["baby", "bereaved"])
def test_every_result_is_a_letter_of_one_page(language, known):
    phone = Calculator(language=language)
    page = phone.result(known)
    keys = re.findall(r'name="letter" value="([^"]+)"', page)
    assert len(keys) > 6
    for key in keys:
        answer = phone.letter(key)
        assert answer["Content-Type"] == "application/pdf"
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", answer.content)) == 1, key
        assert answer["Content-Disposition"] == 'attachment; filename="letter.pdf"', "the file's name tells nothing"


def test_a_letter_that_these_answers_do_not_have_is_not_here():
    phone = Calculator()
    phone.result(BABY)
    for key in ("special-bereaved.1", "childcare-subsidy.2", "nothing", ""):
        assert phone.letter(key).status_code == 404
    assert phone.client.get(reverse("entitlements:letter")).status_code == 405
