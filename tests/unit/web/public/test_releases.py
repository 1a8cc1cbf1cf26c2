"""A release as page, CSV and JSON: the same frozen figures, what is left out and why, and nothing that a spreadsheet would run."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from chengnuo.core.text3 import Text3
from chengnuo.people.models import Office, Place
from chengnuo.promises.figures import COLUMNS, Kind, Row, written
from chengnuo.promises.models import Release
from chengnuo.web.public.figures import period_words
from chengnuo.web.public.tables import cell
from tests.factories import county
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
CODE = "420526000000"
PUBLISHED = datetime(2026, 4, 1, 2, tzinfo=UTC)
PROOF = Text3("村级证明", "村級證明", "Proof from the village")
NONE = dict.fromkeys(COLUMNS, 0)
ROWS = (
    Row(Kind.PROMISE, "village-proof", PROOF, NONE | {"kept": 12, "broken": None, "resolved": 9, "none": 5}),
    Row(Kind.TOTAL, "", None, NONE | {"kept": 12, "broken": None, "resolved": 9, "none": 5}),
    Row(Kind.GUARDED, "reply-to-complaint", PROOF, NONE | {"kept": 8}),
)


def frozen(rows=ROWS, code=CODE, period="2026-03"):
    place = Place.objects.get(codes__code=code)
    return Release.objects.create(
        place=place,
        period=period,
        begins="2026-03-01",
        ends="2026-03-31",
        figures=written(rows, 5),
        published_at=PUBLISHED,
        status="published",
    )


def page(code=CODE, period="2026-03"):
    browser = Browser()
    browser.page = browser.client.get(reverse("public:release", args=[code, period])).content.decode()
    return browser


def file(form, language="en", code=CODE, period="2026-03"):
    answer = Browser().client.get(
        reverse("public:release_file", args=[code, period, form]), headers={"accept-language": language}
    )
    assert answer.status_code == 200
    return answer


def lines(answer):
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_page_shows_the_frozen_counts_and_says_what_is_left_out(monday):
    frozen()
    text = page().text

    assert "Xingshan County: March 2026" in text
    assert "Proof from the village 12 0 not shown 0" in text
    assert "All of these together 12 0 not shown 0" in text
    assert "A number below 5 is not shown" in text
    assert "2 numbers are left out of this release" in text


def test_both_voices_stand_beside_each_other(monday):
    """The office said done fourteen times: nine families say resolved, five did not answer."""
    frozen()

    assert "Proof from the village 14 9 0 5" in page().text


def test_what_is_guarded_stands_apart_and_in_no_sum(monday):
    frozen()
    text = page().text

    assert "Complaints and sensitive services" in text
    assert text.index("Complaints and sensitive services") > text.index("All of these together")


def test_a_period_without_anything_says_so(monday):
    frozen(rows=(Row(Kind.TOTAL, "", None, NONE),))
    text = page().text

    assert "Nothing fell due here in this time" in text
    assert "Nothing was heard in this time" in text


def test_a_townships_two_rows(monday):
    name = Office.objects.get(key=county.TOWNSHIP).name
    rows = (Row(Kind.OFFICE, county.TOWNSHIP, name, NONE), Row(Kind.COMMITTEES, "", None, NONE | {"kept": 7}))
    frozen(rows, "420526101000", "2026-Q1")
    seen = page("420526101000", "2026-Q1")

    assert "All village and residents' committees together 7 0 0 0" in seen.text
    assert reverse("public:office", args=[county.TOWNSHIP]) in seen.page


def test_the_page_leads_to_both_files(monday):
    frozen()
    source = page().page

    assert reverse("public:release_file", args=[CODE, "2026-03", "csv"]) in source
    assert reverse("public:release_file", args=[CODE, "2026-03", "json"]) in source


def test_the_csv_says_what_it_is_and_what_is_left_out_before_the_figures(monday):
    frozen()
    found = lines(file("csv"))

    assert found[0] == ["# Xingshan County 420526000000, March 2026 (chengnuo.release/1)"]
    assert "2 numbers are left out" in found[2][0]
    assert found[3] == ["kind", "key", "name", *COLUMNS]
    assert found[4] == [
        "promise",
        "village-proof",
        "Proof from the village",
        "12",
        "0",
        "",
        "0",
        "9",
        "0",
        "5",
    ]
    assert len(found) == 4 + len(ROWS)


def test_the_csv_is_read_by_excel_and_named(monday):
    frozen()
    answer = file("csv")

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="chengnuo-420526000000-2026-03.csv"'


def test_the_csv_speaks_the_readers_language(monday):
    frozen()

    assert lines(file("csv", "zh-hans"))[4][2] == "村级证明"
    assert lines(file("csv", "zh-hant"))[4][2] == "村級證明"


DANGEROUS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


@pytest.mark.parametrize("name", DANGEROUS)
def test_no_name_becomes_a_formula(monday, name):
    frozen(rows=(Row(Kind.PROMISE, "village-proof", Text3(name, name, name), NONE),))

    assert lines(file("csv"))[4][2] == cell(name) == f"'{name}"


@pytest.mark.parametrize("name", ["低保", "a=b", "3岁以下托育", "'already", ""])
def test_other_names_stay_as_they_are(name):
    assert cell(name) == name


def test_the_json_holds_the_frozen_figures_as_they_are(monday):
    release = frozen()
    said = json.loads(file("json").content)

    assert said["schema"] == "chengnuo.release/1"
    assert said["place"]["code"] == CODE
    assert set(said["place"]["name"]) >= {"hans", "hant", "en"}
    assert (said["period"], said["begins"], said["ends"]) == ("2026-03", "2026-03-01", "2026-03-31")
    assert said["rows"] == release.figures["rows"]
    assert (said["threshold"], said["withheld"]) == (5, 2)
    assert said["rows"][0]["broken"] is None
    assert "2 numbers are left out" in said["left_out"]


def test_all_three_say_the_same_numbers(monday):
    frozen()
    by_csv = [line[3:] for line in lines(file("csv"))[4:]]
    by_json = [
        ["" if row[c] is None else str(row[c]) for c in COLUMNS] for row in json.loads(file("json").content)["rows"]
    ]

    assert by_csv == by_json


def test_a_file_is_only_read(monday, client):
    frozen()

    assert client.post(reverse("public:release_file", args=[CODE, "2026-03", "csv"])).status_code == 405


@pytest.mark.parametrize(
    ("period", "words"),
    [("2026-03", "March 2026"), ("2026-Q4", "2026, quarter 4"), ("2026", "the year 2026")],
)
def test_periods_in_words(settings, period, words):
    settings.LANGUAGE_CODE = "en"
    assert period_words(period) == words
