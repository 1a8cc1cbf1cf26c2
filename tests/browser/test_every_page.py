"""Every page of the product, opened by somebody who may: in the reader's language, fit for a thumb, and open to everybody."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import polib
import pytest
from django.conf import settings
from opencc import OpenCC

from chengnuo.web.permissions import ADDRESSES
from tests.conftest import DESK, PHONE
from tests.factories import reading, walks

LOCALES = {"zh-CN": "zh-Hans", "zh-TW": "zh-Hant", "en": "en"}
# what other machines read
MACHINES = ("api:", "open311:", "machines:")
# addresses that are no page to read
SENT_TO = {
    "account_leave_everywhere",
    "desk:counter_next",
    "family:consent",
    "family:folder_delete",
    "family:folder_take_out",
    # answers are sent to it: tests/browser/test_claims.py looks at its pages
    "claims:claim",
    # a button of the sample, which leads to its claim
    "desk:open_item",
    "family:leave",
    "family:leave_quickly",
    "public:step_in",
    "set_language",
}
FILES = {
    "claims:paper",
    "desk:calendar_file",
    "desk:export",
    "desk:feed",
    "desk:meeting_page",
    "desk:meeting_sheet",
    "desk:notice_proof",
    "desk:notice_sheet",
    "desk:photo",
    "entitlements:letter",
    "family:data_copy",
    "family:form",
    "family:money_days",
    "family:photo",
    "family:proof",
    "family:slip",
    "mfa_download_recovery_codes",
    "notices:robots",
    "money:file",
    "outreach:handed_out",
    "outreach:print",
    "passings:file",
    "public:consistency",
    "reviews:letter",
    "public:export",
    "public:heads",
    "public:office_live",
    "public:place_live",
    "public:promise_live",
    "public:release_file",
    "public:verifier",
    "tables:back",
    "tables:begin",
}
# seen by who is half signed in or has a second factor, as tests/journeys/test_second_factor_at_sign_in.py is
SECOND_FACTOR = {
    "account_inactive",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "mfa_reauthenticate_webauthn",
}
# what stands as it is: names of things, files and languages, addresses, short codes of deadlines and accounts, numbers of notices, a notice's words, a search
AS_IT_IS = re.compile(
    r"Chengnuo|chengnuo/\d+|JSON|Python|JavaScript|Ed25519|django-allauth|Django|\w+\.py\b"
    r"|低保 or 补贴|village-proof|working_days\(\d+\)|calendar_days\(\d+\)|every\(quarter\)|at_once|\bu-[0-9a-f]{12}\b"
    r"|https?://\S+|^(?:English|简体中文|繁體中文)$|2027年1月1日至3日|OpenAPI|\.xlsx\b|(?:village|township)-\d{1,12}\b|…[0-9A-Z]{4}\b"
    r"|\b[B-DF-HJ-NP-TV-XZ]{4,5}\b"
)
LATIN = re.compile(r"[A-Za-z]{4,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


@pytest.fixture(params=walks.GROUPS)
def walked(request, monday):
    return walks.GROUPS[request.param]()


@pytest.fixture(scope="module")
def simplified():
    """Characters that the sentences in simplified script use, those in traditional script never, and that differ there."""
    used = {
        script: {sign for entry in polib.pofile(str(words)) for sign in entry.msgstr}
        for script in ("zh_Hans", "zh_Hant")
        for words in [settings.LOCALE_PATHS[0] / script / "LC_MESSAGES" / "django.po"]
    }
    convert = OpenCC("s2t").convert
    return {sign for sign in used["zh_Hans"] - used["zh_Hant"] if convert(sign) != sign}


def pages(walked, locale):
    """Every page of these walks, read in a language."""
    for walk in walked:
        for stop in walk.stops:
            answer = walk.client.get(stop.url, HTTP_ACCEPT_LANGUAGE=locale)
            assert answer.status_code == 200, (stop, answer.status_code, answer.headers.get("Location"))
            yield stop, reading.read(answer.content.decode())


def foreign(seen: reading.Seen, simplified: set[str]) -> list[str]:
    """Texts that are not in the page's language; what people typed stays as it was typed."""
    texts = [text for text in seen.words if not any(typed in text for typed in walks.TYPED)]
    strange = CHINESE if seen.lang == "en" else LATIN
    wrong = [text for text in texts if strange.search(AS_IT_IS.sub("", text))]
    return wrong + [text for text in texts if seen.lang == "zh-Hant" and set(AS_IT_IS.sub("", text)) & simplified]


def faults(seen: reading.Seen, simplified: set[str]) -> list[str]:
    """What is wrong with a page in itself, without a browser."""
    twice = [each for each, times in Counter(seen.ids).items() if times > 1]
    found = [f"not in {seen.lang}: {text}" for text in foreign(seen, simplified)]
    found += [f"no label: {name}" for name in seen.unlabelled]
    found += [f"the id {each} stands twice" for each in twice]
    found += [] if seen.h1 == 1 else [f"{seen.h1} headings of the first level"]
    return found + ([] if seen.title.partition("·")[0].strip() else ["no title"])


