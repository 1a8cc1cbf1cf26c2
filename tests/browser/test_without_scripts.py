"""A working day on a telephone without JavaScript, in Chinese: the counter, the head, the accounts, a promise, a complaint."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.cases.models import Case
from chengnuo.people.models import Account, Holding, Post
from chengnuo.promises.models import Duty, PromiseVersion
from chengnuo.promises.operations import escalation
from tests.factories import cases, county
from tests.factories.walks import ADMIN

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


@pytest.fixture
def phone(new_context, live_server, monday):
    page = new_context(java_script_enabled=False).new_page()
    page.set_default_timeout(15_000)
    return page


@pytest.fixture
def open_as(phone, live_server):
    """Opens a page as whoever holds a post."""

    def enter(post: str, address: str, *args: object) -> None:
        client = Client()
        county.sign_in(client, post)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        phone.context.clear_cookies()
        phone.context.add_cookies([cookie])
        phone.goto(live_server.url + reverse(address, args=args))

    return enter


def press(page) -> None:
    """Presses the button of the page's own form, and finds nothing wrong."""
    page.locator("main form .button").last.click()
    assert page.locator(".summary-of-errors").count() == 0, page.locator("main").inner_text()[:600]
    assert page.get_attribute("html", "lang") == "zh-Hans"


def go_on(page) -> None:
    """Presses the first button under a page of a draft: the next page, and on the last one the draft is kept."""
    page.locator("main form .acts .button").first.click()
    assert page.locator(".summary-of-errors").count() == 0, page.locator("main").inner_text()[:600]


def turn_to(page, wanted: str) -> None:
    while not page.locator(wanted).is_visible():
        go_on(page)


def choose(page, label: str) -> None:
    page.get_by_label(label, exact=True).check()
    press(page)


def test_an_officers_day(phone, open_as):
    village = county.village()
    open_as(cases.DESK, "desk:counter", "village-proof", "township")
    choose(phone, village.above.name.hans)
    choose(phone, village.name.hans)
    phone.fill("textarea", "要一份居住证明")
    press(phone)
    phone.fill("main input[type=text]", "王桂兰")
    press(phone)
    phone.fill("main input[type=tel], main input[name=phone]", "10012345678")
    phone.locator("main .pick input").first.check()
    press(phone)
    press(phone)
    assert len(phone.locator(".code16").inner_text().replace(" ", "")) == 16
    case = Case.objects.get()
    slip = phone.context.request.get(phone.url.split("/desk/")[0] + reverse("family:slip", args=[case.pk]))
    assert slip.headers["content-type"] == "application/pdf"
    phone.goto(phone.url.split("/desk/")[0] + reverse("desk:case", args=[case.pk]))
    phone.locator(f"main a[href$='{case.pk}/finish/']").click()
    phone.fill("textarea[name=result]", "开好了，请来取。")
    press(phone)
    case.refresh_from_db()
    assert case.status == "done"


def test_a_heads_answer(phone, open_as):
    case = cases.ask(at=county.MONDAY - 20 * DAY)
    while escalation.escalate_due(at=county.MONDAY):
        pass
    open_as(cases.TOWNSHIP_HEAD, "desk:inbox")
    asked = Duty.objects.get(parent=cases.duty_of(case), holder__key=cases.TOWNSHIP_HEAD)
    phone.locator(f"main a[href*='{asked.pk}/answer/']").first.click()
    phone.fill("textarea[name=words]", "已换人办理，本周办结。")
    press(phone)
    assert phone.locator(f"main a[href*='{asked.pk}/answer/']").count() == 0


def test_an_account_is_opened_and_a_post_filled(phone, open_as):
    open_as(ADMIN, "county:open_account")
    phone.fill("input[name=name]", "李娜")
    phone.fill("input[name=username]", "li.na")
    phone.fill("input[name=password]", "四个 不相干 的词 长江")
    press(phone)
    vacant = Post.objects.get(key="village-420526103201.supervisor")
    open_as(ADMIN, "county:fill_post", vacant.pk)
    phone.fill("input[name=username]", "li.na")
    for part, value in (("year", "2026"), ("month", "3"), ("day", "2")):
        phone.fill(f"input[name=begins_{part}]", value)
    press(phone)
    assert Holding.objects.get(post=vacant).account == Account.objects.get(username="li.na")


def test_a_promise_is_drafted_and_published(phone, open_as):
    old = PromiseVersion.objects.get(promise__key="old-age-allowance", status="published")
    open_as(cases.BUREAU_DESK, "county:draft_promise", old.pk)
    turn_to(phone, "textarea[name=summary_hans]")
    phone.fill("textarea[name=summary_hans]", "五天办好。")
    turn_to(phone, "input[name=begins_year]")
    for part, value in (("year", "2026"), ("month", "3"), ("day", "3")):
        phone.fill(f"input[name=begins_{part}]", value)
    turn_to(phone, "button[name=goto] >> nth=0")
    go_on(phone)
    draft = PromiseVersion.objects.get(promise=old.promise, status="draft")
    for step in ("check", "publish"):
        open_as(cases.BUREAU_HEAD, "county:promise", draft.pk)
        phone.locator(f"main a[href$='{draft.pk}/{step}/']").click()
        press(phone)
    draft.refresh_from_db()
    assert draft.status == "published"


def test_a_complaint(phone, live_server):
    phone.goto(f"{live_server.url}/complain/?about={county.VILLAGE}")
    phone.fill("textarea", "跑了三趟，每次说的不一样。")
    press(phone)
    press(phone)
    press(phone)
    press(phone)
    assert len(phone.locator(".code16").inner_text().replace(" ", "")) == 16
    assert Case.objects.get().office.key == county.TOWNSHIP
