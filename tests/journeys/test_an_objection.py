"""Somebody objects to a finding from the public page of its notice, without an account: both sides read the answer, neither the other."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.benefits.models import Objection
from chengnuo.web.who import RECEIPT_LASTS, RECEIPTS
from tests.factories import cases, claims, county, objections
from tests.factories.desk import Desk, said, stamp_in
from tests.factories.family import CODE

pytestmark = pytest.mark.django_db
WORDS = "她的身份证写的是1970年。"
NAME = "赵德柱"


class Objector:
    """Types and presses on the pages of one notice."""

    def __init__(self, notice, client=None, language="en"):
        self.client, self.notice, self.language = client or Client(), notice, language
        self.last = None

    def send(self, step, **typed):
        address = reverse("notices:object", args=[self.notice.number, step])
        if step == "check":
            typed["stamp"] = stamp_in(self.client.get(address, HTTP_ACCEPT_LANGUAGE=self.language))
        self.last = self.client.post(address, typed, follow=True, HTTP_ACCEPT_LANGUAGE=self.language)
        return self.last

    def answers(self, line, *, name="", ground="age"):
        self.send("line", line=line.reference)
        self.send("ground", ground=ground)
        self.send("words", words=WORDS)
        self.send("name", name=name)
        return self.send("contact", phone="")


def holder(case):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    session = client.session
    session[RECEIPTS] = {str(case): [(county.MONDAY + RECEIPT_LASTS).isoformat(), ""]}
    session.save()
    return client


def test_from_the_notice_to_the_answer(monday):
    claim, other, *_others = objections.noticed()
    notice, line = objections.notice_of(claim), objections.line_of(claim)
    page = Client().get(reverse("notices:notice", args=[notice.number]), HTTP_ACCEPT_LANGUAGE="en")
    assert "Object to the finding" in said(page)
    someone = Objector(notice)
    first = someone.client.get(
        reverse("notices:object", args=[notice.number, "begin"]), follow=True, HTTP_ACCEPT_LANGUAGE="en"
    )
    assert "Which line of the list do you mean?" in said(first)
    assert "You need no account and no name" in said(first)
    second = someone.send("line", line=line.reference)
    shown = re.findall(r'name="ground" value="([a-z_]+)"', second.content.decode())
    assert shown == ["age", "registration"], "births, conduct and membership cannot be chosen"
    check = someone.answers(line, name=NAME)
    assert "Check what you have written" in said(check)
    assert WORDS in said(check)
    done = someone.send("check")
    code = CODE.search(done.content.decode())
    assert code, said(done)[:300]
    assert "We have your objection" in said(done)
    assert "Open my objection" in said(done)

    objection = Objection.objects.get()
    claimant = said(holder(claim.case_id).get(f"/request/{claim.case_id}/"))
    assert "The age is not as the programme asks" in claimant
    assert WORDS in claimant
    assert NAME not in claimant
    assert objection.case.number not in claimant
    assert "If the answer is late, the claim goes on." in claimant
    assert "What was objected" not in said(holder(other.case_id).get(f"/request/{other.case_id}/"))

    village, township = cases.at_desk(claims.DESK), cases.at_desk(claims.TOWNSHIP_DESK)
    assert village.get("objection", objection.pk).status_code == 404
    assert "What was objected" not in said(village.get("claim", claim.pk))
    assert str(objection.pk) in township.get("inbox").content.decode()
    assert "Open the objection" in said(township.get("case", objection.case_id))
    asked = said(township.get("objection", objection.pk))
    assert WORDS in asked
    assert "欧阳桂兰" in asked
    answer = township.send("objection_deed", objection.pk, "reject", words=" ")
    assert "Write what was found, and why." in said(answer)
    assert (
        township.send("objection_deed", objection.pk, "reject", words="查过身份证，出生在1960年。").status_code == 302
    )

    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    opened = client.post("/follow/", {"code": code[1]}, follow=True)
    followed = said(opened)
    assert "Your objection" in followed
    assert "查过身份证，出生在1960年。" in followed
    assert "the finding stands" in followed
    assert "欧阳" not in followed, "the objector learns no name from it"
    claimant = said(holder(claim.case_id).get(f"/request/{claim.case_id}/"))
    assert "查过身份证，出生在1960年。" in claimant


def test_without_a_name_it_is_the_same_and_a_second_press_sends_nothing_twice(monday):
    claim, *_others = objections.noticed()
    someone = Objector(objections.notice_of(claim))
    someone.answers(objections.line_of(claim))
    stamp = stamp_in(someone.client.get(reverse("notices:object", args=[someone.notice.number, "check"])))
    address = reverse("notices:object", args=[someone.notice.number, "check"])
    for _press in (1, 2):
        done = someone.client.post(address, {"stamp": stamp}, follow=True, HTTP_ACCEPT_LANGUAGE="en")
        assert CODE.search(done.content.decode()), said(done)[:400]
    assert Objection.objects.get().case.is_anonymous


def test_the_same_ground_again_has_a_receipt_of_its_own_and_tells_of_no_other(monday):
    claim, *_others = objections.noticed()
    objections.answered(objections.made(claim), at=county.MONDAY)
    said_to = []
    for _who in (1, 2):
        someone = Objector(objections.notice_of(claim))
        someone.answers(objections.line_of(claim))
        done = someone.send("check")
        code = CODE.search(done.content.decode())
        assert code, said(done)[:300]
        said_to.append(said(done).replace(code[1], ""))
    assert "already" not in " ".join(said_to)
    assert Objection.objects.filter(status="open").count() == 2


def test_at_a_counter_the_officer_is_the_helper_and_at_the_very_office_nothing_is_typed(monday):
    claim, *_others = objections.noticed()
    notice = objections.notice_of(claim)
    client = Client()
    Desk(client, county.sign_in(client, f"{cases.ELSEWHERE}.desk"))
    someone = Objector(notice, client)
    check = someone.answers(objections.line_of(claim), name=NAME)
    assert "You are named as the one who helped" in said(check)
    someone.send("check")
    assert Objection.objects.get().case.helper.key == f"{cases.ELSEWHERE}.desk"
    own = Client()
    Desk(own, county.sign_in(own, claims.DESK))
    refused = own.get(reverse("notices:object", args=[notice.number, "line"]), HTTP_ACCEPT_LANGUAGE="en")
    assert "Nobody takes in a complaint about their own office" in refused.content.decode()


def test_when_the_days_are_over_nothing_can_be_objected(monday):
    claim, *_others = objections.noticed()
    notice = objections.notice_of(claim)
    monday.move(20 * claims.DAY)
    page = Client().get(reverse("notices:object", args=[notice.number, "line"]), HTTP_ACCEPT_LANGUAGE="en")
    assert "stands in no notice that runs now" in page.content.decode()
    assert "*" not in page.content.decode().split("<main")[1]
