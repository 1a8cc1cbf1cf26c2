"""How a case begins: who holds it, under which promise, and what is refused before anything is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from chengnuo.cases.models import Case, Chapter
from chengnuo.cases.operations import baton
from chengnuo.cases.operations.receive import (
    AboutOwnOffice,
    NobodyAbove,
    NotAService,
    NotInTheCounty,
    complain,
    receive,
)
from chengnuo.core.deadlines.clock import last_day
from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import Actor, Hat, resident, visitor
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.foundation.receipts import index_of, receipt_code
from chengnuo.foundation.refused import AlreadyReceived, KeyUsedOtherwise, NotAllowed
from chengnuo.people.models import Contact, Office, Place
from chengnuo.people.operations.contacts import Person
from chengnuo.promises.models import Duty, PromiseVersion
from chengnuo.promises.operations import catalogue
from tests.factories import cases, county
from tests.factories.cases import DAY

pytestmark = pytest.mark.django_db
NOW = county.MONDAY + DAY

# service: (where it is received, who holds it by web, who at the village's counter, who is asked to take it from there)
BEGINNINGS = {
    "village-proof": ("village", cases.DESK, cases.DESK, None),
    "old-age-allowance": ("township", cases.TOWNSHIP_DESK, cases.DESK, cases.TOWNSHIP_DESK),
    "health-subsidy-enquiry": ("county", cases.BUREAU_DESK, cases.DESK, cases.BUREAU_DESK),
    "student-aid": ("county", "education-bureau.desk", cases.DESK, "education-bureau.desk"),
}


@pytest.mark.parametrize("service", BEGINNINGS)
def test_by_web_the_reception_of_the_responsible_office_holds_it(service):
    level, holder, _counter, _asked = BEGINNINGS[service]
    case = cases.ask(service)
    assert (case.status, case.channel, case.helper_id, case.offered_to_id) == ("received", "web", None, None)
    assert (case.holder.key, case.office.level, case.sort) == (holder, level, "request")
    assert case.contact.village == county.village()


@pytest.mark.parametrize("service", BEGINNINGS)
def test_at_a_counter_the_officer_who_was_asked_holds_it_until_another_accepts(service):
    _level, _holder, counter, asked = BEGINNINGS[service]
    case = cases.ask(service, by=county.officer(cases.DESK))
    assert (case.channel, case.helper.key, case.holder.key) == ("counter", counter, counter)
    assert (case.offered_to.key if case.offered_to else None) == asked
    duty = cases.duty_of(case)
    assert (duty.holder_id, duty.office_id) == (case.holder_id, case.office_id)


@pytest.mark.parametrize(
    "post", [f"{county.VILLAGE}.supervisor", "health-bureau.auditor", "health-bureau.account-admin"]
)
def test_somebody_whose_post_handles_no_case_asks_like_anyone_else(post):
    """They would hold it and could do nothing with it."""
    officer = county.officer(post)
    asking = replace(officer, hats=(*officer.hats, Hat("visitor")))
    case = cases.ask(by=asking)
    assert (case.channel, case.helper_id, case.holder.key) == ("web", None, cases.DESK)


def test_somebody_with_two_posts_receives_at_a_reception():
    officer = county.officer(cases.HEAD)
    both = replace(officer, hats=(*officer.hats, *county.officer(cases.TOWNSHIP_DESK).hats))
    assert cases.ask(by=both).helper.key == cases.TOWNSHIP_DESK


def test_who_has_neither_a_post_nor_the_public_s_hat_receives_nothing():
    with pytest.raises(NotAllowed):
        cases.ask(by=Actor(name="", hats=(), account=9))
    assert not Case.objects.exists()


# the seat: by which columns each level lists


@pytest.mark.parametrize(
    ("service", "village", "township", "bureau"),
    [
        ("village-proof", "420526101201", "420526101000", "health-bureau"),
        ("old-age-allowance", None, "420526101000", "health-bureau"),
        ("health-subsidy-enquiry", None, None, "health-bureau"),
        ("student-aid", None, None, "education-bureau"),
    ],
)
def test_a_case_and_its_duty_stand_where_the_responsible_office_sits(service, village, township, bureau):
    case = cases.ask(service, by=county.officer(cases.DESK))
    for row in (case, cases.duty_of(case)):
        assert row.village_id == (county.village(village).pk if village else None)
        assert row.township_id == (Place.objects.get(codes__code=township).pk if township else None)
        assert row.bureau_id == cases.office(bureau).pk


# what is kept, and how


def test_a_request_leaves_its_receipt_its_clock_its_story_and_its_entry():
    begun = cases.begin()
    case = Case.objects.get()
    assert begun.code == receipt_code(case.pk)
    assert bytes(case.receipt_index) == index_of(begun.code)
    assert cases.duty_of(case).promise == case.promise
    assert [chapter.move for chapter in Chapter.objects.filter(case=case)] == ["receive"]
    entry = LogEntry.objects.get(ref_kind="case", ref_id=str(case.pk))
    assert entry.schema == "case.receive/1"


def test_no_word_of_a_person_stands_in_clear():
    case = cases.ask(name="欧阳桂兰", details="独居，腿脚不便")
    officer = county.officer(cases.DESK)
    assert case.details.reveal(by=officer, reason="test") == "独居，腿脚不便"
    shown = f"{vars(Case.objects.get())}{vars(Contact.objects.get())}{LogEntry.objects.latest('pk').private}"
    for word in ("欧阳", "桂兰", "独居", "10012345678"):
        assert word not in shown


@pytest.mark.parametrize(
    ("service", "guarded"),
    [("village-proof", False), ("special-assistance", True), ("complications-support", True)],
)
def test_services_whose_mere_name_would_tell_something_leave_the_public_part_empty(service, guarded):
    case = cases.ask(service)
    assert (case.is_guarded, cases.duty_of(case).is_guarded) == (guarded, guarded)
    cases.finish(case, at=county.MONDAY, post=case.holder.key)
    entry = LogEntry.objects.get(ref_kind="case", ref_id=str(case.pk), schema="case.finish/1")
    assert (entry.public == {}) == guarded


@pytest.mark.parametrize(
    ("received", "complete_by"),
    [
        ("2026-03-02T02:00", "2026-03-09"),  # Monday: five workdays on
        ("2026-03-06T02:00", "2026-03-13"),  # Friday
        ("2026-02-13T02:00", "2026-02-27"),  # the Spring Festival stands between, with make-up workdays
    ],
)
def test_the_one_list_must_be_sent_within_five_working_days(received, complete_by):
    at = county.MONDAY.fromisoformat(f"{received}+00:00")
    assert last_day(cases.ask(at=at).complete_by).isoformat() == complete_by


# what is refused


@pytest.mark.parametrize("service", ["free-supplies", "birth-registration", "reproductive-health-advice"])
def test_what_is_told_at_a_door_opens_no_case(service):
    with pytest.raises(NotAService):
        cases.ask(service)
    assert not Case.objects.exists()
    assert not Contact.objects.exists()


@pytest.mark.parametrize("key", ["missing-list", "reply-to-complaint"])
def test_a_procedure_is_not_asked_for(key):
    with pytest.raises(NotAService):
        cases.ask(key)


def test_an_unknown_promise_is_not_asked_for():
    with pytest.raises(NotAService):
        receive(**said(promise=uuid4()))


@pytest.mark.parametrize("service", BEGINNINGS)
@pytest.mark.parametrize("where", ["nowhere", "a township", "the county"])
def test_only_a_village_of_the_county_is_a_village(service, where):
    places = {
        "nowhere": uuid4(),
        "a township": Place.objects.get(codes__code="420526101000").pk,
        "the county": Place.objects.get(level="county").pk,
    }
    with pytest.raises(NotInTheCounty):
        receive(**said(promise=county.service(service), village=places[where]))
    assert not Case.objects.exists()
    assert not Contact.objects.exists()


def test_a_closed_office_receives_nothing():
    Office.objects.filter(key=county.VILLAGE).update(closed_on=date(2026, 1, 1))
    with pytest.raises(NotInTheCounty):
        cases.ask()


def said(**changes):
    return {
        "promise": changes.get("promise") or county.service("village-proof"),
        "village": county.village().pk,
        "person": county.person(),
        "details": "证明",
        "by": visitor(),
        "at": county.MONDAY,
        "key": uuid4(),
    } | changes


# the version of the promise


def successor(begins: date) -> PromiseVersion:
    """The next version of the village's proof, with ten days instead of two, published by the head of the bureau."""
    old = PromiseVersion.objects.get(pk=county.service("village-proof"))
    fields = [
        field.attname
        for field in PromiseVersion._meta.concrete_fields
        if field.attname
        not in {
            "id",
            "status",
            "version",
            "promise_id",
            "checked_by",
            "published_at",
            "author",
            "changed_by",
            "ends",
        }
    ]
    content = {name: getattr(old, name) for name in fields} | {
        "begins": begins,
        "deadline": "working_days(10)",
    }
    writer = county.officer(cases.BUREAU_DESK)
    head = county.officer(cases.BUREAU_HEAD)
    new = catalogue.draft(promise=old.promise, content=content, by=writer, at=county.MONDAY, key=uuid4())
    catalogue.check(version=new.pk, by=head, at=county.MONDAY, key=uuid4())
    return catalogue.publish(version=new.pk, by=head, at=county.MONDAY, key=uuid4())


