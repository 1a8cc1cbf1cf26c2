"""Every component, seen once: as text, in a browser without and with JavaScript, on a phone and on a desk."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings as real

from chengnuo.foundation.actor import Actor, Hat
from tests.browser.gallery import urls as pages
from tests.browser.gallery.urls import HOSTILE

WEB = Path(real.PACKAGE) / "web"
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
TARGETS = """[...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]
  .filter(each => each.checkVisibility() && !each.closest('.skip, .pick, .cards, li'))
  .map(each => [each.textContent.trim() || each.name, each.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.5 || box.width < 43.5).map(([name]) => name)"""
OPEN = ("/", "/ask/name", "/accounts/login/", "/nowhere")


@pytest.fixture
def html(client, db, gallery):
    return client.get("/", **ENGLISH).content.decode()


def test_what_people_typed_is_never_markup(html):
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 4
    assert HOSTILE not in html


def test_nothing_is_styled_or_scripted_inside_the_page(html):
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)


def test_ids_are_unique_and_every_label_has_its_field(html):
    ids = Counter(re.findall(r'\sid="([^"]+)"', html))
    assert [each for each, times in ids.items() if times > 1] == []
    assert set(re.findall(r'\sfor="([^"]+)"', html)) <= set(ids)


def test_every_component_is_in_the_gallery():
    shown = (Path(__file__).parent / "gallery" / "gallery.html").read_text()
    inner = {"hint", "fieldset", "shape", "code16"}
    framed = {"breadcrumbs", "back_link", "error_summary"}
    names = {each.stem for each in (WEB / "components" / "c").glob("*.html")} - inner - framed
    assert {name for name in names if f"<c-{name.replace('_', '-')}" not in shown} == set()


def test_each_way_that_a_duty_can_stand_has_its_own_word_and_shape(html):
    tags = re.findall(r'<span class="tag (\w+)"><svg.*?>(<.*?)</svg>([^<]+)</span>', html)[:7]
    assert [word.strip() for _tone, _shape, word in tags] == [
        "on time", "late", "broken", "kept", "kept late", "paused", "discharged",
    ]  # fmt: skip
    assert len({shape for _tone, shape, _word in tags}) == 7


@pytest.mark.parametrize(("address", "status"), [("/nowhere", 404), ("/too-many", 429), ("/broken", 500)])
def test_what_went_wrong_is_said_with_what_to_do(client, db, gallery, address, status):
    client.raise_request_exception = False
    answer = client.get(address, **ENGLISH)
    assert answer.status_code == status
    assert re.search(r'<p class="lead">[^<]{20,}</p>', answer.content.decode())


def test_a_page_asks_the_database_nothing(client, db, gallery, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/", **ENGLISH)


def test_an_officer_sees_their_name_and_the_way_out_on_a_day_of_the_demo(rf, gallery):
    request = rf.get("/")
    request.actor = Actor("刘芳", (Hat("village officer"),), account=1)
    request.at = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    html = pages.gallery(request).content.decode()
    assert re.search(r'class="viewer"><a href="[^"]+" title="[^"]+">刘芳</a> <a href="/accounts/logout/"', html)
    assert "2026年11月24日" in html or "Nov. 24, 2026 here" in html
    assert "vendor/htmx" in html


def test_a_visitor_loads_no_more_than_is_needed(html):
    assert "vendor/htmx" not in html
    assert "/accounts/logout/" not in html


def test_the_sheet_stays_small_and_the_vendored_file_is_the_one_recorded():
    assert (WEB / "static" / "chengnuo.css").stat().st_size < 20_000
    vendored = WEB / "static" / "vendor"
    sums = [sha256(each.read_bytes()).hexdigest() for each in vendored.glob("*.js")]
    assert sums
    assert all(each in (vendored / "README.md").read_text() for each in sums)


@pytest.mark.parametrize("address", OPEN)
@pytest.mark.parametrize("size", ["page", "wide_page"])
def test_pages_fit_can_be_touched_and_are_accessible(request, gallery, live_server, address, size):
    page, axe = request.getfixturevalue(size), request.getfixturevalue("axe")
    page.goto(live_server.url + address)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
    assert page.evaluate(TARGETS) == []


def test_a_form_with_mistakes_leads_to_them_and_keeps_what_was_typed(page, live_server, gallery, axe):
    page.goto(live_server.url)
    page.fill("#id_phone", "１２３ 45")
    page.get_by_label("By telephone").check()
    page.get_by_role("button", name="提交我的申请").click()
    summary = page.locator(".summary-of-errors")
    assert summary.evaluate("each => each === document.activeElement")
    summary.get_by_text("A mobile number has 11 digits").click()
    assert page.locator("#id_phone").evaluate("each => each === document.activeElement")
    assert page.input_value("#id_phone") == "１２３ 45"
    assert page.get_by_label("By telephone").is_checked()
    axe(page)


def test_the_language_changes_without_a_script(new_context, live_server, gallery):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + "/ask/name")
    page.get_by_role("button", name="繁體中文").click()
    assert page.url == live_server.url + "/ask/name"
    assert page.get_attribute("html", "lang") == "zh-Hant"
    assert page.locator("[data-print]").count() == 0


def test_leaving_quickly_leaves_nothing_to_go_back_to(page, live_server, gallery):
    page.route("http://www.weather.com.cn/", lambda route: route.fulfill(body="sunny"))
    page.goto(live_server.url + "/ask/name")
    page.goto(live_server.url)
    page.locator("[data-exit]").click()
    page.wait_for_url("http://www.weather.com.cn/")
    page.go_back()
    assert page.url == live_server.url + "/ask/name"