@pytest.mark.django_db
@pytest.mark.timeout(300)
def test_every_page_speaks_the_readers_language(walked, simplified):
    wrong = []
    for locale, language in LOCALES.items():
        for stop, seen in pages(walked, locale):
            assert seen.lang == language, stop
            wrong += [f"{stop.url} {fault}" for fault in faults(seen, simplified)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_no_page_is_left_out(monday):
    seen = {stop.address for group in walks.GROUPS.values() for walk in group() for stop in walk.stops}
    pages = {address for address in ADDRESSES if not address.startswith(MACHINES)}
    assert seen == pages - SENT_TO - FILES - SECOND_FACTOR


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("<p>Nobody translated this</p>", "not in zh-Hant: Nobody translated this"),
        ('<img alt="A seal" src="x"><img alt="Only seal">', "not in zh-Hant: A seal"),
        ("<p>这样办</p>", "not in zh-Hant: 这样办"),
        ('<input name="phone" id="a">', "no label: phone"),
        ('<p id="a"></p><p id="a"></p>', "the id a stands twice"),
        ("<h1>二</h1>", "2 headings of the first level"),
    ],
)
def test_what_is_wrong_is_found(simplified, page, fault):
    html = f'<html lang="zh-Hant"><title>申請 · 承諾</title><main><h1>申請</h1>{page}</main></html>'
    assert fault in faults(reading.read(html), simplified)


@pytest.mark.parametrize(
    "page",
    [
        '<p lang="zh-Hans">这样办</p>',
        "<p>取verify.py，供程式用（JSON）</p>",
        "<textarea aria-label='x'>English words</textarea>",
        f"<p>{walks.NAME}</p>",
        '<label for="a">電話</label><input id="a"><input type="hidden" name="stamp">',
        '<p>一<br>二</p><svg><title>drawing</title></svg>',
    ],
)  # fmt: skip
def test_what_is_right_is_left_alone(simplified, page):
    html = f'<html lang="zh-Hant"><title>申請 · 承諾</title><main><h1>申請</h1>{page}</main></html>'
    assert faults(reading.read(html), simplified) == []


# what a thumb must hit: all that is not a link inside a sentence; a box counts together with its label
LOOK = """thumb => {
  const shown = each => each.checkVisibility() && !each.matches('.skip, [aria-hidden], :disabled');
  const box = each => each.getBoundingClientRect();
  const name = each => (each.textContent.trim() || each.name || each.tagName).slice(0, 40);
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(shown);
  const inText = each => each.tagName === 'A' && getComputedStyle(each).display === 'inline'
    && each.parentElement.textContent.trim() !== each.textContent.trim();
  const reach = each => each.matches('[type=radio], [type=checkbox]') && each.labels.length ? box(each.labels[0]) : box(each);
  const small = all.filter(each => !inText(each) && (reach(each).height < thumb || reach(each).width < thumb))
    .map(each => `small: ${name(each)} ${Math.round(reach(each).width)}×${Math.round(reach(each).height)}`);
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const order = [...document.querySelectorAll('[tabindex]')].filter(each => each.tabIndex > 0).map(each => `order: ${name(each)}`);
  const inMain = all.filter(each => each.closest('main') && !each.matches('.exit'));
  const back = inMain.filter((each, at) => at && box(each).bottom < box(inMain[at - 1]).top - 1).map(each => `order goes up: ${name(each)}`);
  return [...(wide > 0 ? [`${wide} px wider than the screen`] : []), ...small, ...order, ...back];
}"""


@dataclass(frozen=True)
class Screen:
    """`thumb` is the least size of what one presses, by finger or by mouse. axe, which takes longer than all else,
    looks at one page an address, and in one language: it reads the structure, which all three share.
    """

    size: dict[str, int]
    thumb: float
    axe: bool = False


HAND, MOUSE = 43.5, 23.5
SCREENS = {
    "zh-CN": (Screen(PHONE, HAND, axe=True), Screen(DESK, MOUSE)),
    "zh-TW": (Screen(PHONE, HAND),),
    "en": (Screen(DESK, MOUSE),),
}


class Watcher:
    """One screen in one language: it goes from page to page and writes down whatever is wrong there."""

    def __init__(self, context, server: str, axe) -> None:
        self.context, self.server, self.axe = context, server, axe
        self.page = context.new_page()
        self.wrong: list[str] = []
        self.seen: set[str] = set()
        self.page.on("console", lambda said: self._heard(said.type, said.text))
        self.page.on("pageerror", lambda error: self._heard("error", str(error)))
        self.page.on("response", lambda answer: self._answered(answer.status, answer.url))

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.note(f"the console says: {text}")

    def _answered(self, status: int, url: str) -> None:
        if status >= 400:
            self.note(f"{url} answers {status}")

    def note(self, fault: str) -> None:
        self.wrong.append(f"{self.page.url} ({self.page.viewport_size['width']} px) {fault}")

    def take(self, walk: walks.Walk, screens: tuple[Screen, ...]) -> None:
        self.context.clear_cookies()
        cookies = {name: each.value for name, each in walk.client.cookies.items()}
        self.context.add_cookies(
            [{"name": name, "value": value, "url": self.server} for name, value in cookies.items()]
        )
        for stop in walk.stops:
            self.page.goto(self.server + stop.url)
            for screen in screens:
                self._look(screen, stop)

    def _look(self, screen: Screen, stop: walks.Stop) -> None:
        self.page.set_viewport_size(screen.size)
        for fault in self.page.evaluate(LOOK, screen.thumb):
            self.note(fault)
        if screen.axe and stop.address not in self.seen:
            self.seen.add(stop.address)
            try:
                self.axe(self.page)
            except AssertionError as said:
                self.note(str(said))


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("group", walks.GROUPS)
@pytest.mark.timeout(500)  # every page of a group, in two sizes
def test_every_page_in_a_browser(group, monday, live_server, browser, axe):
    walked, wrong = walks.GROUPS[group](), []
    for locale, screens in SCREENS.items():
        watcher = Watcher(browser.new_context(locale=locale), live_server.url, axe)
        for walk in walked:
            watcher.take(walk, screens)
        watcher.context.close()
        wrong += watcher.wrong
    assert not wrong, "\n".join(wrong)
