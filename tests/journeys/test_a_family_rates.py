"""A family rates the work when its request has ended: nobody can find out which family it was, whatever they read."""

from __future__ import annotations

import json
import re
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from chengnuo.cases.models import Case, Pressed, Rating, RatingGiven
from chengnuo.cases.operations import ratings
from chengnuo.foundation.actor import resident
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, NotHere
from chengnuo.promises.models import Duty
from tests.factories import cases, county
from tests.factories.cases import BUREAU_HEAD, DAY, DESK, HEAD, HOUR, TOWNSHIP_DESK, TOWNSHIP_HEAD
from tests.factories.desk import said
from tests.factories.family import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY


def ended(**said):
    case = cases.ask(**said)
    return cases.say_resolved(cases.finish(case, at=NOW + HOUR), at=NOW + 2 * HOUR)


def rate(case, stars=5, *, pressed=False, key=None, at=NOW + DAY):
    by = resident(case.pk)
    ratings.rate(case=case.pk, stars=stars, pressed=pressed, by=by, at=at, key=key or uuid4())


def page(post):
    return said(cases.at_desk(post).get("ratings"))


def told():
    return {row.stars: row.told for row in Rating.objects.all() if row.told}


def test_a_family_rates_once_on_its_own_telephone():
    phone = Browser()
    case = Case.objects.get(pk=phone.ask())
    address = f"/request/{case.pk}/rate/"
    phone.open(f"/request/{case.pk}/")
    assert "Rate how it was done" not in phone.text
    cases.say_resolved(cases.finish(case, at=NOW), at=NOW)
    phone.open(f"/request/{case.pk}/")
    assert "Rate how it was done" in phone.text
    phone.open(address)
    assert "I was pressed for this" in phone.text
    assert re.findall(r"<button[^>]*>([^<]*rating)</button>", phone.page) == ["Send the rating"]
    phone.send(address, stars="4")
    assert "nobody can find out that it was yours" in phone.text
    assert "Rate how it was done" in phone.text, "whoever finds the code does not learn that the family has rated"
    phone.open(address)
    phone.send(address, stars="1")
    assert "nobody can find out that it was yours" in phone.text
    assert (Rating.objects.get(stars=4).waiting, Rating.objects.get(stars=1).waiting) == (1, 0)


def test_the_office_hears_of_five_at_once():
    for stars in (5, 5, 1, 3):
        rate(ended(), stars)
    assert told() == {}
    assert "No ratings yet" in page(DESK)
    rate(ended(), 2)
    assert told() == {5: 2, 1: 1, 3: 1, 2: 1}
    assert "1 1 1 0 2" in page(DESK)
    rate(ended(), 4)
    assert told() == {5: 2, 1: 1, 3: 1, 2: 1}, "the sixth waits for four more"
    assert str(cases.office(county.VILLAGE)) in page(BUREAU_HEAD)
    # another office reads its own ratings alone
    assert "No ratings yet" in page(TOWNSHIP_DESK)
    assert "No ratings yet" in page(f"{cases.ELSEWHERE}.desk")


def test_what_is_left_of_a_year_goes_to_the_county_alone(monday):
    rate(ended(), 2)
    assert "No ratings yet" in page(BUREAU_HEAD)
    monday.move((date(2027, 1, 4) - NOW.date()).days * DAY)
    assert "2026 0 1 0 0 0" in page(BUREAU_HEAD)
    assert "No ratings yet" in page(DESK)


def tables():
    """Every row of every table, as whoever took the database away reads it."""
    with connection.cursor() as cursor:
        found = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {name}")
            found[name] = {json.dumps([_read(value) for value in row]) for row in cursor.fetchall()}
        return found


def _read(value):
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def test_no_table_tells_who_rated_or_when():
    """Somebody reads every row of every table before and after: nothing leads from a rating to its case."""
    first, second = ended(), ended(name="黄小明")
    before = tables()
    rate(second, 1)
    new = {name: rows - before[name] for name, rows in tables().items() if rows != before[name]}
    assert set(new) == {"cases_rating", "cases_ratinggiven", "foundation_actkey"}
    text = " ".join(row for rows in new.values() for row in rows)
    for case in (first, second):
        assert not [known for known in (str(case.pk), case.pk.hex, case.number) if known in text]
    moment = NOW + DAY
    assert not [said for said in (moment.strftime("%H:%M:"), f"{moment.hour:02}:00:00") if said in text]
    # tallies have no order: all five are there whatever was chosen, under random ids
    assert {row.pk.version for row in Rating.objects.all()} == {4}
    assert Rating.objects.count() == 5