def test_a_version_that_does_not_stand_yet_cannot_be_asked_for():
    old, new = county.service("village-proof"), successor(local_date(county.MONDAY + 7 * DAY))
    with pytest.raises(NotAService):
        receive(**said(promise=new.pk))
    assert receive(**said(promise=old)).case.promise_id == old


def test_a_version_that_was_replaced_cannot_be_asked_for_any_more():
    """Somebody may have had the form open over night: they are told, and not held to what no longer stands."""
    old, new = county.service("village-proof"), successor(local_date(county.MONDAY + 7 * DAY))
    later = county.MONDAY + 7 * DAY
    with pytest.raises(NotAService):
        receive(**said(promise=old, at=later))
    assert receive(**said(promise=new.pk, at=later)).case.promise_id == new.pk


def test_a_case_keeps_the_version_it_began_under():
    case = cases.ask()
    due = cases.duty_of(case).due_at
    successor(local_date(county.MONDAY + 7 * DAY))
    case = Case.objects.get(pk=case.pk)
    assert case.promise.deadline == "working_days(2)"
    assert cases.duty_of(case).due_at == due


def test_what_was_ended_is_asked_for_no_more():
    version = county.service("village-proof")
    PromiseVersion.objects.filter(pk=version).update(ends=local_date(county.MONDAY))
    with pytest.raises(NotAService):
        receive(**said(promise=version))


