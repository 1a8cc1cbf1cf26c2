"""The public pages of promises: what they show and what they never show, in few queries however much there is."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chengnuo.foundation.memo import forget
from chengnuo.foundation.models.acts import ActKey
from chengnuo.people.models import Office, Place
from chengnuo.promises.models import Duty, PromiseVersion, Release
from chengnuo.promises.operations.releases import freeze_due, owe_due
from chengnuo.web.public.figures import meanings
from tests.factories import county, owed
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 10, 2, tzinfo=UTC)
MARCH = datetime(2026, 3, 10, 2, tzinfo=UTC)
COUNTY, TOWNSHIP, VILLAGE = "420526000000", "420526101000", "420526101201"
APRIL = datetime(2026, 3, 31, 18, tzinfo=UTC)
MOST = 12

PAGES = {
    "overview": ("public:promises", []),
    "county": ("public:place", [COUNTY]),
    "township": ("public:place", [TOWNSHIP]),
    "village": ("public:place", [VILLAGE]),
    "county office": ("public:office", ["health-bureau"]),
    "village office": ("public:office", [county.VILLAGE]),
    "outside body": ("public:office", ["city-supervision"]),
    "service": ("public:promise", ["village-proof"]),
    "sensitive service": ("public:promise", ["special-assistance"]),
    "procedure": ("public:promise", ["missing-list"]),
}
RELEASES = {
    "live place": ("public:place_live", [TOWNSHIP, "csv"]),
    "live office": ("public:office_live", [county.VILLAGE, "json"]),
    "live service": ("public:promise_live", ["village-proof", "csv"]),
    "month": ("public:release", [COUNTY, "2026-03"]),
    "quarter": ("public:release", [TOWNSHIP, "2026-Q1"]),
    "year": ("public:release", [VILLAGE, "2026"]),
    "csv": ("public:release_file", [COUNTY, "2026-03", "csv"]),
    "json": ("public:release_file", [COUNTY, "2026-03", "json"]),
}


@pytest.fixture(autouse=True)
def _now(monday):
    monday.move(NOW - county.MONDAY)


@pytest.fixture
def figures():
    owed.settle(county.VILLAGE, "kept", MARCH, count=12)
    owed.settle(county.VILLAGE, "broken", MARCH, count=2)
    owed.settle(county.TOWNSHIP, "kept_late", MARCH, count=9, service="help-with-forms")
    owed.settle("health-bureau", "kept", MARCH, count=6, service="special-assistance", is_guarded=True)
    freeze_due(at=APRIL)


def read(name, *args):
    browser = Browser()
    answer = browser.client.get(reverse(name, args=args))
    assert answer.status_code == 200
    browser.page = answer.content.decode()
    return browser.text, browser.page


@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_before_there_is_a_figure(page):
    name, args = PAGES[page]
    text, source = read(name, *args)

    assert source.count("<h1") == 1
    assert "None" not in text
    assert "Print this page" in text


def test_no_page_takes_more_queries_for_more_rows(figures, client):
    def counts():
        found = {}
        for page, (name, args) in (PAGES | RELEASES).items():
            forget()
            with CaptureQueriesContext(connection) as seen:
                assert client.get(reverse(name, args=args)).status_code == 200
            found[page] = len(seen)
        return found

    freeze_due(at=NOW)
    few = counts()
    for key in Office.objects.values_list("key", flat=True)[:40]:
        owed.duty(key).save()
    owed.settle(county.VILLAGE, "kept", MARCH, count=30, service="dibao")
    ActKey.objects.all().delete()
    Release.objects.all().delete()
    freeze_due(at=NOW)

    assert counts() == few
    assert max(few.values()) <= MOST, few


def test_the_overview_says_what_the_words_mean_and_shows_the_newest_month(figures):
    text, source = read("public:promises")

    assert "How promises are kept in Xingshan County" in text
    assert "The whole county: March 2026" in text
    for word in ("kept late", "broken for ever", "the family no longer wanted it"):
        assert word in text
    for code in (COUNTY, TOWNSHIP, "420526102000"):
        assert reverse("public:place", args=[code]) in source


def test_before_the_first_release_the_overview_says_when_it_comes():
    text, _ = read("public:promises")

    assert "No figures have been frozen yet" in text


def test_live_figures_are_bands_and_never_numbers():
    for _ in range(7):
        owed.duty("health-bureau", opened=NOW - 7 * owed.DAY).save()
    _, source = read("public:place", COUNTY)

    row = re.search(r"<tr>(?:(?!</tr>).)*Family Development.*?</tr>", source, re.DOTALL)[0]
    assert re.findall(r"<b>(.*?)</b>", row) == ["5–9", "5–9"]
    assert "7" not in re.sub(r"<[^>]+>", " ", row)


@pytest.mark.parametrize(
    ("count", "band"), [(0, "none"), (1, "1–4"), (4, "1–4"), (5, "5–9"), (10, "10–19"), (25, "20+")]
)
def test_each_band(count, band):
    for _ in range(count):
        owed.duty(county.VILLAGE, opened=NOW).save()
    _, source = read("public:office", county.VILLAGE)

    assert re.findall(r"<b>(.*?)</b>", source.partition("<main")[2])[0] == band


def test_places_lead_up_and_down():
    township, source = read("public:place", TOWNSHIP)
    villages = Place.objects.filter(above__codes__code=TOWNSHIP)

    assert source.count("the village's page") == villages.count() > 5
    assert reverse("public:place", args=[VILLAGE]) in source
    assert reverse("public:place", args=[COUNTY]) in source
    _, below = read("public:place", VILLAGE)
    assert reverse("public:place", args=[TOWNSHIP]) in below
    assert reverse("public:office", args=[county.VILLAGE]) in below
    assert "counted by the year" in below
    assert "counted by the quarter" in township


def test_an_office_says_what_it_promises_who_stands_above_and_how_to_complain():
    text, source = read("public:office", county.VILLAGE)

    assert reverse("public:promise", args=["village-proof"]) in source
    assert reverse("public:office", args=[county.TOWNSHIP]) in source
    assert f"{reverse('family:complain')}?about={county.VILLAGE}" in source
    assert "this one never sees it" in text


def test_the_outside_body_has_nobody_above_it_in_the_system():
    text, source = read("public:office", "city-supervision")

    assert "about=city-supervision" not in source
    assert "stands outside the county" in text
    assert "Nothing is asked for here directly" in text


def test_a_promise_shows_every_version_with_its_days():
    old = PromiseVersion.objects.get(promise__key="village-proof")
    values = {field: getattr(old, field) for field in ("promise", "title", "summary", "who", "result", "basis")}
    PromiseVersion.objects.create(
        **values, begins="2026-07-01", deadline="working_days(1)", published_at=NOW, status="published"
    )
    text, _ = read("public:promise", "village-proof")

    assert "From July 1, 2026 on" in text
    assert "From Jan. 2, 2025 to before July 1, 2026" in text
    assert "Time limit: 1 working day" in text


@pytest.mark.parametrize(
    ("key", "who"),
    [("missing-list", "Every office"), ("board-sheet", "Your village or residents' committee")],
)
def test_a_procedure_says_which_offices_promise_it(key, who):
    assert who in read("public:promise", key)[0].replace("&#x27;", "'")


def test_a_promise_shows_its_cost_and_how_sure_that_is():
    text, _ = read("public:promise", "village-proof")

    assert "What keeping it takes" in text
    assert "an estimate, not yet measured" in text


def test_the_figures_of_a_promise_are_those_that_the_county_released(figures):
    text, source = read("public:promise", "village-proof")

    assert "March 2026 12 0 not shown 0" in text
    assert reverse("public:release", args=[COUNTY, "2026-03"]) in source


def test_a_sensitive_promise_says_why_it_is_counted_for_the_county_only(figures):
    text, _ = read("public:promise", "special-assistance")

    assert "counted for the whole county only" in text


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("public:place", ["000000000000"]),
        ("public:place", ["420526"]),
        ("public:place", ["xingshan"]),
        ("public:office", ["no-such-office"]),
        ("public:promise", ["no-such-promise"]),
        ("public:promise", ["birth-registration"]),
        ("public:release", [COUNTY, "2026-04-01"]),
        ("public:release", [COUNTY, "2031-01"]),
        ("public:release", [VILLAGE, "2026-03"]),
        ("public:release", ["000000000000", "2026-03"]),
        ("public:release", [COUNTY, "2026-q1"]),
        ("public:release_file", [COUNTY, "2026-03", "xlsx"]),
        ("public:release_file", [COUNTY, "9999-99", "csv"]),
    ],
)
def test_what_is_not_there_is_said_in_words(figures, client, name, args):
    answer = client.get(reverse(name, args=args), headers={"accept-language": "en"})

    assert answer.status_code == 404
    assert "There is nothing here that you may open" in answer.content.decode()


def test_a_drafted_promise_is_nobodys_business_yet(client):
    PromiseVersion.objects.filter(promise__key="village-proof").update(status="draft", published_at=None)

    assert client.get(reverse("public:promise", args=["village-proof"])).status_code == 404


def test_a_closed_office_is_gone_from_the_pages_and_its_figures_stay(figures, client):
    Office.objects.filter(key=county.TOWNSHIP).update(closed_on="2026-12-31")

    assert client.get(reverse("public:office", args=[county.TOWNSHIP])).status_code == 404
    assert client.get(reverse("public:release", args=[TOWNSHIP, "2026-Q1"])).status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_names_stand_in_the_readers_language(client, language, figures):
    name = Place.objects.get(codes__code=COUNTY).name.in_language(language)
    page = client.get(reverse("public:promises"), headers={"accept-language": language}).content.decode()

    assert name in page


def test_no_page_names_a_holder_or_a_number_of_a_case(figures):
    officer = county.officer(f"{county.VILLAGE}.head", name="不该出现")
    owed.duty(county.VILLAGE).save()
    pages = [read(name, *args)[1] for name, args in PAGES.values()]

    assert not any(officer.name in page for page in pages)
    ids = {str(pk) for pk in Duty.objects.values_list("subject_id", flat=True)}
    assert not any(pk in page for page in pages for pk in ids)


AWAITED = datetime(2026, 5, 20, 2, tzinfo=UTC)


@pytest.fixture
def slept(figures, monday):
    """Nobody published the figures of April, and it is the twentieth of June: they were due on the last of May."""
    monday.move(AWAITED + 31 * owed.DAY - NOW)
    owe_due(at=AWAITED + 31 * owed.DAY)


def test_figures_that_did_not_come_are_shown_as_late_beside_those_that_did(slept):
    text, source = read("public:place", COUNTY)

    assert "April 2026 broken To be published by May 31, 2026." in text
    assert "May 2026 on time To be published by June 30, 2026." in text
    assert "March 2026 " in text
    assert "2026-04/" not in source, "there is nothing to open yet"


def test_the_overview_names_what_is_late_and_nothing_else(slept):
    text, _ = read("public:promises")

    assert "Figures that are late" in text
    assert "Xingshan County: April 2026" in text
    assert "Xingshan County: May 2026" not in text


def test_when_they_come_after_all_the_page_and_the_list_say_that_they_were_late(slept):
    freeze_due(at=AWAITED + 31 * owed.DAY)
    text, _ = read("public:place", COUNTY)
    own, _ = read("public:release", COUNTY, "2026-04")

    assert "April 2026 broken, done afterwards Promised by May 31, 2026, published on June 20, 2026." in text
    assert "published late Promised by May 31, 2026, published on June 20, 2026." in own
    assert "Figures that are late" not in read("public:promises")[0]


def test_figures_that_came_in_time_say_nothing_of_it(figures):
    own, _ = read("public:release", COUNTY, "2026-03")

    assert "published late" not in own
    assert "Promised by" not in own
    assert "March 2026 kept" not in read("public:place", COUNTY)[0]


def test_what_broken_means_is_said_with_the_numbers_in_force():
    said = {str(each.word.text): each.text for each in meanings(MARCH.date())}
    broken = next(text for text in said.values() if "broken for ever" in text)
    assert "another 50% of the promised time" in broken
    assert "at least 5 working days" in broken
    assert not any("released" in text for text in said.values()), "releases are figures"
