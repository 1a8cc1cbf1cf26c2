"""How far people were reached: counted once a quarter, by township, and never so that somebody could be told from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.core.periods import QUARTER, period_of
from chengnuo.core.privacy import Counts, suppress
from chengnuo.core.text3 import Text3
from chengnuo.foundation.actor import visitor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.models import LogEntry
from chengnuo.outreach.models import Coverage, Letter
from chengnuo.outreach.operations import covering
from chengnuo.people import queries as people
from chengnuo.people.models import Level
from tests.factories import claims, county, money, outreach
from tests.factories.desk import ENGLISH, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
AFTER = datetime(2026, 4, 2, 2, tzinfo=UTC)
QUARTER_ONE = period_of(outreach.AT.date(), QUARTER)
HOME = "古夫镇"


def handed(count, *, first=1):
    """So many letters that came in the quarter."""
    outreach.people(count, first=first)
    if not Letter.objects.exists():
        outreach.begun()
    outreach.night()
    for letter in Letter.objects.filter(status="waiting"):
        outreach.recorded(letter, "given")


def row_of(figures, name=HOME):
    return next(row["counts"] for row in figures["rows"] if row["name"]["hans"] == name)


def test_letters_claims_decisions_in_time_and_payments_are_counted_where_people_live():
    handed(7)
    for of in range(1, 7):
        money.awarded(of)
    money.reconciled(money.exported())
    Letter.objects.update(ended_on=outreach.AT.date())
    figures = covering.counted(QUARTER_ONE)
    letters, made, in_time, paid = row_of(figures)
    assert (letters, made, paid) == (7, 6, 6)
    assert in_time == 6
    assert figures["columns"] == ["letters", "claims", "in_time", "paid"]
    assert {tuple(row["counts"]) for row in figures["rows"] if row["name"]["hans"] != HOME} == {(0, 0, 0, 0)}


def test_a_claim_with_a_late_stage_is_not_decided_in_time():
    at = outreach.AT - timedelta(days=60)
    late = claims.made(at=at)
    for post, days in ((claims.DESK, 50), (claims.DESK, 51), (claims.TOWNSHIP_DESK, 52), (claims.TOWNSHIP_DESK, 53)):
        late = claims.passed_on(late, post, at=at + timedelta(days=days))
    claims.granted(late, at=at + timedelta(days=54))
    for of in range(2, 8):
        claims.granted(claims.at_decision(of=of), at=outreach.AT + timedelta(days=6))
    figures = covering.counted(QUARTER_ONE)
    assert row_of(figures)[1:3] == [7, 6]


def test_a_few_are_not_shown_nor_told_by_any_other_number():
    """The threshold is the same as that of every public figure; what is left out cannot be worked out from the sums."""
    handed(3)
    Letter.objects.update(ended_on=outreach.AT.date())
    figures = covering.counted(QUARTER_ONE)
    assert figures["threshold"] == 5
    assert row_of(figures)[0] is None
    assert figures["totals"][0] is None, "with all others at nought the sum would tell it"
    townships = people.places_of(Level.TOWNSHIP)
    cells = tuple((3, 0, 0, 0) if place.name.hans == HOME else (0, 0, 0, 0) for place in townships)
    expected = suppress(Counts(tuple(str(place.pk) for place in townships), covering.COLUMNS, cells), 5)
    assert [tuple(row["counts"]) for row in figures["rows"]] == list(expected.cells)


def test_a_quarter_is_frozen_once_when_it_is_over_and_never_counted_again():
    assert covering.freeze_due(at=AFTER) == 0, "nothing was begun"
    handed(6)
    assert covering.freeze_due(at=outreach.AT + timedelta(days=20)) == 0, "it still runs"
    assert (covering.freeze_due(at=AFTER), covering.freeze_due(at=AFTER)) == (1, 0)
    frozen = Coverage.objects.get()
    assert row_of(frozen.figures)[0] == 6
    Letter.objects.filter(status="delivered").delete()
    assert covering.freeze_due(at=AFTER + timedelta(days=1)) == 0
    assert Coverage.objects.get().figures == frozen.figures
    assert LogEntry.objects.filter(schema="coverage.freeze/1").count() == 1
    assert covering.freeze_due(at=AFTER + timedelta(days=95)) == 1, "the next one"


def test_everybody_reads_it_and_it_names_no_village_no_programme_and_nobody():
    handed(6)
    covering.freeze_due(at=AFTER)
    page = said(Client().get(reverse("outreach:coverage"), **ENGLISH))
    assert "How far people were reached" in page
    assert "Letters that came" in page
    assert "Gufu" in page or HOME in page
    assert "欧阳" not in page
    village = county.village().name
    assert not [name for name in (village.hans, village.en) if name in page]
    assert not gate.may(visitor(), "coverage.freeze")


def test_the_figures_hold_names_in_three_scripts_and_nothing_of_a_person():
    handed(6)
    covering.freeze_due(at=AFTER)
    figures = Coverage.objects.get().figures
    assert set(figures) == {"threshold", "columns", "rows", "totals"}
    for row in figures["rows"]:
        assert set(row) == {"name", "counts"}
        assert Text3.from_dict(row["name"]).hans
        assert all(count is None or isinstance(count, int) for count in row["counts"])
