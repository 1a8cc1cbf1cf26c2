"""The county's page of telling people and its register of assessments, and the one letter in a contact's hands: who reads them, and which buttons they find."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.foundation.models import Look
from chengnuo.outreach.internal.writing import code_of
from chengnuo.outreach.models import Assessment, FinderRun, Letter
from chengnuo.people.models import Holding, Post
from tests.factories import county, desk, outreach, situations
from tests.factories.desk import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
POSTS = situations.POSTS
NOT_READERS = "dhDtTXsm"
UNTIL = desk.day("valid_until", 2028, 1, 1)


def at(letter):
    return desk.at(Client(), POSTS[letter])


def home(letter):
    return at(letter).get("outreach:home").content.decode()


def deeds(answer, noun):
    return re.findall(rf'href="[^"]*{noun.pk}/([a-z_]+)/"', answer.content.decode())


def leads_to(page, name, *args):
    return f'href="{reverse(name, args=args)}"' in page


def test_the_county_and_the_auditor_read_it_and_only_the_rules_own_office_writes():
    assert "The law asks for one before anybody is written to" in said(at("a").get("outreach:home"))
    for letter in "bBCOa":
        page = home(letter)
        for finder in ("at-sixteen", "at-forty-nine", "at-sixty", "beside-an-award"):
            assert not leads_to(page, "outreach:begin", finder), (letter, finder)
            status = at(letter).get("outreach:assess", finder).status_code
            assert status == {"b": 200, "B": 200, "a": 403}.get(letter, 404), (letter, finder)
        assert leads_to(page, "outreach:handed_out", "newborn"), letter
        assert not leads_to(page, "outreach:assess", "newborn"), "it looks for nobody"
    for letter in NOT_READERS:
        assert at(letter).get("outreach:home").status_code == 403, letter


@pytest.mark.parametrize("letter", "bBCOa")
def test_a_button_is_shown_exactly_where_its_page_opens(letter):
    """Also to a head of another office, and for a rule that runs."""
    run = outreach.begun("at-forty-nine")
    outreach.signed("at-sixty")
    page = home(letter)
    for finder in ("at-sixteen", "at-forty-nine", "at-sixty", "beside-an-award"):
        shown = leads_to(page, "outreach:assess", finder)
        assert shown is (at(letter).get("outreach:assess", finder).status_code == 200), finder
        assert shown is (letter in "bB"), finder
    for name, args in (("outreach:begin", ["at-sixty"]), ("outreach:halt", [run.pk])):
        shown = leads_to(page, name, *args)
        assert shown is (at(letter).get(name, *args).status_code == 200), name
        assert shown is (letter in ("B" if name == "outreach:begin" else "bB")), name


def test_whoever_heads_another_office_is_offered_nothing_by_their_desk_at_this_one():
    """The role and the office belong to one hat."""
    outreach.signed("at-sixty")
    bureau, elsewhere = Post.objects.get(key=POSTS["b"]), Post.objects.get(key=POSTS["C"])
    account = county.account_of(POSTS["C"])
    Holding.objects.filter(post=bureau).update(ends=county.MONDAY.date())
    Holding.objects.create(post=bureau, account=account, begins=county.MONDAY.date())
    page, both = home("C"), county.officer(POSTS["C"])
    assert both.posts == {bureau.pk, elsewhere.pk}
    assert leads_to(page, "outreach:assess", "at-sixty")
    assert not leads_to(page, "outreach:begin", "at-sixty")
    assert at("C").get("outreach:begin", "at-sixty").status_code == 404


def test_an_assessment_is_read_by_whoever_may_read_the_page_and_signed_by_another_head():
    draft = outreach.drafted()
    for letter, offered in {"b": ["withdraw"], "B": ["sign", "withdraw"], "C": [], "a": []}.items():
        page = at(letter).get("outreach:assessment", draft.pk)
        assert deeds(page, draft) == offered, letter
        assert "waits for a second person to sign it" in said(page)
        for part in (*outreach.PARTS.values(), "Holds until"):
            assert part in said(page), (letter, part)
        assert "Signed by" not in said(page)
    for letter in NOT_READERS:
        assert at(letter).get("outreach:assessment", draft.pk).status_code == 403, letter
    assert at("b").get("outreach:assessment_deed", draft.pk, "sign").status_code == 403, "a desk signs none"
    Assessment.objects.update(author=at("B").actor.account)
    assert deeds(at("B").get("outreach:assessment", draft.pk), draft) == ["withdraw"], "nobody signs their own"
    assert at("B").get("outreach:assessment_deed", draft.pk, "sign").status_code == 404
    assert at("C").get("outreach:assessment_deed", draft.pk, "withdraw").status_code == 404
    assert at("B").get("outreach:assessment_deed", draft.pk, "nothing").status_code == 404
    assert at("B").get("outreach:assessment", uuid4()).status_code == 404


def test_a_signature_names_who_gave_it_and_asks_for_a_fresh_sign_in():
    draft, client = outreach.drafted(), Client()
    stale = desk.Desk(client, county.sign_in(client, POSTS["B"], at=county.MONDAY - outreach.DAY))
    assert stale.get("outreach:assessment_deed", draft.pk, "sign").status_code == 302
    assert Assessment.objects.get().status == "draft"
    assert at("B").send("outreach:assessment_deed", draft.pk, "sign").status_code == 302
    page = at("a").get("outreach:assessment", draft.pk)
    assert "Signed on March 2, 2026" in said(page)
    assert "Signed by" in said(page)
    assert deeds(at("B").get("outreach:assessment", draft.pk), draft) == ["withdraw"]
    assert leads_to(home("B"), "outreach:begin", "at-sixty")
    assert not leads_to(home("B"), "outreach:begin", "at-sixteen"), "it is about one rule"
    at("b").send("outreach:assessment_deed", draft.pk, "withdraw")
    ended = at("B").get("outreach:assessment", draft.pk)
    assert "holds no longer" in said(ended)
    assert deeds(ended, draft) == []
    assert leads_to(home("a"), "outreach:assessment", draft.pk), "it stays in the register"
    assert not leads_to(home("B"), "outreach:begin", "at-sixty")


def test_it_holds_through_its_last_day_and_not_a_day_longer(monday):
    outreach.signed(until=date(2026, 3, 3))
    monday.move(timedelta(days=1))
    assert leads_to(home("B"), "outreach:begin", "at-sixty")
    monday.move(timedelta(days=1))
    assert not leads_to(home("B"), "outreach:begin", "at-sixty")
    refused = at("B").send("outreach:begin", "at-sixty")
    assert refused.status_code == 200
    assert "No assessment of this finder is signed" in said(refused)
    assert not FinderRun.objects.exists()


@pytest.mark.parametrize("part", outreach.PARTS)
def test_no_part_of_an_assessment_may_be_empty_or_blank(part):
    for left in ("", " \u3000\n"):
        answer = at("b").send("outreach:assess", "at-sixty", **(outreach.PARTS | UNTIL | {part: left}))
        assert answer.status_code == 200
        assert 'aria-invalid="true"' in answer.content.decode(), left
    assert not Assessment.objects.exists()


def test_a_draft_whose_day_is_over_is_not_signed():
    draft = outreach.drafted(until=county.MONDAY.date() - outreach.DAY)
    answer = at("B").send("outreach:assessment_deed", draft.pk, "sign")
    assert "The day until which it holds is over." in said(answer)
    assert Assessment.objects.get().status == "draft"


def test_what_runs_is_stopped_by_its_own_office_and_can_be_begun_anew():
    run = outreach.begun()
    page = home("b")
    assert leads_to(page, "outreach:halt", run.pk)
    assert not leads_to(home("a"), "outreach:halt", run.pk)
    for letter in "aCO":
        assert at(letter).get("outreach:halt", run.pk).status_code in (403, 404), letter
    assert at("B").send("outreach:begin", "at-sixty").status_code == 200, "it runs already"
    assert FinderRun.objects.count() == 1
    assert at("b").send("outreach:halt", run.pk).status_code == 302
    assert FinderRun.objects.get().status == "stopped"
    assert at("b").send("outreach:halt", run.pk).status_code == 200, "once"
    assert leads_to(home("B"), "outreach:begin", "at-sixty")


def test_without_a_letter_the_page_says_so_and_leads_on():
    for letter in "dbB":
        page = at(letter).get("outreach:next")
        assert "Nothing waits in your hands" in said(page), letter
        for name in ("outreach:numbered", "outreach:at_counter", "outreach:next_reminder"):
            assert leads_to(page.content.decode(), name), (letter, name)
        assert "letter.pdf" not in page.content.decode()
    for letter in "tsam":
        assert at(letter).get("outreach:next").status_code == 403, letter


def test_a_letter_is_in_one_persons_hands_and_in_no_others_not_even_above_them():
    letter = outreach.one()
    assert outreach.holder(letter) == POSTS["d"]
    shown = at("d").get("outreach:next")
    assert deeds(shown, letter) == ["record", "carry"]
    for words in ("For 欧阳测", "Longchi Village", letter.number, "is to be handed over"):
        assert words in said(shown), words
    for never in ("1960", "at-sixty", "Rural family", code_of(letter.pk)):
        assert never not in said(shown), never
    before = Look.objects.count()
    for other in "hDtTbBCOsam":
        assert at(other).get("outreach:print", letter.pk).status_code in (403, 404), other
        for name in ("record", "carry"):
            assert at(other).get("outreach:letter_deed", letter.pk, name).status_code in (403, 404), (other, name)
        answer = at(other).get("outreach:next")
        assert letter.number not in answer.content.decode(), other
        if other in "hDbB":
            found = at(other).client.post(reverse("outreach:numbered"), {"number": letter.number})
            assert "No letter with this number is in your hands." in said(found), other
    assert Look.objects.count() == before, "nobody else has opened the name"


def test_the_number_is_read_as_people_write_it_and_leads_only_as_long_as_the_letter_is_open():
    letter = outreach.one()
    number, mine = letter.number, at("d").client
    fours = " ".join(number[at_ : at_ + 4] for at_ in range(0, 12, 4))
    for written in (number, fours):
        found = mine.post(reverse("outreach:numbered"), {"number": written})
        assert found.status_code == 302, written
    for written, sentence in (
        ("", "Type the number at the foot of the letter."),
        (number[:-1], "The number has 12 digits."),
        (code_of(letter.pk), "No letter with this number is in your hands."),
    ):
        assert sentence in said(mine.post(reverse("outreach:numbered"), {"number": written})), written
    for outcome in ("", "dead", "she was out"):
        answer = at("d").send("outreach:letter_deed", letter.pk, "record", outcome=outcome)
        assert "Choose what became of it." in said(answer), outcome
    outreach.recorded(letter, "posted", at=outreach.AT)
    closed = mine.post(reverse("outreach:numbered"), {"number": number})
    assert "No letter with this number is in your hands." in said(closed)
    assert at("d").get("outreach:letter_deed", letter.pk, "record").status_code == 404


def test_a_second_try_says_that_it_is_the_last():
    letter = outreach.one()
    outreach.recorded(letter, "not_found", at=outreach.AT - outreach.DAY)
    assert Letter.objects.get().contacts == 1
    Letter.objects.update(again_from=county.MONDAY.date() + outreach.DAY)
    assert "Nothing waits in your hands" in said(at("d").get("outreach:next")), "not before its day"
    Letter.objects.update(again_from=county.MONDAY.date())
    assert "Tried before once; this is the last time" in said(at("d").get("outreach:next"))
    outreach.recorded(letter, "not_found", at=outreach.AT)
    assert Letter.objects.get().status == "ended"
    assert "Nothing waits in your hands" in said(at("d").get("outreach:next"))
