"""The inbox, the list on paper and the table: the most urgent first, each only what the gate lets through, no name in a table."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from chengnuo.cases import queries
from chengnuo.cases.operations.baton import take_over
from chengnuo.promises.models import Release
from chengnuo.promises.operations import escalation
from tests.factories import cases, county, desk, owed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def numbers(response, of):
    """The cases in the order in which the page shows them."""
    text = response.content.decode()
    shown = [case.number for case in of if case.number in text]
    return sorted(shown, key=text.index)


@pytest.fixture
def three():
    """Broken, late and on time."""
    return [cases.ask(at=county.MONDAY - days * DAY, name="欧阳桂兰") for days in (40, 4, 0)]


def test_the_most_urgent_first_and_late_alone(client, monday, three):
    here = desk.at(client, cases.DESK)
    assert numbers(here.get("inbox"), three) == [case.number for case in three]
    assert numbers(here.get("inbox", show="late"), three) == [case.number for case in three[:2]]


def test_what_is_in_other_hands_stands_under_all(client, monday, three):
    here = desk.at(client, f"{county.VILLAGE}.head")
    assert numbers(here.get("inbox"), three) == []
    assert len(numbers(here.get("inbox", show="all"), three)) == 3


def test_a_township_sees_below_and_not_beside(client, monday, three):
    assert len(numbers(desk.at(client, cases.TOWNSHIP_DESK).get("inbox", show="all"), three)) == 3
    beside = desk.at(client, f"{cases.TOWNSHIP_ELSEWHERE}.desk")
    assert numbers(beside.get("inbox", show="all"), three) == []


@pytest.mark.parametrize("show", ["", "nonsense", "mine' or 1=1", "late\x00"])
def test_what_no_view_is_called_is_mine(client, monday, three, show):
    assert len(numbers(desk.at(client, cases.DESK).get("inbox", show=show), three)) == 3


def test_pages_follow_one_another_with_the_view_kept(client, monday):
    made = [cases.ask(at=county.MONDAY - 30 * DAY) for _ in range(23)]
    here = desk.at(client, cases.DESK)
    first = here.get("inbox", show="late")
    assert len(numbers(first, made)) == 20
    following = next(part.split('"')[0] for part in first.content.decode().split('rel="next" href="')[1:]).replace(
        "&amp;", "&"
    )
    query = {key: values[0] for key, values in parse_qs(urlsplit(following).query).items()}
    assert query["show"] == "late"
    second = here.get("inbox", **query)
    assert len(numbers(second, made)) == 3
    assert not set(numbers(first, made)) & set(numbers(second, made))


def test_what_went_up_leads_to_its_answer(client, monday):
    case = cases.ask(at=county.MONDAY - 4 * DAY)
    escalation.escalate_due(at=county.MONDAY)
    shown = desk.at(client, f"{county.VILLAGE}.head").get("inbox").content.decode()
    asked = cases.duty_of(case).escalations.get()
    assert f"/desk/duties/{asked.pk}/answer/" in shown


def test_a_line_says_for_whom_to_answer_and_which_village_it_is_about(client, monday, three):
    while escalation.escalate_due(at=county.MONDAY):
        pass
    said = desk.said(desk.at(client, cases.TOWNSHIP_HEAD).get("inbox"))
    broken = three[0]
    assert (
        f"{broken.promise.title.en} {broken.contact.village.name.en} Answer for: The service, {broken.office.name.en}"
        in said
    )
    found = desk.said(desk.at(client, cases.TOWNSHIP_HEAD).get("cases", q="欧阳"))
    assert found.count(f"{broken.promise.title.en} {broken.contact.village.name.en}") == len(three)


def test_what_is_done_again_keeps_the_name_of_its_service(client, monday):
    case = cases.say_not(cases.finish(cases.ask(), at=county.MONDAY), at=county.MONDAY)
    said = desk.said(desk.at(client, cases.DESK).get("inbox"))
    assert f"{case.promise.title.en} {case.contact.village.name.en} The family says: not resolved" in said
    assert "You said" not in said


def test_a_complaint_says_about_whom(client, monday):
    case = cases.complaint()
    assert f"Complaint about {case.about_office.name.en}" in desk.said(
        desk.at(client, cases.TOWNSHIP_DESK).get("inbox")
    )


def test_figures_are_named_and_nobody_is_asked_to_publish_them(client, monday):
    release = Release.objects.create(
        place=cases.office(county.TOWNSHIP).place,
        period="2026-02",
        begins="2026-02-01",
        ends="2026-03-01",
        status="owed",
    )
    owed.duty(county.TOWNSHIP, kind="release", subject_kind="release", subject_id=release.pk).save()
    said = desk.said(desk.at(client, cases.TOWNSHIP_HEAD).get("inbox"))
    assert f"Figures of {release.place.name.en}, February 2026" in said
    assert "The system publishes them by itself." in said


def test_an_offer_stands_above_everything(client, monday, three):
    cases.offer(three[2], f"{county.VILLAGE}.head", at=county.MONDAY)
    said = desk.said(desk.at(client, f"{county.VILLAGE}.head").get("inbox"))
    assert said.index("You have been asked to take these") < said.index(three[2].number)


def test_the_paper_has_what_is_owed_by_tonight(client, monday):
    due_today = cases.ask(
        at=county.MONDAY - 4 * DAY + timedelta(hours=9)
    )  # after hours on Thursday: counts from Friday
    tomorrow = cases.ask(at=county.MONDAY)
    late = cases.ask(at=county.MONDAY - 20 * DAY)
    shown = desk.at(client, cases.DESK).get("print")
    assert numbers(shown, [due_today, tomorrow, late]) == [late.number] + (
        [due_today.number] if cases.duty_of(due_today).due_at <= county.MONDAY + timedelta(hours=14) else []
    )
    assert "欧阳桂兰" not in shown.content.decode()


def test_what_ends_at_midnight_is_owed_today(client, monday):
    """A deadline ends with its day: the instant is the midnight that follows, and the day is today."""
    case = cases.ask(at=county.MONDAY)
    monday.move(2 * DAY)
    desk_at = county.sign_in(client, cases.DESK, at=county.MONDAY + 2 * DAY)
    assert desk_at.account
    assert case.number in client.get("/desk/inbox/paper/").content.decode()
    monday.move(-DAY)
    assert case.number not in client.get("/desk/inbox/paper/").content.decode()


def test_the_table_has_the_same_rows_and_no_name(client, monday, three):
    response = desk.at(client, cases.DESK).get("export", show="all")
    assert response.headers["Content-Type"].startswith("text/csv")
    text = response.content.decode("utf-8")
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert head == ["Number", "Service", "Part", "How it stands", "Due", "Office"]
    assert [row[0] for row in rows] == [case.number for case in three]
    assert [row[3] for row in rows] == ["broken", "late", "on time"]
    for secret in ("欧阳桂兰", "10012345678", "需要一份居住证明"):
        assert secret not in text


def test_the_table_of_a_stranger_is_empty(client, monday, three):
    response = desk.at(client, f"{cases.ELSEWHERE}.desk").get("export", show="all")
    assert len(response.content.decode().splitlines()) == 1


def test_a_complaint_is_not_in_the_lists_of_the_office_complained_about(client, monday):
    complaint = cases.complaint(at=county.MONDAY)
    about = desk.at(client, f"{county.VILLAGE}.head")
    for page in ("inbox", "print", "export"):
        assert complaint.number not in about.get(page, show="all").content.decode()
    assert complaint.number in desk.at(client, cases.TOWNSHIP_DESK).get("inbox").content.decode()


WITHOUT = "Open without a deadline"


def test_a_case_without_a_deadline_is_still_there_to_be_finished(client, monday, three):
    here = desk.at(client, cases.DESK)
    assert WITHOUT not in desk.said(here.get("inbox"))
    cases.discharge(three[1], at=county.MONDAY)
    for show in ("mine", "all", "late"):
        page = here.get("inbox", show=show)
        assert WITHOUT in desk.said(page)
        assert three[1].number in desk.said(page)
    cases.finish(three[1], at=county.MONDAY)
    assert WITHOUT not in desk.said(here.get("inbox"))


def test_it_is_withdrawn_or_refused_like_any_other(client, monday, three):
    here = desk.at(client, cases.DESK)
    for case in three:
        cases.discharge(case, at=county.MONDAY)
    cases.withdraw(three[0], at=county.MONDAY)
    cases.refuse(three[1], at=county.MONDAY)
    shown = desk.said(here.get("inbox"))
    assert [case.number in shown for case in three] == [False, False, True]


def test_only_whoever_holds_it_has_it_there(client, monday, three):
    cases.discharge(three[2], at=county.MONDAY)
    for other in (
        f"{county.VILLAGE}.head",
        cases.TOWNSHIP_DESK,
        f"{cases.ELSEWHERE}.desk",
        cases.BUREAU_DESK,
    ):
        page = desk.at(client, other).get("inbox", show="all")
        assert WITHOUT not in desk.said(page), other
    cases.does(take_over, three[2], f"{county.VILLAGE}.head", at=county.MONDAY)
    assert WITHOUT in desk.said(desk.at(client, f"{county.VILLAGE}.head").get("inbox"))
    assert WITHOUT not in desk.said(desk.at(client, cases.DESK).get("inbox"))


def test_a_paused_or_waiting_case_has_its_deadline_and_is_not_there(client, monday, three):
    cases.ask_once(three[2], at=county.MONDAY)
    cases.pause(three[1], at=county.MONDAY)
    here = desk.at(client, cases.DESK)
    assert WITHOUT not in desk.said(here.get("inbox"))
    cases.discharge(three[2], at=county.MONDAY)
    assert [line.pk for line in queries.without_deadline(here.actor)] == [three[2].pk]


def test_filters_narrow_the_inbox_and_stay_in_every_address(client, monday, three):
    other = cases.ask("help-with-forms", at=county.MONDAY)
    here = desk.at(client, cases.DESK)
    page = here.get("inbox", show="all", service="help-with-forms")
    assert numbers(page, [*three, other]) == [other.number]
    text = page.content.decode().replace("&amp;", "&")
    for address in ("/desk/inbox/?show=late&", "/desk/inbox/paper/?show=all&", "/desk/inbox/duties.csv?show=all&"):
        assert f"{address}service=help-with-forms" in text
    for view in ("print", "export"):
        answer = here.get(view, show="all", service="help-with-forms")
        assert not numbers(answer, three)


@pytest.mark.parametrize(
    ("query", "found"),
    [({"status": "waiting"}, 1), ({"sort": "complaint"}, 0), ({"sort": "request"}, 3), ({"status": "nonsense"}, 3)],
)
def test_the_inbox_is_narrowed_by_status_and_kind(client, monday, three, query, found):
    cases.ask_once(three[2], at=county.MONDAY)
    page = desk.at(client, cases.DESK).get("inbox", **query)
    assert len(numbers(page, three)) == found


def test_a_township_narrows_by_village(client, monday, three):
    here = desk.at(client, cases.TOWNSHIP_DESK)
    village, other = county.village().pk, county.village("420526101202").pk
    assert len(numbers(here.get("inbox", show="all", place=str(village)), three)) == 3
    empty = here.get("inbox", show="all", place=str(other))
    assert numbers(empty, three) == []
    assert "Nothing fits what you chose" in desk.said(empty)
    assert "Show all in this list" in desk.said(empty)
    assert 'name="place"' not in desk.at(client, cases.DESK).get("inbox").content.decode(), "a village has none below"


def test_the_filters_are_kept_from_page_to_page(client, monday):
    made = [cases.ask(at=county.MONDAY) for _ in range(22)]
    here = desk.at(client, cases.DESK)
    page = here.get("inbox", service="village-proof").content.decode().replace("&amp;", "&")
    address = page.split('rel="next" href="')[1].split('"')[0]
    query = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
    assert query["service"] == "village-proof"
    assert len(numbers(here.get("inbox", **query), made)) == 2