# a form sent twice


def test_a_form_sent_twice_is_one_case():
    again = said()
    begun = receive(**again)
    with pytest.raises(AlreadyReceived) as refused:
        receive(**again)
    assert (refused.value.kind, refused.value.row) == ("case", str(begun.case.pk))
    assert (Case.objects.count(), Contact.objects.count(), Duty.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"details": "别的事"},
        {"person": Person(name="王五")},
        {"person": Person(name="欧阳桂兰", phone="10012345678", consents=("messages",))},
    ],
)
def test_the_same_form_with_other_words_is_told_so_and_the_first_stands(change):
    again = said()
    receive(**again)
    with pytest.raises(KeyUsedOtherwise):
        receive(**again | change)
    assert Contact.objects.count() == 1


# a complaint


@pytest.mark.parametrize(
    ("about", "holder"),
    [
        (county.VILLAGE, cases.TOWNSHIP_DESK),
        (county.TOWNSHIP, cases.BUREAU_DESK),
        ("health-bureau", cases.CITY_HEAD),
        ("education-bureau", cases.CITY_HEAD),
    ],
)
def test_a_complaint_is_held_by_the_office_above(about, holder):
    case = cases.complaint(about)
    assert (case.holder.key, case.about_office.key, case.sort) == (holder, about, "complaint")
    assert case.is_guarded
    duty = cases.duty_of(case)
    assert (duty.hidden_from_id, duty.holder_id, duty.is_guarded) == (
        case.about_office_id,
        case.holder_id,
        True,
    )
    assert LogEntry.objects.get(ref_kind="case", ref_id=str(case.pk)).public == {}


@pytest.mark.parametrize("about", ["city-supervision", None])
def test_where_nobody_is_above_people_are_told_where_to_turn(about):
    office = cases.office(about).pk if about else uuid4()
    with pytest.raises(NobodyAbove) as refused:
        complain(about=office, case=None, person=Person(name=""), details="", by=visitor(), at=NOW, key=uuid4())
    assert "12345" in refused.value.remedy
    assert not Case.objects.exists()


