"""Whoever owns the database moves rows about: nobody's name or words open in another's case, and it is said why."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection

from chengnuo.cases.models import Case, Chapter
from chengnuo.cases.operations import handle
from chengnuo.foundation.actor import system
from chengnuo.foundation.seals import SealBroken, seal
from chengnuo.people.models import Contact
from chengnuo.promises.models import Duty, Escalation
from chengnuo.promises.operations import escalation
from tests.factories import cases, county
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
NOW = county.MONDAY
ME, OTHER = "王桂兰", "阿依古丽"


@pytest.fixture
def mine():
    return cases.ask(name=ME)


@pytest.fixture
def other():
    return cases.ask(name=OTHER)


def name_of(case: Case) -> str:
    found = Case.objects.select_related("contact").get(pk=case.pk)
    return found.contact.name.reveal(by=system(), reason="test", of=found.pk)


def swap(one: Case, two: Case) -> None:
    """What no page does: two cases exchange whom they point at."""
    spare = Contact(owner=uuid4(), name="", phone="")
    spare.save(force_insert=True)
    for case, contact in ((one, spare.pk), (two, one.contact_id), (one, two.contact_id)):
        Case.objects.filter(pk=case.pk).update(contact=contact)


def column(table: str, name: str, row: object, box: object = None) -> bytes:
    """The sealed bytes of one column; written first, if any are given."""
    key = row.hex if connection.vendor == "sqlite" else row
    with connection.cursor() as cursor:
        if box is not None:
            cursor.execute(f"UPDATE {table} SET {name} = %s WHERE id = %s", [box, key])
        cursor.execute(f"SELECT {name} FROM {table} WHERE id = %s", [key])
        return bytes(cursor.fetchone()[0])


def test_a_name_opens_in_its_own_case(mine, other):
    assert (name_of(mine), name_of(other)) == (ME, OTHER)


def test_a_case_that_is_pointed_at_another_s_contact_shows_nobody(mine, other):
    swap(mine, other)
    for case in (mine, other):
        with pytest.raises(SealBroken):
            name_of(case)


def test_nor_when_the_contact_is_told_that_it_belongs_there(mine, other):
    swap(mine, other)
    Contact.objects.filter(pk=other.contact_id).update(owner=mine.pk)
    with pytest.raises(SealBroken):
        name_of(mine)


def test_nor_when_the_bytes_are_copied(mine, other):
    column("people_contact", "name", mine.contact_id, column("people_contact", "name", other.contact_id))
    with pytest.raises(SealBroken):
        name_of(mine)


def test_nor_what_was_sealed_without_an_owner_as_it_used_to_be(mine):
    old = seal(OTHER, label="people.contact.name", row=str(mine.contact_id))
    column("people_contact", "name", mine.contact_id, old)
    with pytest.raises(SealBroken):
        name_of(mine)


def test_a_chapter_of_another_s_story_is_not_read_in_this_one(mine, other):
    cases.finish(other, at=NOW)
    Chapter.objects.filter(case=other, move="finish").update(case=mine)
    for chapter in Chapter.objects.filter(case=mine, move="finish"):
        for case in (mine, other):
            with pytest.raises(SealBroken):
                chapter.words.reveal(by=system(), reason="test", of=case.pk)


def test_the_reader_is_told_in_words(mine, other, monday):
    swap(mine, other)
    page = cases.at_desk(cases.DESK).get("case", mine.pk)
    assert page.status_code == 500
    said = page.content.decode()
    assert "This entry was changed from outside the system and cannot be opened." in said
    assert OTHER not in said


# what offices wrote


def test_the_list_and_every_word_about_a_duty_lie_sealed(mine):
    cases.ask_once(mine, at=NOW, missing=["离婚证复印件"])
    cases.supply(mine, at=NOW)
    late = cases.duty_of(mine).broken_at
    escalation.escalate_due(at=late)
    asked = Duty.objects.get(parent=cases.duty_of(mine), holder__key=cases.HEAD)
    head = county.officer(cases.HEAD, at=late)
    escalation.answer(duty=asked.pk, words="已上门说明", by=head, at=late, key=uuid4())
    above = county.officer(cases.TOWNSHIP_HEAD, at=late)
    escalation.discharge(duty=cases.duty_of(mine).pk, reason="本人住院", by=above, at=late, key=uuid4())
    told = {
        "cases.case.missing": (cases.again(mine).missing, "离婚证复印件"),
        "promises.escalation.answer": (Escalation.objects.exclude(answered_at=None).get().answer, "已上门说明"),
        "promises.duty.discharge_reason": (cases.duty_of(mine).discharge_reason, "本人住院"),
    }
    for box, words in told.values():
        assert str(box) == "••••"
        assert box.reveal(by=system(), reason="test") == words
    story = " ".join(cases.told(mine))
    assert all(words in story for _box, words in told.values())
    for table, name in (("cases_case", "missing"), ("promises_escalation", "answer"), ("cases_chapter", "facts")):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {name} FROM {table}")
            assert not any(words in str(row) for row in cursor.fetchall() for _box, words in told.values())


def test_a_refusal_tells_its_reasons_and_its_law_in_one_sealed_chapter(mine):
    cases.does(handle.refuse, mine, cases.DESK, at=NOW, reasons="户口不在本村。", law="户口登记条例 第六条")
    (chapter,) = Chapter.objects.filter(case=mine, move="refuse")
    assert chapter.facts == {}
    assert cases.told(mine)[-1].endswith("户口不在本村。\n户口登记条例 第六条")


def test_the_family_reads_the_list_in_its_own_words(monday):
    family = Browser()
    case = Case.objects.get(pk=family.ask())
    cases.ask_once(case, at=NOW, missing=["身份证", "照片 两张"])
    family.open(f"/request/{case.pk}/")
    assert "照片 两张" in family.text
