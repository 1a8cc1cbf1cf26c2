"""What is owed now, as tables beside the pages: bands and nothing else, in words and columns that say what they are."""

import csv
import io
import json
import re
from itertools import product

import pytest
from django.urls import reverse

from chengnuo.core.privacy import Band
from chengnuo.people.models import Office
from chengnuo.promises.operations.releases import owe_due
from chengnuo.web.public.live import COLUMNS
from tests.factories import cases, county, owed
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
NOW = county.MONDAY
COUNTY, TOWNSHIP, VILLAGE = "420526000000", "420526101000", "420526101201"
PAGES = {"place": TOWNSHIP, "office": county.VILLAGE, "promise": "village-proof"}
LATE = NOW - 7 * owed.DAY
DANGEROUS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1"]


@pytest.fixture(autouse=True)
def _now(monday):
    """Seven proofs are late at a village, and a form is open at its township."""
    for _ in range(7):
        owed.duty(county.VILLAGE, opened=LATE).save()
    owed.duty(county.TOWNSHIP, service="help-with-forms", opened=NOW).save()


def get(page, form, key="", language="en"):
    address = reverse(f"public:{page}_live", args=[key or PAGES[page], form])
    return Browser().client.get(address, headers={"accept-language": language})


def rows(page, key="", language="en"):
    """The lines of the CSV, without what stands above them."""
    text = get(page, "csv", key, language).content.decode("utf-8-sig")
    lines = [line for line in csv.reader(io.StringIO(text)) if not line[0].startswith("# ")]
    assert lines[0] == list(COLUMNS) == ["kind", "key", "name", "place", "open", "late"]
    return lines[1:]


def said(page, key=""):
    return json.loads(get(page, "json", key).content)


def test_a_township_lists_its_own_office_and_those_of_its_villages():
    found = {row[1]: row for row in rows("place")}

    assert found[county.VILLAGE][3:] == [VILLAGE, "5–9", "5–9"]
    assert found[county.TOWNSHIP][3:] == [TOWNSHIP, "1–4", "none"]
    assert found.keys() == {office.key for office in Office.objects.filter(place__codes__code__startswith="420526101")}


def test_an_office_is_one_line_and_a_service_is_one_for_the_whole_county():
    assert [row[:2] + row[3:] for row in rows("office")] == [["office", county.VILLAGE, VILLAGE, "5–9", "5–9"]]
    assert [row[:2] + row[3:] for row in rows("promise")] == [["service", "village-proof", COUNTY, "5–9", "5–9"]]


@pytest.mark.parametrize("page", PAGES)
def test_both_files_and_the_page_say_the_same_bands(page):
    by_csv = [(row[1], row[4], row[5]) for row in rows(page)]
    by_json = [(row["key"], *(row[name].replace("-", "–") for name in ("open", "late"))) for row in said(page)["rows"]]
    source = Browser().client.get(reverse(f"public:{page}", args=[PAGES[page]])).content.decode()

    assert by_csv == by_json
    shown = re.findall(r"<b>(.*?)</b>", source.partition("<main")[2])
    assert sorted(shown) == sorted(band for row in by_csv for band in row[1:])


@pytest.mark.parametrize(("page", "form"), list(product(PAGES, ("csv", "json"))))
def test_each_page_leads_to_its_tables_and_they_may_be_kept_for_five_minutes(page, form):
    answer = get(page, form)
    source = Browser().client.get(reverse(f"public:{page}", args=[PAGES[page]])).content.decode()

    assert reverse(f"public:{page}_live", args=[PAGES[page], form]) in source
    assert sorted(answer["Cache-Control"].split(", ")) == ["max-age=300", "public"]
    assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))
    assert answer["Content-Disposition"] == f'attachment; filename="chengnuo-live-{PAGES[page]}-2026-03-02.{form}"'


def test_no_shared_cache_keeps_what_an_officer_was_shown(client):
    county.sign_in(client, "health-bureau.head")

    assert client.get(reverse("public:place_live", args=[TOWNSHIP, "csv"]))["Cache-Control"] == "no-store"


@pytest.mark.parametrize("count", [0, 1, 4, 5, 9, 10, 19, 20, 47])
def test_no_number_of_what_is_owed_is_in_any_of_them(count):
    for _ in range(count):
        owed.duty("medical-insurance", service="medical-aid", opened=LATE).save()
    bands = {band.value for band in Band}

    for page, key in (("place", COUNTY), ("office", "medical-insurance"), ("promise", "medical-aid")):
        for row in said(page, key)["rows"]:
            assert {row["open"], row["late"]} <= bands
            assert not any(isinstance(value, int) for value in row.values())
        for row in rows(page, key):
            assert {each.replace("–", "-") for each in row[4:]} <= bands


def test_a_complaint_leaves_no_trace():
    before = [rows(page) for page in PAGES]
    for _ in range(6):
        cases.complaint()

    assert [rows(page) for page in PAGES] == before


def test_figures_that_are_late_are_owed_like_anything_else():
    owed.settle(county.VILLAGE, "kept", NOW - 90 * owed.DAY)
    owe_due(at=NOW)

    assert rows("promise", "monthly-figures")[0][4:] == ["20+", "20+"], "all the villages' year is due in January"
    assert rows("office")[0][4:] == ["5–9", "5–9"], "seven proofs and one year"


@pytest.mark.parametrize("name", DANGEROUS)
def test_no_name_becomes_a_formula(name):
    Office.objects.filter(key=county.VILLAGE).update(name={"hans": name, "hant": name, "en": name})

    assert rows("office")[0][2] == f"'{name}"


@pytest.mark.parametrize(("language", "word"), [("en", "Committee"), ("zh-hans", "委员会"), ("zh-hant", "委員會")])
def test_names_are_in_the_readers_language_and_values_in_everybodys(language, word):
    (row,) = rows("office", language=language)

    assert word in row[2]
    assert row[4:] == ["5–9", "5–9"]


def test_what_the_columns_mean_stands_in_the_files():
    text = get("place", "csv").content.decode("utf-8-sig")

    assert "chengnuo.live/1" in text.splitlines()[0]
    assert "# late: how much of that is past the promised day" in text
    assert said("place")["columns"].keys() == COLUMNS.keys()
    assert said("place")["bands"] == ["none", "1-4", "5-9", "10-19", "20+"]
    assert said("place")["as_of"] == NOW.isoformat()


@pytest.mark.parametrize("page", PAGES)
def test_what_is_not_there_is_not_found_and_nothing_is_sent(page):
    assert get(page, "csv", "nobody").status_code == 404
    assert get(page, "xlsx").status_code == 404
    assert Browser().client.post(reverse(f"public:{page}_live", args=[PAGES[page], "csv"])).status_code == 405
