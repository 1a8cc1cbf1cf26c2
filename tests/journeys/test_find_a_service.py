"""A resident looks for what may be asked for: the first page, the catalogue, one service, and where one goes directly."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, reverse

from chengnuo.cases.operations.receive import receive
from chengnuo.foundation import memo
from chengnuo.foundation.actor import visitor
from chengnuo.people.models import Office
from chengnuo.promises.models import PromiseVersion, Release
from chengnuo.promises.queries import catalogue
from tests.factories import county

pytestmark = pytest.mark.django_db
LANGUAGES = {"en": "en", "zh-CN": "zh-Hans", "zh-TW": "zh-Hant"}
MOST = 12


@pytest.fixture(autouse=True)
def _nothing_remembered(monday):
    memo.forget()


@pytest.fixture
def read(client):
    """The text of a page, as its reader sees it."""

    def page(address: str, language: str = "en", **query: str) -> str:
        answer = client.get(address, query, HTTP_ACCEPT_LANGUAGE=language)
        assert answer.status_code == 200, address
        return answer.content.decode()

    return page


def version(key: str) -> PromiseVersion:
    return PromiseVersion.objects.select_related("promise").get(promise__key=key, status="published")


def ask(key: str, times: int, *, days_ago: int = 60) -> None:
    for _time in range(times):
        receive(
            promise=county.service(key),
            village=county.village().pk,
            person=county.person(),
            details="请告诉我怎么办",
            by=visitor(),
            at=county.MONDAY - timedelta(days=days_ago),
            key=uuid4(),
        )


def test_the_first_page_leads_to_everything(read):
    said = read("/")
    assert "What Xingshan" in said
    assert 'action="/services/"' in said
    assert 'href="/contact/"' in said
    assert 'href="/demo/"' in said
    for name in ("family:follow", "family:complain", "public:promises"):
        try:
            assert f'href="{reverse(name)}"' in said
        except NoReverseMatch:
            pytest.fail(f"{name} is not built")


def test_what_is_asked_most_stands_first_and_shows_no_number(read):
    ask("village-proof", 2)
    ask("temporary-relief", 1)
    said = read("/")
    most = re.search(r'<section aria-labelledby="most">.*?</section>', said, re.DOTALL)[0]
    assert re.findall(r'href="/services/([^/"]+)/"', most) == ["village-proof", "temporary-relief"]
    assert not re.search(r">\s*\d+\s*<", most)


def test_the_order_of_the_most_asked_stands_still_within_a_month(read):
    ask("village-proof", 1, days_ago=0)
    assert 'id="most"' not in read("/")


def test_a_sensitive_service_is_never_among_the_most_asked(read):
    ask("special-assistance", 3)
    assert 'id="most"' not in read("/")


def test_the_first_page_says_in_a_band_how_much_is_late(read, monday):
    assert "<b>none</b>" in read("/")
    ask("village-proof", 1, days_ago=30)
    assert "<b>1–4</b>" in read("/")


def test_the_newest_figures_are_named_when_there_are_some(read):
    assert "Newest figures" not in read("/")
    place = Office.objects.get(key="health-bureau").place
    for period, ends in (("2026-01", "2026-02-01"), ("2025-12", "2026-01-01")):
        Release.objects.create(
            place=place,
            period=period,
            begins="2025-12-01",
            ends=ends,
            figures={},
            published_at=county.MONDAY,
            status="published",
        )
    assert '/2026-01/"' in read("/")


def test_the_catalogue_stands_by_who_answers_and_referrals_apart(read):
    said = read("/services/")
    groups = re.findall(r'<h2 id="(\w+)">', said)
    assert groups == ["village", "township", "county", "elsewhere"]
    for each in catalogue(on=county.MONDAY.date()):
        assert f'href="/services/{each.promise.key}/"' in said
    ours, theirs = said.split('<h2 id="elsewhere">')
    assert version("birth-registration").title.en not in ours
    assert "100 0526 0001" in theirs


@pytest.mark.parametrize(
    ("typed", "key"),
    [("低保", "dibao"), ("高齡津貼", "old-age-allowance"), ("old-age allowance", "old-age-allowance")],
)
def test_two_characters_a_traditional_word_and_english_find_it_first(read, typed, key):
    found = re.findall(r'href="/services/([^/"#]+)/"', read("/services/", q=typed))
    assert found[0] == key


def test_what_was_typed_stays_and_is_never_markup(read):
    said = read("/services/", q='<b onmouseover="x">低保</b>')
    assert 'value="&lt;b onmouseover=&quot;x&quot;&gt;低保&lt;/b&gt;"' in said


@pytest.mark.parametrize("typed", ["啊啊啊啊", "zzz", "x" * 5000, "\0", "%"])
def test_what_is_not_found_helps_on(read, typed):
    said = read("/services/", q=typed)
    assert "Nothing fits these words" in said
    assert 'href="/contact/"' in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_service_tells_everything_in_the_reader_s_script(read, language):
    service = version("childcare-subsidy")
    said = read("/services/childcare-subsidy/", language)
    in_language = {"en": "en", "zh-CN": "hans", "zh-TW": "hant"}[language]
    assert f'<html lang="{LANGUAGES[language]}">' in said
    for text in (service.title, service.summary, service.who, service.result):
        assert getattr(text, in_language).replace("'", "&#x27;") in said
    for need in service.needs:
        assert need["name"][in_language].replace("'", "&#x27;") in said
        assert need["why"][in_language].replace("'", "&#x27;") in said
    for basis in service.basis:
        assert basis["name"][in_language] in said


def test_one_service_says_how_long_who_answers_what_it_costs_and_what_it_rests_on(read):
    said = read("/services/childcare-subsidy/")
    for words in (
        "30 working days",
        "The service office of your township",
        "no charge",
        "it up",
        "own signed statement",
        "article 27",
        "30 minutes",
        "40 minutes",
        "3,000 yuan",
        "not yet measured",
    ):
        assert words in said


@pytest.mark.parametrize("each", ["childcare-subsidy", "village-proof", "dibao"])
def test_a_service_leads_to_asking_to_paper_and_to_how_it_is_kept(read, each):
    said = read(f"/services/{each}/")
    for name in ("family:ask", "family:form", "public:promise"):
        assert f'href="{reverse(name, args=[each])}"' in said


def test_a_referral_shows_where_to_go_and_no_way_to_ask(read):
    said = read("/services/birth-registration/")
    assert "100 0526 0001" in said
    assert "County service centre, ground floor" in said
    assert "Nothing about this is asked, sent or kept here." in said
    for name in ("family:ask", "family:form", "public:promise"):
        assert reverse(name, args=["birth-registration"]) not in said


def test_every_service_has_its_page(read):
    for each in catalogue(on=county.MONDAY.date()):
        assert f"<h1>{each.title.hant}</h1>" in read(f"/services/{each.promise.key}/", "zh-TW")


@pytest.mark.parametrize("key", ["nothing", "missing-list", "a" * 200])
def test_what_is_no_service_is_not_here(client, key):
    assert client.get(f"/services/{key}/").status_code == 404


def test_a_service_that_ends_is_gone_on_that_day(client, monday):
    PromiseVersion.objects.filter(promise__key="dibao").update(ends=county.MONDAY.date() + timedelta(days=1))
    assert client.get("/services/dibao/").status_code == 200
    monday.move(timedelta(days=1))
    assert client.get("/services/dibao/").status_code == 404


def test_contact_names_every_counter(read):
    said = read("/contact/")
    assert said.count('<th scope="row">') == Office.objects.count()
    assert "08:30" in said
    assert "invented" in said
    assert said.count("<details") == Office.objects.filter(level="township").count()


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/services/",
        "/services/?q=低保",
        "/services/dibao/",
        "/contact/",
        "/what-we-do-not-hold/",
        "/charter/",
    ],
)
def test_no_page_asks_more_than_twelve_questions(client, django_assert_max_num_queries, address):
    with django_assert_max_num_queries(MOST):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["/", "/services/", "/services/dibao/", "/contact/", "/charter/", "/demo/"])
def test_no_page_shows_the_inside_of_a_value(read, address, language):
    said = read(address, language)
    assert "Text3(" not in said
    assert "hans=" not in said
    assert "None" not in re.sub(r"<script.*?</script>", "", said)
