"""Whatever is typed into a form of letters, reminders and of what is decided on claims: a clear sentence, all of it still there, nothing written."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.benefits.models import Bulk, Claim
from chengnuo.outreach.models import Assessment, Letter, NoContact, Reminder
from tests.factories import bad, claims, county, desk, objections, outreach, outreach_situations
from tests.factories.sheets import Sheet, officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def assess() -> Sheet:
    kinds = dict.fromkeys(outreach.PARTS, "words") | {"valid_until": "day"}
    address = reverse("outreach:assess", args=["at-sixteen"])
    return Sheet(officer(claims.BUREAU_DESK), address, dict(outreach_situations.ASSESSED), kinds)


def numbered() -> Sheet:
    number = outreach.one().number
    return Sheet(officer(claims.DESK), reverse("outreach:numbered"), {"number": number}, {"number": "code"}, act=False)


def record() -> Sheet:
    address = reverse("outreach:letter_deed", args=[outreach.one().pk, "record"])
    return Sheet(officer(claims.DESK), address, {"outcome": "given"}, {"outcome": "choice"})


def at_counter() -> Sheet:
    good = {"identity": outreach_situations.NUMBER}
    return Sheet(officer(claims.DESK), reverse("outreach:at_counter"), good, {"identity": "code"})


def again_at_counter() -> Sheet:
    good = {"identity": outreach_situations.NUMBER}
    return Sheet(officer(claims.DESK), reverse("outreach:again_at_counter"), good, {"identity": "code"})


def tell() -> Sheet:
    address = reverse("outreach:tell", args=[outreach_situations.reminder().pk])
    return Sheet(officer(claims.BUREAU_DESK), address, {"told": "telephone"}, {"told": "choice"})


def send_back() -> Sheet:
    claim = claims.made(at=county.MONDAY)
    address = reverse("desk:claim_deed", args=[claim.pk, "send_back"])
    return Sheet(officer(claims.DESK), address, {"missing": "户口簿复印件", "words": ""}, {"missing": "words"})


def draw() -> Sheet:
    claims.at_decision(at=county.MONDAY, of=7)
    return Sheet(
        officer(claims.BUREAU_DESK), reverse("desk:draw_bulk"), {"which": "rural-incentive 2026"}, {"which": "choice"}
    )


SHEETS = {
    each.__name__: each for each in (assess, numbered, record, at_counter, again_at_counter, tell, send_back, draw)
}


def rows():
    kinds = (Assessment, Letter, Reminder, Claim, Bulk)
    return bad.rows(), NoContact.objects.count(), *([*kind.objects.values_list("pk", "version")] for kind in kinds)


def sent(sheet, **changes):
    return sheet.good | ({"stamp": sheet.stamp()} if sheet.act else {}) | changes


@pytest.mark.parametrize("name", SHEETS)
def test_what_cannot_be_taken_is_said_and_stays_and_a_good_answer_is_taken(name):
    sheet = SHEETS[name]()
    if name == "draw":  # as the page itself names it
        sheet.good["which"] = sheet.client.get(sheet.address).context["form"].fields["which"].choices[0][0]
    good, before, found = sent(sheet), rows(), {}
    for field, kind in sheet.kinds.items():
        for label, value in bad.REFUSED[kind].items():
            typed = good | bad.spread(field, kind, value)
            with bad.undone():
                answer = sheet.post(typed)
                said = bad.mistakes(answer)
                fine = answer.status_code == 200 and said and all(bad.is_sentence(unescape(each)) for each in said)
                kept = [
                    typed[each] for each, of in sheet.kinds.items() if of in bad.TEXT and typed[each].strip(" \t\r\n")
                ]
                if not fine or rows() != before or not bad.shows(answer, kept):
                    found[field, label] = (answer.status_code, said)
    assert not found
    answer = sheet.post(good)
    assert answer.status_code == 302, desk.said(answer)[:1500]
    assert (rows() != before) is sheet.act


def test_a_line_that_is_not_in_the_list_cannot_be_objected_to():
    claim, *_others = objections.noticed(at=county.MONDAY)
    client, address = Client(), reverse("notices:object", args=[objections.notice_of(claim).number, "line"])
    for label, value in bad.NO_CHOICE.items():
        answer = client.post(address, {"line": value})
        assert answer.status_code == 200, label
        assert bad.mistakes(answer) == ["Choose the line that you mean."], label
