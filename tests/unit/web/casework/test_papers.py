"""What stands on a slip before it is drawn: the labels, the public address alone in its square, and the language it is set in."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree.ElementTree import fromstring

import pytest
from django.conf import settings as conf
from django.utils import translation

from chengnuo.cases import queries
from chengnuo.foundation import paper
from chengnuo.foundation.actor import resident
from chengnuo.promises.models import PromiseVersion
from chengnuo.web.casework import papers
from chengnuo.web.casework.receipts import receipt_of
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 3, 2, 17, tzinfo=UTC)  # past midnight in the county


@pytest.fixture
def receipt(monday):
    case = cases.ask()
    return receipt_of(queries.seen(resident(case.pk), case.pk), viewer=resident(case.pk), now=county.MONDAY)


@pytest.fixture
def drawn(monkeypatch):
    """What the template is given, instead of the paper."""
    given = []

    def pdf(template, data, **_dated):
        given.append((template.name, data))
        return b"%PDF"

    monkeypatch.setattr(paper, "pdf", pdf)
    return given


def test_the_square_holds_the_public_address_and_no_code(receipt):
    said = papers.said_on_slip(receipt, at=county.MONDAY)
    assert said["address"] == conf.PUBLIC_ADDRESS + receipt.follow
    assert receipt.code.replace(" ", "") not in said["address"]
    assert said["qr"] == papers.said_on_slip(receipt, at=LATE)["qr"], "the same for every family"
    assert fromstring(said["qr"]).tag.endswith("svg")  # noqa: S314  # our own


def test_everything_on_the_receipt_is_on_the_slip(receipt):
    said = papers.said_on_slip(receipt, at=county.MONDAY)
    assert (said["number"], said["code"], said["title"]) == (receipt.number, receipt.code, receipt.title)
    assert [fact["value"] for fact in said["facts"]] == [fact.value for fact in receipt.facts]
    assert [step["what"] for step in said["steps"]] == [step.what for step in receipt.steps]


def test_it_is_dated_by_the_day_of_the_county(receipt):
    assert papers.said_on_slip(receipt, at=county.MONDAY)["printed"] == "Printed on 2026-03-02"
    assert papers.said_on_slip(receipt, at=LATE)["printed"] == "Printed on 2026-03-03"


@pytest.mark.parametrize(
    ("language", "script"), [("zh-hans", ("zh", "CN")), ("zh-hant", ("zh", "TW")), ("en", ("en", None))]
)
def test_it_is_set_in_the_readers_language(receipt, drawn, language, script):
    with translation.override(language):
        papers.slip(receipt, at=county.MONDAY)
    ((template, data),) = drawn
    assert template == "slip.typ"
    assert (data["language"], data["region"]) == script


def test_every_language_of_ours_can_be_set():
    assert set(papers.SCRIPTS) == {code for code, _name in conf.LANGUAGES}


@pytest.mark.parametrize("demo", [True, False])
def test_only_a_demonstration_says_that_it_is_one(receipt, drawn, settings, demo):
    settings.DEMO = demo
    papers.slip(receipt, at=county.MONDAY)
    assert bool(drawn[0][1]["demo"]) is demo


def test_a_blank_form_asks_what_the_page_asks_and_gives_its_reasons(drawn):
    version = PromiseVersion.objects.select_related("promise__office").get(pk=county.service("dibao"))
    assert papers.blank_form(version, at=county.MONDAY) == b"%PDF"
    ((template, data),) = drawn
    assert (template, data["heading"]) == ("form.typ", str(version.title))
    assert len(data["needs"]) == len(version.needs) > 0
    assert all(need["name"] and need["why"] and need["instead"] for need in data["needs"])
    assert all(line["label"] and line["rows"] >= 1 for line in data["lines"])
    assert "pregnancy" in data["leave_out"]
