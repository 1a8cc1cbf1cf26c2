"""Whatever is typed into a form of the register: a clear sentence, all of it still there, escaped, and not one row written."""

from __future__ import annotations

from html import unescape

import pytest
from django.urls import reverse

from chengnuo.registers.models import Finding, Pair, Resident
from tests.factories import bad, county, desk, register_situations
from tests.factories.sheets import Sheet, officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
KEEPER, TOWNSHIP_DESK = "health-bureau.desk", f"{county.TOWNSHIP}.desk"
RIGHT = {
    "name": "欧阳桂兰",
    "born_year": "1956",
    "born_month": "3",
    "born_day": "1",
    "standing": "living",
    "since_year": "",
    "since_month": "",
    "since_day": "",
}


def sought() -> Sheet:
    register_situations.somebody()
    good = {"words": "桂兰", "why": "claim", "born_year": "", "born_month": "", "born_day": ""}
    return Sheet(officer(KEEPER), reverse("registers:home"), good, {"words": "own words", "why": "choice"}, act=False)


def put_right() -> Sheet:
    person = register_situations.somebody().pk
    kinds = {"name": "words", "born": "day", "standing": "choice"}
    return Sheet(officer(TOWNSHIP_DESK), reverse("registers:put_right", args=[person]), RIGHT, kinds)


def keep() -> Sheet:
    where = reverse("registers:finding_deed", args=[register_situations.finding().pk, "keep"])
    return Sheet(officer(TOWNSHIP_DESK), where, {"words": "户口簿上就是这天"}, {"words": "words"})


def join() -> Sheet:
    where = reverse("registers:pair_deed", args=[register_situations.pair().pk, "join"])
    return Sheet(officer(KEEPER), where, dict(register_situations.KEEPS), {"keeps": "choice"})


SHEETS = {"sought": sought, "put right": put_right, "keep": keep, "join": join}


def rows():
    """How many rows stand in every table that these forms may write, and how often those with a status were moved."""
    moved = [sum(model.objects.values_list("version", flat=True)) for model in (Finding, Pair)]
    return bad.rows(), Resident.objects.count(), *moved


def sent(sheet, **changes):
    return sheet.good | ({"stamp": sheet.stamp()} if sheet.act else {}) | changes


def boxes(sheet):
    return [name for name, kind in sheet.kinds.items() if kind in bad.TEXT]


@pytest.mark.parametrize("name", SHEETS)
def test_what_cannot_be_taken_is_said_and_stays_and_a_good_answer_is_taken(name):
    sheet = SHEETS[name]()
    good, before, found = sent(sheet), rows(), {}
    for field, kind in sheet.kinds.items():
        for label, value in bad.REFUSED[kind].items():
            typed = good | bad.spread(field, kind, value)
            with bad.undone():
                answer = sheet.post(typed)
                said = bad.mistakes(answer)
                kept = [typed[each] for each in boxes(sheet) if typed[each].strip(" \t\r\n")]
                fine = answer.status_code == 200 and said and all(bad.is_sentence(unescape(each)) for each in said)
                if not fine or rows() != before or not bad.shows(answer, kept):
                    found[field, label] = (answer.status_code, said)
    assert not found
    answer = sheet.post(good)
    assert answer.status_code == 302, desk.said(answer)[:1500]
    assert (rows() != before) is sheet.act


@pytest.mark.parametrize("name", ["sought", "put right", "keep"])
def test_odd_words_are_words_and_too_many_are_said(name):
    sheet = SHEETS[name]()
    good, found = sent(sheet), {}
    for label, value in bad.ODD.items():
        with bad.undone():
            answer = sheet.post(good | dict.fromkeys(boxes(sheet), value), follow=True)
            page = answer.content.decode()
            if answer.status_code != 200 or any(each in page for each in bad.RUN):
                found[label] = answer.status_code
    assert not found
    answer = sheet.post(good | dict.fromkeys(boxes(sheet), "长" * 5001))
    assert "it has 5001. Shorten it a little." in " ".join(bad.mistakes(answer))


def test_days_that_do_not_fit_are_refused_in_words_and_stay_typed():
    sheet = put_right()
    good, before = sent(sheet), rows()
    for changes in (
        {"standing": "died"},
        {"since_year": "2026", "since_month": "1", "since_day": "1"},
        {"standing": "died", "since_year": "1950", "since_month": "1", "since_day": "1"},
        {"standing": "moved", "since_year": "9999", "since_month": "12", "since_day": "31"},
    ):
        answer = sheet.post(good | changes)
        assert "The days do not fit" in desk.said(answer), changes
        assert bad.shows(answer, [value for value in changes.values() if value.isdecimal()])
    assert rows() == before


def test_fields_left_out_are_asked_for_and_a_form_without_its_stamp_does_nothing():
    for make in (put_right, keep, join):
        with bad.undone():
            sheet = make()
            before = rows()
            for typed in ({}, {"stamp": sheet.stamp()}, sheet.good):
                answer = sheet.post(typed)
                assert answer.status_code == 200
                assert bad.mistakes(answer)
            assert rows() == before


def test_an_entry_of_another_pair_cannot_be_chosen():
    sheet = join()
    other = register_situations.somebody()
    answer = sheet.post(sent(sheet, keeps=str(other.pk)))
    assert "Choose the entry with the right number." in desk.said(answer)
    assert Pair.objects.get().status == "open"
