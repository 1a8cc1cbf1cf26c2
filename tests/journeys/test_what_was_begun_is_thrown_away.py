"""Whatever is half done can be thrown away with one confirmation: a family's request, an officer's draft of a promise."""

from __future__ import annotations

import pytest
from django.test import Client

from chengnuo.cases.models import Case
from chengnuo.foundation import clock
from chengnuo.promises.models import Promise, PromiseVersion
from chengnuo.web.journey import SLOT
from tests.factories import cases, county, desk
from tests.factories.drafts import sent
from tests.factories.family import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
KEY = "old-age-allowance"


def kept(browser: Browser) -> list[str]:
    return [name for name in dict(browser.client.session.items()) if name.startswith(SLOT)]


def half_written(begin: str, browser: Browser) -> Browser:
    browser.fill_in(begin=begin)
    return browser


def at_the_counter() -> Browser:
    browser = Browser(Client())
    county.sign_in(browser.client, cases.DESK, at=clock.now())
    return browser


@pytest.mark.parametrize(
    ("begin", "browser", "after"),
    [("/ask", Browser, "/services/"), ("/desk/counter", at_the_counter, "/desk/counter/")],
)
def test_a_request_is_thrown_away_with_one_confirmation(begin, browser, after):
    browser = half_written(begin, browser())
    for page in ("", "check/"):
        browser.open(f"{begin}/village-proof/{page}")
        assert f'href="{begin}/village-proof/discard/"' in browser.page
    browser.open(f"{begin}/village-proof/discard/")
    assert "Throw away what you have written?" in browser.text
    assert f'href="{begin}/village-proof/check/"' in browser.page, "and back to where one was"
    assert kept(browser), "opening the page throws nothing away"
    assert browser.send(f"{begin}/village-proof/discard/") == after
    assert "Nothing was sent." in browser.text
    assert not kept(browser)
    assert not Case.objects.exists()


def test_nothing_is_offered_where_nothing_was_begun():
    browser = Browser()
    browser.open("/ask/village-proof/")
    assert "/discard/" not in browser.page


def test_only_this_service_is_thrown_away():
    browser = half_written("/ask", Browser())
    browser.open("/ask/dibao/township/")
    browser.send("/ask/dibao/township/", township=str(county.village().above_id))
    browser.send("/ask/village-proof/discard/")
    assert kept(browser) == [f"{SLOT}ask.dibao"]


@pytest.fixture
def author(client):
    return desk.at(client, cases.BUREAU_DESK)


def drafted(author) -> PromiseVersion:
    old = PromiseVersion.objects.select_related("promise").get(promise__key=KEY, status="published")
    said = sent(old, **desk.day("begins", 2026, 4, 1))
    said.pop("stamp")
    author.send("draft_promise", old.pk, **said)
    return PromiseVersion.objects.get(promise__key=KEY, status="draft")


def test_a_draft_is_thrown_away_with_one_confirmation(author):
    draft = drafted(author)
    assert "Throw the draft away" in desk.said(author.get("promise", draft.pk))
    assert author.send("promise_step", draft.pk, "discard").status_code == 302
    draft.refresh_from_db()
    assert draft.status == "discarded"
    assert "Nothing is being written." in desk.said(author.get("promises"))
    assert "thrown away" in desk.said(author.get("promise", draft.pk))
    assert drafted(author).begins == draft.begins, "the day is free for another draft"


def test_what_is_checked_is_given_back_first(author, client):
    draft = drafted(author)
    head = desk.at(client, cases.BUREAU_HEAD)
    head.send("promise_step", draft.pk, "check")
    assert "Throw the draft away" not in desk.said(head.get("promise", draft.pk))
    assert head.send("promise_step", draft.pk, "discard").status_code in (200, 409)
    draft.refresh_from_db()
    assert draft.status == "checked"


def test_the_name_in_the_address_is_free_again(author):
    for level in ("county", "township"):
        old = PromiseVersion.objects.select_related("promise").get(promise__key=KEY, status="published")
        said = sent(old, **desk.day("begins", 2026, 3, 3)) | {"slug": "reading-room", "level": level}
        said.pop("stamp")
        answer = author.send("found_promise", **said)
        assert answer.status_code == 302, desk.said(answer)
        version = PromiseVersion.objects.get(promise__key="reading-room", status="draft")
        author.send("promise_step", version.pk, "discard")
    assert Promise.objects.get(key="reading-room").level == "township"