@pytest.mark.parametrize("own", [True, False])
def test_a_complaint_is_tied_to_a_case_only_by_whoever_holds_its_receipt(own):
    case = cases.ask()
    by = resident(case.pk) if own else resident(cases.ask().pk)
    about = {"about": cases.office(county.VILLAGE).pk, "case": case.pk, "person": county.person()}
    begun = complain(**about, details="没人", by=by, at=NOW, key=uuid4())
    assert (begun.case.about_case_id == case.pk) == own


def test_whoever_gives_no_name_cannot_be_found_by_the_name_in_another_case():
    case = cases.ask()
    about = {"about": cases.office(county.VILLAGE).pk, "case": case.pk, "person": Person(name="")}
    assert complain(**about, details="没人", by=resident(case.pk), at=NOW, key=uuid4()).case.about_case is None


def test_whoever_was_handed_the_case_does_not_judge_how_it_was_handled():
    case = cases.ask()
    cases.offer(case, cases.TOWNSHIP_DESK, at=NOW)
    cases.does(baton.accept, case, cases.TOWNSHIP_DESK, at=NOW)
    about = {"about": cases.office(county.VILLAGE).pk, "case": case.pk, "person": Person(name="")}
    complaint = complain(**about, details="没人", by=resident(case.pk), at=NOW, key=uuid4()).case
    assert complaint.office.key == "health-bureau"


@pytest.mark.parametrize("about", [county.VILLAGE, county.TOWNSHIP, "education-bureau"])
def test_a_complaint_names_a_case_only_of_the_office_it_is_about(about):
    case = cases.ask()
    by, named = resident(case.pk), county.person()
    begun = complain(**about_the_village(about=cases.office(about).pk, case=case.pk, by=by, person=named))
    assert begun.case.about_case_id == (case.pk if about == county.VILLAGE else None)


@pytest.mark.parametrize("post", [f"{cases.ELSEWHERE}.desk", cases.TOWNSHIP_DESK, cases.BUREAU_HEAD])
def test_a_complaint_at_a_counter_names_the_helper_and_is_held_above_all_the_same(post):
    helper = county.officer(post)
    case = complain(**about_the_village(by=helper)).case
    assert (case.channel, case.helper.key, case.holder.key) == ("counter", post, cases.TOWNSHIP_DESK)
    assert Chapter.objects.get(case=case).post.key == post


@pytest.mark.parametrize("post", [cases.DESK, cases.HEAD, f"{county.VILLAGE}.supervisor"])
def test_nobody_takes_in_a_complaint_about_their_own_office(post):
    officer = county.officer(post)
    elsewhere = county.officer(f"{cases.ELSEWHERE}.desk")
    for by in (officer, replace(elsewhere, hats=(*elsewhere.hats, *officer.hats))):
        with pytest.raises(AboutOwnOffice):
            complain(**about_the_village(by=replace(by, hats=(*by.hats, Hat("visitor")))))
    assert not Case.objects.exists()
    assert not Contact.objects.exists()


def test_an_officer_without_a_counter_complains_like_anyone_else():
    auditor = county.officer("health-bureau.auditor")
    case = complain(**about_the_village(by=replace(auditor, hats=(*auditor.hats, Hat("visitor"))))).case
    assert (case.channel, case.helper_id) == ("web", None)


def test_a_helper_writes_no_complaint_of_what_is_never_recorded():
    with pytest.raises(NotForTheRecord):
        complain(**about_the_village(by=county.officer(cases.TOWNSHIP_DESK), details="她怀孕了"))
    assert not Case.objects.exists()


def about_the_village(**changes):
    return {
        "about": cases.office(county.VILLAGE).pk,
        "case": None,
        "person": Person(name=""),
        "details": "没人",
        "at": NOW,
        "key": uuid4(),
    } | changes


def test_an_anonymous_complaint_holds_no_name_no_place_and_no_telephone():
    contact = cases.complaint().contact
    assert (bool(contact.name), bool(contact.phone), contact.village_id) == (False, False, None)


def test_numbers_are_random_and_open_nothing():
    numbers = [cases.ask(at=county.MONDAY + timedelta(minutes=n)).number for n in range(10)]
    assert numbers != sorted(numbers)
    assert not Case.objects.filter(receipt_index__in=[index_of(number) for number in numbers]).exists()


def test_ids_are_made_before_the_insert_and_tell_nobody_s_order_to_outsiders():
    begun = cases.begin()
    assert isinstance(begun.case.pk, UUID)
    assert begun.code not in str(begun.case.pk.int)
