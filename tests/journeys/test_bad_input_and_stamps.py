"""A stamp counts once, for one form, for a day: missing, old, forged and foreign ones send nothing and lose nothing."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core.signing import TimestampSigner
from django.db import connection
from django.test import Client
from django.urls import reverse

from chengnuo.cases.models import Case
from chengnuo.foundation.receipts import receipt_code
from chengnuo.people.models import Consent
from chengnuo.web.forms import signer
from tests.factories import bad, cases, county, desk, sheets
from tests.factories.family import CASE, Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
ACTS = [name for name in sheets.ALL if name != "follows" and (": " not in name or name.endswith(": check"))]
every = pytest.mark.parametrize("name", ACTS)
OLD = "This page was open for more than a day. Nothing was sent."
KEY = "00000000-0000-4000-8000-000000000000"


def stamps(sheet):
    """What comes back in place of a stamp."""
    good = sheet.stamp()
    with time_machine.travel(timedelta(days=-2), tick=False):
        old = signer.sign(signer.unsign(good))
    scope = signer.unsign(good).rpartition("|")[0]
    return {
        "missing": None,
        "empty": "",
        "nonsense": "nonsense",
        "a nul": "\x00",
        "very long": "x" * 9000,
        "old": old,
        "altered": good[:-1] + ("A" if good[-1] != "A" else "B"),
        "of another form": signer.sign(f"{scope}.other|{KEY}"),
        "of another page of ours": TimestampSigner(salt="elsewhere").sign(f"{scope}|{KEY}"),
        "unsigned": f"{scope}|{KEY}",
    }


@every
def test_a_bad_stamp_sends_nothing_and_loses_nothing(name):
    sheet = sheets.ALL[name]()
    before, found = bad.rows(), {}
    shown = [value for field, value in sheet.good.items() if sheet.kinds.get(field) in bad.TEXT and value]
    for label, stamp in stamps(sheet).items():
        answer = sheet.post(sheet.good | ({} if stamp is None else {"stamp": stamp}))
        said = " ".join(bad.mistakes(answer))
        fresh = desk.stamp_in(answer)
        if OLD not in said or bad.rows() != before or not bad.shows(answer, shown) or fresh == stamp:
            found[label] = (answer.status_code, said)
    assert not found
    answer = sheet.post(sheet.good | {"stamp": fresh})
    assert answer.status_code == 302, "the fresh stamp on that very page sends what was typed"


def another(sheet):
    """Another good answer to the same form, where it asks anything."""
    for field, kind in sheet.kinds.items():
        if kind in ("words", "own words", "optional", "name") and field != "other":
            return sheet.good | {field: f"{sheet.good[field]}，另"}
        if kind == "day":
            return sheet.good | {f"{field}_day": "15"}
    return None


@every
def test_the_same_twice_counts_once_and_something_else_under_the_same_stamp_is_said(name):
    sheet = sheets.ALL[name]()
    typed = sheet.good | {"stamp": sheet.stamp()}
    first = sheet.post(typed)
    assert first.status_code == 302
    once = bad.rows()
    again = sheet.post(typed, follow=True)
    assert bad.rows() == once
    assert again.status_code in (200, 403, 404), again.status_code
    if (other := another(sheet)) and again.status_code == 200:
        answer = sheet.post(other | {"stamp": typed["stamp"]}, follow=True)
        assert bad.rows() == once
        assert answer.status_code in (200, 404)
        said = desk.said(answer)
        told = any(words in said for words in ("already sent with other answers", "Nothing is left to do here."))
        assert answer.status_code == 404 or told or bad.mistakes(answer)


def test_a_consent_is_taken_back_whatever_the_stamp_says():
    """Taking back is never made harder than giving; a purpose that does not exist, or a stranger, changes nothing."""
    case = cases.ask()
    Consent.objects.create(contact_id=case.contact_id, purpose="messages", given_at=county.MONDAY)
    phone, before = sheets.holder(case), bad.rows()
    address = reverse("family:consent", args=[case.pk, "messages"])
    assert Client().post(address).headers["Location"] == reverse("family:follow")
    assert phone.get(address).status_code == 405
    assert phone.post(reverse("family:consent", args=[case.pk, "everything"])).status_code == 404
    assert bad.rows() == before
    assert Consent.objects.filter(withdrawn_at=None).exists()
    assert phone.post(address, {"stamp": "x" * 9000}).status_code == 302
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def asked():
    browser = Browser()
    return browser, browser.fill_in()


def told():
    browser = Browser()
    for step, typed in sheets.complaint().items():
        at = browser.send(f"/complain/{step}/", **typed)
    browser.open(at)
    return browser, at


@pytest.mark.parametrize("fill_in", [asked, told])
def test_whoever_sends_somebody_elses_form_again_gets_nobodys_receipt(fill_in):
    """A stamp that went from hand to hand: on a shared screen, in a copied page, with the words or without."""
    owner, at = fill_in()
    stamp = owner.stamp
    owner.send(at)
    case = Case.objects.get()
    code = owner.code
    assert case.is_anonymous or code.replace(" ", "") == receipt_code(case.pk)
    alike, _at = fill_in()
    empty = Browser()
    for browser in (alike, empty):
        where = browser.send(at, stamp=stamp)
        assert case.is_anonymous or CASE.search(where)[0] == str(case.pk)
        assert code not in browser.page
        assert case.number not in browser.page
        assert "We already have this" in browser.text
        for page in ("", "slip.pdf", "proof.json", "withdraw/"):
            assert browser.client.get(f"/request/{case.pk}/{page}").headers["Location"] == "/follow/", page
    assert Case.objects.count() == 1


@pytest.mark.parametrize("fill_in", [asked, told])
def test_a_session_lost_between_two_steps_loses_no_request_and_makes_none(fill_in):
    """Somebody pressed "leave", or came back after two hours: the questions begin again, and nothing was sent."""
    browser, at = fill_in()
    stamp, before = browser.stamp, bad.rows()
    browser.client.cookies.clear()
    first = at.replace("/check/", "/township/" if "/ask/" in at else "/where/")
    assert browser.send(at, stamp=stamp) == first
    assert browser.open(at.replace("/check/", "/contact/")) == first
    assert bad.rows() == before


@pytest.mark.parametrize("spoilt", ["", "x", "gAAAAA", 17, None, ["a"], {"words": "x"}])
def test_a_session_that_does_not_open_is_an_empty_journey(spoilt):
    browser, at = asked()
    session = browser.client.session
    session["journey.ask.village-proof"] = spoilt
    session.save()
    assert browser.open(at).endswith("/township/")


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("fill_in", [asked, told])
def test_another_language_between_two_steps_keeps_every_answer(fill_in, language):
    browser, at = fill_in()
    stamp = browser.stamp
    browser.client.post("/i18n/setlang/", {"language": language, "next": at})
    browser.open(at)
    assert ("王桂兰" if "/ask/" in at else "三次都没人") in browser.text
    assert CASE.search(browser.send(at, stamp=stamp))
    case = Case.objects.get()
    assert case.is_anonymous or case.contact.language == language


MOVED = {
    "finishes": lambda case: cases.refuse(case, at=county.MONDAY),
    "asks once": lambda case: cases.finish(case, at=county.MONDAY),
    "offers": lambda case: cases.finish(case, at=county.MONDAY),
    "pauses": lambda case: cases.pause(case, at=county.MONDAY, reason="hearing"),
    "refuses": lambda case: cases.withdraw(case, at=county.MONDAY),
    "declines": lambda case: cases.does(cases.baton.accept, case, cases.HEAD, at=county.MONDAY),
    "records what came": lambda case: cases.supply(case, at=county.MONDAY),
    "supplies": lambda case: cases.withdraw(case, at=county.MONDAY),
    "says not": lambda case: cases.say_resolved(case, at=county.MONDAY),
    "says resolved": lambda case: cases.say_not(case, at=county.MONDAY),
    "withdraws": lambda case: cases.finish(case, at=county.MONDAY),
}


@pytest.mark.parametrize("name", list(MOVED))
def test_moved_on_by_somebody_else_meanwhile(name):
    """The page was open while another acted: it says so, keeps the words, and undoes nothing of what the other did."""
    sheet = sheets.ALL[name]()
    stamp = sheet.stamp()
    MOVED[name](Case.objects.get())
    before = bad.rows()
    answer = sheet.post(sheet.good | {"stamp": stamp})
    assert answer.status_code in (200, 404), answer.status_code
    assert bad.rows() == before
    if answer.status_code == 200:
        assert "Open the page again to see how it stands now." in desk.said(answer)
        texts = [value for field, value in sheet.good.items() if sheet.kinds[field] in bad.TEXT and value]
        assert bad.shows(answer, texts)


def at_once(*does):
    """All of them at the same instant, each on a connection of its own; what each came to."""
    gate, found = Barrier(len(does)), []

    def run(do):
        gate.wait(10)
        try:
            found.append(do())
        finally:
            connection.close()

    threads = [Thread(target=run, args=[do]) for do in does]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["asks: check", "complains: check", "counter: check", "finishes", "says not"])
def test_two_presses_at_the_same_instant_are_one(name):
    sheet = sheets.ALL[name]()
    typed, before = sheet.good | {"stamp": sheet.stamp()}, Case.objects.count()
    found = at_once(*[lambda: sheet.client.post(sheet.address, typed)] * 2)
    assert [answer.status_code for answer in found] == [302, 302]
    made = Case.objects.count() - before
    assert made == (1 if name.endswith("check") else 0)
    assert len({answer.headers["Location"] for answer in found}) == 1


@pytest.mark.parametrize("name", ["asks: check", "complains: check", "counter: check"])
def test_a_second_press_that_did_not_hear_of_the_first_comes_to_the_same(name):
    """The browser sent it before the first was answered: with the cookies of then."""
    sheet = sheets.ALL[name]()
    typed, then = sheet.good | {"stamp": sheet.stamp()}, sheet.client.cookies.copy()
    first = sheet.client.post(sheet.address, typed)
    sheet.client.cookies = then
    again = sheet.client.post(sheet.address, typed)
    assert again.headers["Location"] == first.headers["Location"]
    assert Case.objects.count() == 1
