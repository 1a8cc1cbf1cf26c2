"""Who sees which case: each role against a village, its township, elsewhere, the county, and complaints; and what lists do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.cases import queries
from chengnuo.cases.models import Case
from chengnuo.cases.queries import Wanted
from chengnuo.foundation.actor import resident, system, visitor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.receipts import receipt_code
from chengnuo.foundation.refused import NotHere
from chengnuo.promises import queries as promises
from chengnuo.promises.models import Duty
from tests.factories import cases, county
from tests.factories.cases import DAY

pytestmark = pytest.mark.django_db
NOW = county.MONDAY + DAY

# one case of each sort, by a letter
CASES = {
    "v": cases.ask,  # the village's own
    "t": lambda: cases.ask("old-age-allowance"),  # its township's
    "e": lambda: cases.ask(village="420526102201"),  # a village of another township
    "b": lambda: cases.ask("health-subsidy-enquiry"),  # the bureau's
    "o": lambda: cases.ask("student-aid"),  # another bureau's
    "c": lambda: cases.ask("student-aid", by=county.officer(cases.DESK)),  # the same, received at the village's counter
    "V": lambda: cases.complaint(county.VILLAGE),  # held by the township
    "T": lambda: cases.complaint(county.TOWNSHIP),  # held by the bureau
    "B": lambda: cases.complaint("health-bureau"),  # held by the outside body
}
# role, post: what its list shows
LISTS = {
    "village officer": (cases.DESK, "vc"),
    "village head": (cases.HEAD, "v"),
    "village officer elsewhere": (f"{cases.ELSEWHERE}.desk", "e"),
    "township officer": (cases.TOWNSHIP_DESK, "vtV"),
    "township head": (cases.TOWNSHIP_HEAD, "vtV"),
    "township head elsewhere": (f"{cases.TOWNSHIP_ELSEWHERE}.head", "e"),
    "county officer": (cases.BUREAU_DESK, "vtebVT"),
    "county approver": (cases.BUREAU_HEAD, "vtebVT"),
    "another bureau": ("education-bureau.desk", "oc"),
    "a third bureau": ("civil-affairs.head", ""),
    "the outside body": (cases.CITY_HEAD, "B"),
    "supervisor": (f"{county.VILLAGE}.supervisor", ""),
    "auditor": ("health-bureau.auditor", ""),
    "administrator of accounts": ("health-bureau.account-admin", ""),
}


@pytest.fixture
def made():
    return {letter: make() for letter, make in CASES.items()}


def letters(made, found):
    ids = {case.pk: letter for letter, case in made.items()}
    return "".join(sorted((ids[pk] for pk in found), key=list(CASES).index))


def listed(viewer, **wanted):
    return queries.listed(viewer, Wanted(**wanted), cursor="", now=NOW).rows


def opened(viewer, made):
    """Those that the viewer can open one by one."""
    found = []
    for case in made.values():
        try:
            found.append(queries.seen(viewer, case.pk).pk)
        except NotHere:
            continue
    return letters(made, found)


@pytest.mark.parametrize("role", LISTS)
def test_a_post_lists_and_opens_what_is_its_own_or_below_it(made, role):
    post, expected = LISTS[role]
    viewer = county.officer(post)
    assert letters(made, [case.pk for case in listed(viewer)]) == expected
    # an offer can be read before it is answered
    assert opened(viewer, made) == expected


@pytest.mark.parametrize("viewer", [visitor(), system()])
def test_visitors_and_the_system_see_none(made, viewer):
    assert listed(viewer) == []
    assert opened(viewer, made) == ""


@pytest.mark.parametrize("letter", CASES)
def test_a_receipt_opens_its_own_case_and_lists_none(made, letter):
    family = resident(made[letter].pk)
    assert opened(family, made) == letter
    assert listed(family) == []


def test_whoever_was_asked_to_take_a_case_reads_it_before_answering():
    case = cases.ask("student-aid", by=county.officer(cases.DESK))
    asked = county.officer("education-bureau.desk")
    assert [each.pk for each in queries.offered(asked)] == [case.pk]
    assert queries.offered(county.officer(cases.DESK)) == []
    cases.does(cases.baton.accept, case, asked, at=NOW)
    assert queries.offered(asked) == []
    # from here it is the bureau's alone
    with pytest.raises(NotHere):
        queries.seen(county.officer(cases.DESK), case.pk)


@pytest.mark.parametrize("post", [cases.DESK, cases.HEAD, f"{county.VILLAGE}.supervisor"])
def test_a_second_post_does_not_open_a_complaint_about_the_first_one_s_office(made, post):
    both = replace(county.officer(post), hats=(*county.officer(post).hats, *county.officer(cases.TOWNSHIP_DESK).hats))
    seen = letters(made, [case.pk for case in listed(both)])
    assert "V" not in seen
    assert set("vt") <= set(seen)
    with pytest.raises(NotHere):
        queries.seen(both, made["V"].pk)


@pytest.mark.parametrize(
    ("letter", "office", "above"),
    [
        ("V", county.VILLAGE, cases.TOWNSHIP_DESK),
        ("T", county.TOWNSHIP, cases.BUREAU_DESK),
        ("B", "health-bureau", cases.CITY_HEAD),
    ],
)
def test_the_duties_of_a_complaint_are_hidden_like_the_complaint(made, letter, office, above):
    complaint = made[letter]
    owed = {duty.subject_id for duty in Duty.objects.filter(gate.scope(county.officer(above), "duty.list"))}
    assert complaint.pk in owed
    for post in ("desk", "head", "supervisor", "auditor"):
        key = f"{office}.{post}"
        if not cases.office(office).posts.filter(key=key).exists():
            continue
        for action in ("duty.list", "duty.hold", "duty.supervise", "duty.answer", "duty.discharge"):
            scope = gate.scope(county.officer(key), action)
            assert not Duty.objects.filter(scope, subject_id=complaint.pk).exists(), (key, action)


def test_what_was_received_for_another_office_is_on_the_receiver_s_desk_until_it_is_accepted():
    desk = county.officer(cases.DESK)
    case = cases.ask("student-aid", by=desk)

    def mine():
        found = promises.owed(desk, action="duty.list", mine=True, late=False, cursor="", now=NOW)
        return [duty.subject_id for duty in found.rows]

    assert mine() == [case.pk]
    cases.does(cases.baton.accept, case, "education-bureau.desk", at=NOW)
    assert mine() == []


# receipts


def test_a_code_opens_its_case_and_a_wrong_one_costs_the_same(django_assert_num_queries):
    case = cases.ask()
    for code, found in ((receipt_code(case.pk), case.pk), ("0" * 16, None), (case.number, None), ("", None)):
        with django_assert_num_queries(1):
            assert queries.by_receipt(code) == found


def test_the_code_of_a_complaint_opens_nothing_for_the_office_complained_about(django_assert_num_queries):
    case = cases.complaint(name="王桂兰")
    code, about = receipt_code(case.pk), cases.office(county.VILLAGE).pk
    for offices, found in (
        ((), case.pk),
        ((about,), None),
        ((case.office_id,), case.pk),
        ((about, case.office_id), None),
    ):
        with django_assert_num_queries(1):
            assert queries.by_receipt(code, hidden_from=offices) == found


# lists


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("欧阳", ["欧阳桂兰"]),
        ("桂兰", ["欧阳桂兰", "王桂兰"]),
        ("王桂兰", ["王桂兰"]),
        (" 桂 兰 ", ["欧阳桂兰", "王桂兰"]),
        ("阿依古丽", ["阿依古丽·买买提"]),
        ("古丽买买", ["阿依古丽·买买提"]),
        ("桂花", []),
        ("兰桂", []),
        ("%", []),
        ("' OR 1=1 --", []),
        ("\x00", []),
        ("9999999999", []),
    ],
)
def test_a_name_is_found_by_two_characters(words, found):
    for name in ("欧阳桂兰", "王桂兰", "阿依古丽·买买提"):
        cases.ask(name=name)
    officer = county.officer(cases.DESK)
    asked = [queries.seen(officer, line.pk) for line in listed(officer, words=words)]
    assert sorted(case.contact.name.reveal(by=officer, reason="test", of=case.pk) for case in asked) == sorted(found)


def test_a_number_finds_its_case_and_no_other():
    case, _other = cases.ask(), cases.ask()
    assert [each.pk for each in listed(county.officer(cases.DESK), words=case.number)] == [case.pk]
    assert listed(county.officer(f"{cases.ELSEWHERE}.desk"), words=case.number) == []


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"status": "received"}, "vtebVT"),
        ({"status": "done"}, ""),
        ({"sort": "complaint"}, "VT"),
        ({"sort": "request"}, "vteb"),
        ({"service": "village-proof"}, "ve"),
        ({"service": "village-proof", "sort": "complaint"}, ""),
        ({"service": "no-such-service"}, ""),
        # what an address may say is anything at all
        ({"status": "\x00"}, "vtebVT"),
        ({"status": "finished"}, "vtebVT"),
        ({"sort": "'; drop table"}, "vtebVT"),
    ],
)
def test_filters_narrow_and_nonsense_filters_nothing(made, wanted, expected):
    viewer = county.officer(cases.BUREAU_HEAD)
    assert letters(made, [case.pk for case in listed(viewer, **wanted)]) == expected


def test_a_list_pages_through_every_case_once_the_newest_first(django_assert_num_queries):
    viewer = county.officer(cases.TOWNSHIP_DESK)
    made = [cases.ask(at=county.MONDAY + timedelta(minutes=n)).pk for n in range(45)]
    seen, cursor = [], ""
    for size in (20, 20, 5):
        with django_assert_num_queries(1):
            found = queries.listed(viewer, Wanted(), cursor=cursor, now=NOW)
        assert len(found.rows) == size
        seen += [case.pk for case in found.rows]
        cursor = found.older
    assert seen == made[::-1]
    assert cursor == ""


def test_a_cursor_of_somebody_else_s_list_shows_nothing_that_is_not_one_s_own():
    for n in range(25):
        cases.ask(at=county.MONDAY + timedelta(minutes=n))
        cases.ask(at=county.MONDAY + timedelta(minutes=n), village="420526102201")
    cursor = queries.listed(county.officer(cases.DESK), Wanted(), cursor="", now=NOW).older
    elsewhere = county.officer(f"{cases.ELSEWHERE}.desk")
    found = queries.listed(elsewhere, Wanted(), cursor=cursor, now=NOW)
    assert {str(case.office__name) for case in found.rows} <= {str(cases.office(cases.ELSEWHERE))}
    # under other words a cursor is none at all
    again = queries.listed(elsewhere, Wanted(status="received"), cursor=cursor, now=NOW)
    assert again.rows == queries.listed(elsewhere, Wanted(status="received"), cursor="", now=NOW).rows


def test_a_missing_case_and_somebody_else_s_give_one_answer_at_one_cost(made, django_assert_num_queries):
    viewer = county.officer(cases.DESK)
    said = set()
    for pk in (made["e"].pk, made["V"].pk, uuid4()):
        with django_assert_num_queries(1), pytest.raises(NotHere) as refused:
            queries.seen(viewer, pk)
        said.add((refused.value.said, refused.value.http))
    assert len(said) == 1


def test_a_page_of_a_case_takes_its_steps_along(made, django_assert_num_queries):
    viewer = county.officer(cases.DESK)
    with django_assert_num_queries(1):
        case = queries.seen(viewer, made["v"].pk)
        assert (case.office.above.key, case.promise.promise.key) == (county.TOWNSHIP, "village-proof")
        assert (case.holder.key, case.contact.village.level) == (cases.DESK, "village")


# the story


def test_a_story_is_told_in_order_and_signed(django_assert_num_queries):
    case = cases.ask()
    cases.ask_once(case, at=NOW)
    cases.supply(case, at=NOW)
    cases.finish(case, at=NOW)
    cases.say_not(case, at=NOW)
    with django_assert_num_queries(1):
        told = [(chapter.move, chapter.post.key if chapter.post else "") for chapter in queries.story(case)]
    assert told == [
        ("receive", ""),
        ("ask_once", cases.DESK),
        ("supply", ""),
        ("finish", cases.DESK),
        ("say_not", ""),
    ]


def test_numbers_and_services_are_asked_for_once_for_many(made, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.named(case.pk for case in made.values())
    assert {(pk, row.number, row.promise__title) for pk, row in found.items()} == {
        (case.pk, case.number, case.promise.title) for case in made.values()
    }


def test_briefly_asks_once_for_many(made, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.briefly(case.pk for case in made.values())
        assert {case.promise.title.en for case in found.values()}
    assert set(found) == {case.pk for case in made.values()}


@pytest.mark.parametrize(("days", "found"), [(20, 0), (60, 1)])
def test_those_that_wait_for_a_word_are_found_when_the_time_is_over(days, found):
    case = cases.finish(cases.ask(), at=NOW)
    cases.ask()
    answered = cases.finish(cases.ask(), at=NOW)
    cases.say_resolved(answered, at=NOW)
    assert case.answer_by > NOW + 15 * DAY
    assert queries.waiting_for_a_word(NOW + days * DAY) == [case.pk] * found


def test_no_case_can_stand_in_two_lists_of_its_level(made):
    """The columns by which levels list are the office's own seat, whoever received the case."""
    for case in Case.objects.select_related("office"):
        assert (case.township_id is None) == (case.office.level in ("county", "city"))
        assert (case.village_id is None) == (case.office.level != "village")
