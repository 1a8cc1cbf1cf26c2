"""What was stated is put right by the family or, in its words, by the officer: nothing else is typed again, and nothing is lost."""

from __future__ import annotations

import json
import re

import pytest
from django.http import QueryDict
from django.test import Client

from chengnuo.web.who import RECEIPT_LASTS, RECEIPTS
from tests.factories import cases, claims, county
from tests.factories.claiming import HIDDEN
from tests.factories.desk import said
from tests.factories.family import MAIN

# besides the form that sends this claim
OTHER = re.compile(r'<form method="post" action="/claim/">(.*?)</form>', re.DOTALL)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def holder(claim, language="en"):
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    session = client.session
    session[RECEIPTS] = {str(claim.case_id): [(county.MONDAY + RECEIPT_LASTS).isoformat(), ""]}
    session.save()
    return client


class Pen:
    """Sends back what the page's form holds, with what is typed."""

    def __init__(self, client, address):
        self.client, self.address = client, address
        self.page = client.get(address)

    def send(self, **typed):
        main, carried = MAIN.search(self.page.content.decode())[0], QueryDict(mutable=True)
        for name, value in HIDDEN.findall(main):
            carried.appendlist(name, value)
        self.page = self.client.post(self.address, dict(carried.lists()) | typed)
        return self.page


def facts(claim):
    claim = claims.again(claim)
    return json.loads(cases.opened(claim.facts, of=claim.case_id))["person"][0]


def test_a_family_changes_one_answer_and_keeps_all_others():
    claim = claims.made(facts=claims.RURAL | {"born": "1980-05-01"})
    client = holder(claim)
    link = f"/request/{claim.case_id}/restate/"
    mine = client.get(f"/request/{claim.case_id}/")
    assert link in mine.content.decode()
    assert "This does not hold: reaches 60 by 31 December This is no decision yet" in said(mine)
    before = facts(claim)
    pen = Pen(client, link)
    assert "Put right what was stated" in said(pen.page)
    assert "May 1, 1980" in said(pen.page)
    assert "child die" not in said(pen.page), "nobody is shown a loss that they do not have"
    assert "no-store" in pen.page["Cache-Control"]
    pen.send(to="person.1.born")
    assert 'value="1980"' in pen.page.content.decode()
    wrong = pen.send(said_year="1960", said_month="13", said_day="1")
    assert 'value="13"' in wrong.content.decode(), "what was typed is kept"
    pen.send(said_year="1960", said_month="5", said_day="1")
    assert "May 1, 1960" in said(pen.page)
    assert "960 yuan" in said(pen.page), "what the rules give now"
    assert facts(claim)["born"] == "1980-05-01", "nothing is kept before it is sent"
    undeclared = pen.send()
    assert "Tick this" in said(undeclared)
    assert "May 1, 1960" in said(undeclared)
    sent = pen.send(declared="true")
    assert sent.status_code == 302
    after = {name: value for name, value in facts(claim).items() if value is not None}
    assert after == before | {"born": "1960-05-01"}
    told = json.loads(cases.opened(claims.again(claim).proposal, of=claim.case_id))
    assert told["outcome"] == "entitled"


def test_an_officer_does_it_in_the_persons_words_and_only_where_the_claim_is():
    claim = claims.made()
    desk = cases.at_desk(claims.DESK)
    assert re.search(rf"/claims/{claim.pk}/restate/", desk.get("claim", claim.pk).content.decode())
    desk.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    pen = Pen(desk.client, f"/desk/claims/{claim.pk}/restate/")
    assert "Read it back to the person" in said(pen.page)
    assert "欧阳桂兰" in said(pen.page), "the page names whom it is about"
    assert "The person's date of birth" in said(pen.page)
    assert "When were you born" not in said(pen.page), '"you" would be the officer'
    pen.send(to="person.1.children_living")
    assert "欧阳桂兰" in said(pen.page)
    assert "do you have" not in said(pen.page)
    pen.send(said="2")
    while "Put right what was stated" not in said(pen.page):
        pen.send(said="yes")
    assert pen.send(declared="true").status_code == 302
    assert facts(claim)["children_living"] == 2
    for post in (claims.TOWNSHIP_DESK, claims.BUREAU_HEAD):
        assert cases.at_desk(post).client.get(f"/desk/claims/{claim.pk}/restate/").status_code == 404


def test_what_is_decided_or_not_theirs_is_not_put_right():
    claim = claims.at_decision(at=county.MONDAY - 20 * claims.DAY)
    stranger = Client().get(f"/request/{claim.case_id}/restate/")
    assert stranger.status_code == 302
    claims.granted(claim, at=county.MONDAY - 9 * claims.DAY)
    client = holder(claim)
    assert "/restate/" not in client.get(f"/request/{claim.case_id}/").content.decode()
    pen = Pen(client, f"/request/{claim.case_id}/restate/")
    refused = pen.send(declared="true")
    assert "can no longer be done" in said(refused)
    case = cases.ask()
    held = Client()
    session = held.session
    session[RECEIPTS] = {str(case.pk): [(county.MONDAY + RECEIPT_LASTS).isoformat(), ""]}
    session.save()
    assert held.get(f"/request/{case.pk}/restate/").status_code == 404


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "更正"), ("zh-hant", "更正"), ("en", "Put right")])
def test_it_is_read_in_three_scripts(language, words):
    claim = claims.made()
    assert words in said(holder(claim, language).get(f"/request/{claim.case_id}/restate/"))


def none_is_left(pen):
    """They write that no child is living now; what was stated as none was never asked."""
    pen.send(to="person.1.children_living")
    return pen.send(said="0")


def test_who_has_no_child_any_more_is_asked_gently_and_led_to_what_they_are_given():
    claim = claims.made()
    pen = Pen(holder(claim), f"/request/{claim.case_id}/restate/")
    assert "particular situations" in said(none_is_left(pen)), "not refused in silence"
    assert "kept sealed with this claim" in said(pen.page), "a claim keeps it, and says so"
    assert "nothing is kept" not in said(pen.page)
    pen.send(said=["loss"])
    assert "On which day did your child die" in said(pen.page)
    pen.send(said_year="2015", said_month="3", said_day="1")
    pen.send(instead="none")  # no wife
    assert "What is stated here gives something else" in said(pen.page)
    other = OTHER.search(pen.page.content.decode())[1]
    assert 'name="claim" value="special-bereaved.1"' in other
    carried = QueryDict(mutable=True)
    for name, value in HIDDEN.findall(other):
        carried.appendlist(name, value)
    begun = said(
        Client(HTTP_ACCEPT_LANGUAGE="en").post("/claim/", dict(carried.lists()) | {"claim": "special-bereaved.1"})
    )
    assert "Who claims?" in begun, "what was stated goes along, and nothing is sent by that press"
    assert pen.send(declared="true").status_code == 302
    assert facts(claim)["child_died"] == "2015-03-01"


def test_whoever_would_rather_not_is_refused_with_the_way_to_say_it_after_all():
    claim = claims.made()
    pen = Pen(holder(claim), f"/request/{claim.case_id}/restate/")
    none_is_left(pen)
    pen.send()
    assert "Nobody asked about particular situations" in said(pen.page)
    assert "particular situations?" in said(pen.send(to="more"))
    pen.send(said=["loss"])
    assert "On which day did your child die" in said(pen.page)