def test_refusing_leaves_no_record():
    phone = Browser()
    case = Case.objects.get(pk=phone.ask())
    cases.say_resolved(cases.finish(case, at=NOW), at=NOW)
    phone.open(f"/request/{case.pk}/rate/")
    assert not RatingGiven.objects.exists()
    assert not Rating.objects.exists()


def test_pressure_goes_to_the_county_and_never_to_the_office():
    rate(ended(), 5, pressed=True)
    rate(ended(), 5, pressed=True)
    found = Pressed.objects.get()
    assert (found.count, found.about_office.key, found.holder.key) == (2, county.VILLAGE, BUREAU_HEAD)
    duty = Duty.objects.get(subject_id=found.pk)
    assert (duty.office.key, duty.hidden_from.key, duty.is_guarded) == ("health-bureau", county.VILLAGE, True)
    assert {entry.group for entry in LogEntry.objects.filter(schema="pressed.note/1")} == {"anonymous"}
    for post in (DESK, HEAD, TOWNSHIP_DESK, TOWNSHIP_HEAD):
        assert "pressed" not in page(post)
    shown = page(BUREAU_HEAD)
    assert "Where families say that they were pressed" in shown
    assert "1–4" in shown
    assert "Looking into pressure on families" in said(cases.at_desk(BUREAU_HEAD).get("inbox"))
    words = "已要求该村停止上门催要好评"
    assert cases.at_desk(BUREAU_HEAD).send("pressed", found.pk, words=words).status_code == 302
    duty.refresh_from_db()
    assert duty.outcome == "kept"
    assert cases.opened(Pressed.objects.get().found) == words
    assert cases.at_desk(BUREAU_HEAD).get("pressed", found.pk).status_code == 404
    assert words in page(BUREAU_HEAD)
    # the next word of it is looked into anew
    rate(ended(), 5, pressed=True)
    assert Pressed.objects.filter(status="noted").get().count == 1


def test_pressure_by_a_county_office_is_looked_into_above_it():
    case = cases.ask("disability-certificate")
    cases.say_resolved(cases.finish(case, at=NOW, post="disabled-federation.desk"), at=NOW)
    rate(case, 5, pressed=True)
    assert Pressed.objects.get().holder.key == cases.CITY_HEAD


def test_no_office_looks_into_itself():
    rate(ended(), 5, pressed=True)
    pk = Pressed.objects.get().pk
    for post in (HEAD, TOWNSHIP_HEAD, "civil-affairs.head", "health-bureau.desk"):
        assert cases.at_desk(post).get("pressed", pk).status_code in (403, 404)


def test_words_of_the_finding_are_looked_through():
    rate(ended(), 5, pressed=True)
    said = {"pressed": Pressed.objects.get().pk, "by": county.officer(BUREAU_HEAD), "at": NOW}
    with pytest.raises(ratings.NothingFound):
        ratings.look_into(words=" ", key=uuid4(), **said)
    with pytest.raises(NotForTheRecord):
        ratings.look_into(words="有人怀孕", key=uuid4(), **said)


def test_a_refusal_may_be_rated_and_nothing_before_it():
    case = cases.ask()
    with pytest.raises(MoveRefused):
        rate(case)
    rate(cases.refuse(case, at=NOW))
    assert RatingGiven.objects.count() == 1


def test_what_was_asked_and_withdrawn_counts_nothing():
    with pytest.raises(MoveRefused):
        rate(cases.withdraw(cases.ask(), at=NOW))
    assert not Rating.objects.exists()


def test_only_with_the_receipt_and_never_at_the_office_s_own_counter():
    case = ended()
    with pytest.raises(NotHere):
        ratings.rate(case=case.pk, stars=5, pressed=False, by=resident(uuid4()), at=NOW + DAY, key=uuid4())
    with pytest.raises(ratings.NotAStar):
        rate(case, 6)


def test_the_same_form_twice_counts_once():
    case, key = ended(), uuid4()
    rate(case, key=key)
    with pytest.raises(AlreadyReceived):
        rate(case, key=key)
    assert Rating.objects.get(stars=5).waiting == 1


def test_when_a_case_is_erased_nothing_says_any_more_that_it_was_rated():
    case = ended()
    rate(case)
    assert RatingGiven.objects.exists()
    ratings.forget([case.pk])
    assert not RatingGiven.objects.exists()
    assert Rating.objects.get(stars=5).waiting == 1


def test_the_page_is_in_the_frame_of_officers(client):
    county.sign_in(client, DESK)
    assert reverse("desk:ratings") in client.get(reverse("desk:inbox")).content.decode()
