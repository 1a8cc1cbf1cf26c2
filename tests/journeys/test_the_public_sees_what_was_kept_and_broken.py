"""A visitor walks from the county's page to the village's year: open and late while it lasts, then frozen, with both voices."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from chengnuo.cases.operations.answer import lapse
from chengnuo.foundation.actor import system
from chengnuo.promises.models import Release
from chengnuo.promises.operations.escalation import escalate_due
from chengnuo.promises.operations.releases import SETTLE, freeze_due
from tests.factories import cases, county, tokens
from tests.factories.cases import DAY
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
APRIL = datetime(2026, 3, 31, 16, tzinfo=UTC) + SETTLE
COUNTY, TOWNSHIP, VILLAGE = "420526000000", "420526101000", "420526101201"


class Visitor(Browser):
    """Follows links by their words."""

    def open(self, name, *args):
        return self.go(reverse(name, args=args))

    def go(self, address):
        answer = self.client.get(address)
        assert answer.status_code == 200, address
        self.page = answer.content.decode()
        return self

    def follow(self, words):
        links = re.findall(r'<a[^>]*href="([^"]+)"[^>]*>(.*?)</a>', self.page, re.DOTALL)
        found = [href for href, label in links if re.sub(r"<[^>]+>", "", label).strip().startswith(words)]
        assert found, f"no link says {words!r}"
        return self.go(found[0])


@pytest.fixture
def march(monday):
    """In March the committee keeps eight proofs, is late with six, and breaks two; five families say resolved, one says not."""
    at = county.MONDAY
    kept, late = [cases.ask() for _ in range(8)], [cases.ask() for _ in range(6)]
    for _ in range(2):
        cases.ask()
    duty = cases.duty_of(late[0])
    for case in kept:
        cases.finish(case, at=at + timedelta(hours=3))
    for case in kept[:5]:
        cases.say_resolved(case, at=at + DAY)
    for case in late:
        cases.finish(case, at=duty.broken_at - timedelta(hours=12))
    cases.say_not(late[0], at=duty.broken_at - timedelta(hours=2))
    monday.move(duty.broken_at + DAY - county.MONDAY)
    while escalate_due(at=duty.broken_at + DAY):
        pass
    return monday


def test_while_it_lasts_the_public_sees_bands(march):
    seen = Visitor().open("public:promises").follow("Gufu Town")
    row = re.search(rf"<tr>(?:(?!</tr>).)*{county.VILLAGE}/.*?</tr>", seen.page, re.DOTALL)[0]

    assert re.findall(r"<b>(.*?)</b>", row) == ["5–9", "1–4"], "two broken, one to do again, and answers of the head"
    assert "No figures have been frozen yet" in seen.text


def test_when_the_month_is_over_it_is_frozen_and_can_be_followed_down_to_a_file(march):
    march.move(APRIL - county.MONDAY)
    assert freeze_due(at=APRIL) == 1 + 8
    seen = Visitor().open("public:promises")
    assert "The whole county: March 2026" in seen.text

    seen.follow("By service, and what residents say")
    assert "Get a proof from the village 8 6 not shown 0" in seen.text
    assert "Frozen on" in seen.text

    address = reverse("public:release_file", args=[COUNTY, "2026-03", "csv"])
    assert address in seen.page
    text = seen.client.get(address).content.decode("utf-8-sig")
    rows = {line[1]: line for line in csv.reader(io.StringIO(text)) if len(line) > 1}
    assert rows["village-proof"][3:7] == ["8", "6", "", "0"]

    seen.follow("Get a proof from the village")
    assert "March 2026 8 6 not shown 0" in seen.text
    assert "Time limit: " in seen.text


def test_a_program_reads_the_same_release(march):
    march.move(APRIL - county.MONDAY)
    while freeze_due(at=APRIL):
        pass
    [march_of_the_county] = [
        each for each in _read("/figures")["items"] if each["place"] == COUNTY and each["period"] == "2026-03"
    ]
    assert march_of_the_county["begins"] == "2026-03-01"
    whole = _read(f"/figures/{COUNTY}/2026-03")
    frozen = Release.objects.get(place__level="county", period="2026-03").figures
    assert (whole["threshold"], whole["withheld"]) == (frozen["threshold"], frozen["withheld"])
    for row, line in zip(whole["rows"], frozen["rows"], strict=True):
        assert row["kept"] == line["kept"]
        assert row["not_resolved"] == line["not"]


def _read(path):
    answer = tokens.call(path)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_what_happens_afterwards_does_not_change_what_was_frozen(march):
    freeze_due(at=APRIL)
    before = list(Release.objects.order_by("pk").values("pk", "figures"))
    march.move(APRIL + 20 * DAY - county.MONDAY)
    lapse(cases=[cases.ask(at=APRIL + DAY).pk], by=system(), at=APRIL + 20 * DAY, key=cases.uuid4())
    freeze_due(at=APRIL + 20 * DAY)

    assert list(Release.objects.order_by("pk").values("pk", "figures")) == before


def test_the_village_is_counted_by_the_year_and_the_township_by_the_quarter(march):
    new_year = datetime(2027, 1, 2, tzinfo=UTC)
    march.move(new_year - county.MONDAY)
    freeze_due(at=new_year)
    seen = Visitor().open("public:place", TOWNSHIP).follow("2026, quarter 1")
    assert "All village and residents' committees together" in seen.text

    seen.open("public:place", VILLAGE).follow("the year 2026")
    assert "Committee 8 6 5 0" in seen.text, "two proofs, one to do again, and two answers of the head were broken"
    assert "Committee not shown 5 not shown 0" in seen.text, "five say resolved, one says not"


def test_a_complaint_shows_nowhere_below_the_county(march):
    before = Visitor().open("public:place", TOWNSHIP).text
    for _ in range(6):
        cases.complaint()

    assert Visitor().open("public:place", TOWNSHIP).text == before
    freeze_due(at=APRIL)
    quarter = Release.objects.get(place__codes__code=TOWNSHIP, period="2026-Q1")
    assert not any(row["kind"] == "guarded" for row in quarter.figures["rows"])
