"""A promise that there was not: who may begin it, for whom, and what it may never be."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengnuo.core.text3 import Text3
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.refused import AlreadyReceived, NotAllowed
from chengnuo.people.models import Level
from chengnuo.policies.sheet import SLUG
from chengnuo.promises import queries, writing
from chengnuo.promises.models import Promise, PromiseVersion
from chengnuo.promises.operations import catalogue
from chengnuo.promises.operations.catalogue import (
    KeyTaken,
    KeyUnfit,
    ProcedureNotFounded,
    SensitiveOutsideTheCounty,
    SubjectNeverRecorded,
)
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
TOMORROW = date(2026, 3, 3)
FIELDS = (
    "title", "summary", "who", "result", "needs", "basis", "provider", "words", "channels", "fee_fen", "deadline",
    "staff_minutes", "county_fen_a_year", "family_minutes", "family_trips", "cost_certainty",
)  # fmt: skip
BUREAU, OTHER, OUTSIDE = "health-bureau.desk", "civil-affairs.desk", "city-supervision.head"
ALL = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)


def content(**other):
    version = PromiseVersion.objects.get(promise__key="childcare-place-enquiry", status="published")
    return {name: getattr(version, name) for name in FIELDS} | {"begins": TOMORROW} | other


def found(by=BUREAU, key=None, **said):
    asked = {"slug": "reading-room", "kind": "service", "level": "county", "sensitive": False} | said
    asked.setdefault("content", content())
    return catalogue.found(by=county.officer(by), at=county.MONDAY, key=key or uuid4(), **asked)


def nothing_was_founded(before):
    return Promise.objects.count() == before


@pytest.mark.parametrize(("by", "levels"), [(BUREAU, ALL), ("health-bureau.head", ALL), (OTHER, ALL[:1]), (OUTSIDE, ()), (cases.TOWNSHIP_HEAD, ()), (cases.DESK, ()), ("health-bureau.auditor", ())])  # fmt: skip
def test_who_begins_what(by, levels):
    assert writing.founded_by(county.officer(by)) == levels
    for level in Level.values:
        before = Promise.objects.count()
        if level in levels:
            made = found(by, slug=f"reading-room-{level}", level=level)
            own = county.officer(by).hats[0].office
            assert made.promise.office_id == (own if level == Level.COUNTY else None)
        else:
            with pytest.raises(NotAllowed):
                found(by, slug=f"reading-room-{level}", level=level)
            assert nothing_was_founded(before)


def test_it_is_a_draft_until_another_person_has_checked_and_published_it():
    made = found(sensitive=True)
    assert (made.status, made.promise.key, made.promise.sensitive) == ("draft", "reading-room", True)
    assert made.author == county.officer(BUREAU).account
    entry = LogEntry.objects.get(ref_kind="promise", ref_id=str(made.pk))
    assert (entry.schema, entry.private["office"]) == ("promise.found/1", str(made.promise.office_id))
    with pytest.raises(queries.NotPromised):
        queries.current("reading-room", on=TOMORROW)
    told = {"version": made.pk, "by": county.officer("health-bureau.head"), "at": county.MONDAY}
    catalogue.check(**told, key=uuid4())
    catalogue.publish(**told, key=uuid4())
    assert queries.current("reading-room", on=TOMORROW).pk == made.pk
    assert cases.ask("reading-room", at=county.MONDAY + timedelta(days=1)).office.key == "health-bureau"


def test_what_every_village_promises_is_asked_for_in_the_village():
    made = found(level="village")
    told = {"version": made.pk, "by": county.officer("health-bureau.head"), "at": county.MONDAY}
    catalogue.check(**told, key=uuid4())
    catalogue.publish(**told, key=uuid4())
    assert cases.ask("reading-room", at=county.MONDAY + timedelta(days=1)).office.key == county.VILLAGE


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"slug": "village-proof"}, KeyTaken),
        ({"slug": "next"}, KeyUnfit),
        ({"slug": "done"}, KeyUnfit),
        ({"slug": ""}, KeyUnfit),
        ({"slug": "Reading-Room"}, KeyUnfit),
        ({"slug": "reading room"}, KeyUnfit),
        ({"slug": "reading-"}, KeyUnfit),
        ({"slug": "阅览室"}, KeyUnfit),
        ({"slug": "a" * 61}, KeyUnfit),
        ({"kind": "procedure"}, ProcedureNotFounded),
        ({"kind": "reward"}, ProcedureNotFounded),
        ({"sensitive": True, "level": "village"}, SensitiveOutsideTheCounty),
        ({"slug": "pregnancy-check"}, SubjectNeverRecorded),
    ],
)
def test_what_it_cannot_be(said, why):
    before = Promise.objects.count()
    with pytest.raises(why):
        found(**said)
    assert nothing_was_founded(before)


def test_no_case_tells_of_what_is_never_recorded_and_a_referral_may():
    told = content(title=Text3("孕前检查", "孕前檢查", "Checks before pregnancy"))
    before = Promise.objects.count()
    with pytest.raises(SubjectNeverRecorded):
        found(content=told)
    assert nothing_was_founded(before)
    shown = {"name": {}, "place": {}, "telephone": "100 0000 0000"}
    assert found(content=told | {"provider": shown}, kind="referral").promise.kind == "referral"


def test_the_same_form_twice_founds_once():
    key = uuid4()
    made = found(key=key)
    with pytest.raises(AlreadyReceived) as again:
        found(key=key)
    assert again.value.row == str(made.pk)
    assert Promise.objects.filter(key="reading-room").count() == 1


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(alphabet="ab-9Z é/.\n", max_size=64))
def test_whatever_is_typed_stands_in_an_address_or_is_refused(slug):
    fits = bool(SLUG.fullmatch(slug)) and len(slug) <= catalogue.LONGEST_KEY
    try:
        catalogue._may_stand(slug, "service", "county", sensitive=False)
    except KeyUnfit:
        assert not fits
    else:
        assert fits
