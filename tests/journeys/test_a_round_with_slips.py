"""A village officer prints the slips of the day, cuts them, and hands them out: each says that there is something new, and no more."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from chengnuo.cases.models import Case
from chengnuo.foundation.receipts import receipt_code
from chengnuo.people.models import Office
from chengnuo.web.words import in_fours
from tests.factories import cases, county
from tests.factories.desk import said
from tests.factories.family import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
MONDAY, DAY = county.MONDAY, timedelta(days=1)
SLIP = re.compile(r'<article class="slip">.*?</article>', re.DOTALL)


def slips(post=cases.DESK, **query):
    return SLIP.findall(cases.at_desk(post).get("slips", **query).content.decode())


def page(post=cases.DESK, **query):
    return said(cases.at_desk(post).get("slips", **query))


def numbers(post=cases.DESK, **query):
    return {case.number for case in Case.objects.all() for slip in slips(post, **query) if case.number in slip}


def in_english(case):
    case.contact.language = "en"
    case.contact.save(update_fields=["language"])
    return case


def test_the_inbox_leads_to_the_slips_of_what_was_done_today():
    done, _asked_only = (cases.ask(at=MONDAY - 4 * DAY) for _ in range(2))
    cases.finish(done, at=MONDAY)
    assert "/desk/inbox/slips/" in cases.at_desk(cases.DESK).get("inbox").content.decode()
    assert numbers() == {done.number}
    assert "1 slip, in the order of the villages" in page()


def test_a_slip_names_nobody_no_service_no_office_that_works_on_it_and_no_code():
    case = in_english(cases.ask("dibao", at=MONDAY - 4 * DAY))
    assert case.holder.key != cases.DESK
    cases.finish(case, at=MONDAY, post=case.holder.key)
    (slip,) = slips(case.holder.key)
    assert f"Your request {case.number}" in slip
    assert "Since March 2, 2026 there is something new." in slip
    code = receipt_code(case.pk)
    named = [
        text.in_language(language) for text in (case.office.name, case.promise.title) for language in ("zh-hans", "en")
    ]
    for private in ("欧阳桂兰", "居住证明", code, in_fours(code), *named):
        assert private not in slip
    near = Office.objects.get(key=county.VILLAGE)
    assert near.name.in_language("en").replace("'", "&#x27;") in slip
    assert near.telephone in slip


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        (["ask_once"], "An answer from you is waited for"),
        (["pause"], "The time limit stands still at the moment"),
        (["finish"], "Please say by"),
        (["ask_once", "supply"], "The office owes it to you by"),
    ],
)
def test_it_says_by_when_or_for_whom_it_waits(steps, says):
    case = in_english(cases.ask(at=MONDAY))
    for step in steps:
        getattr(cases, step)(case, at=MONDAY)
    (slip,) = slips()
    assert says in slip


def test_what_the_family_did_itself_is_no_news():
    case = cases.ask(at=MONDAY)
    cases.withdraw(case, at=MONDAY)
    assert slips() == []
    assert "No slip for this day" in page()


@pytest.mark.parametrize(
    ("language", "says"), [("zh-hans", "您的申请"), ("zh-hant", "您的申請"), ("en", "Your request")]
)
def test_each_is_in_the_language_of_its_family_and_says_so(language, says):
    case = cases.ask(at=MONDAY)
    case.contact.language = language
    case.contact.save(update_fields=["language"])
    cases.finish(case, at=MONDAY)
    (slip,) = slips()
    assert f'lang="{language}"' in slip
    assert says in slip


def test_only_what_is_in_the_officers_own_hands():
    cases.finish(cases.ask(at=MONDAY), at=MONDAY)
    for other in (cases.HEAD, cases.TOWNSHIP_DESK, f"{cases.ELSEWHERE}.desk"):
        assert slips(other) == [], other


def test_no_slip_of_a_complaint_nor_of_what_is_guarded():
    """It passes through the hands of a village officer, who may be the one complained about, and who learns nothing of the other."""
    complaint = cases.complaint(at=MONDAY - DAY, name="王桂兰")
    guarded = cases.ask("special-assistance", at=MONDAY - DAY)
    for case in (complaint, guarded):
        post = case.holder.key
        cases.finish(case, at=MONDAY, post=post)
        assert slips(post) == [], post


def test_another_day_of_the_last_month_may_be_chosen_and_nothing_beyond_it():
    cases.finish(cases.ask(at=MONDAY - 10 * DAY), at=MONDAY - 3 * DAY)
    assert slips() == []
    friday = str((MONDAY - 3 * DAY).date())
    assert len(slips(day=friday)) == 1
    assert f"?day={(MONDAY - 4 * DAY).date()}" in cases.at_desk(cases.DESK).get("slips", day=friday).content.decode()
    assert page(day="2999-01-01") == page(day="yesterday") == page()
    assert str((MONDAY - 31 * DAY).date()) in cases.at_desk(cases.DESK).get("slips", day="0001-01-01").content.decode()


def test_a_family_that_wishes_for_no_paper_says_so_when_it_asks_and_changes_its_mind():
    family = Browser()
    case = Case.objects.get(pk=family.ask(contact={"phone": "", "consents": [], "paper": "none"}))
    cases.finish(case, at=MONDAY)
    assert slips() == []
    other = Case.objects.get(pk=family.ask())
    family.open(f"/request/{other.pk}/")
    assert "None: that was wished for." not in family.text
    cases.ask_once(other, at=MONDAY)
    assert numbers() == {other.number}
    village = str(other.contact.village_id)
    for paper in ("none", "yes"):
        family.open(f"/request/{other.pk}/correct/")
        family.send(f"/request/{other.pk}/correct/", name="王桂兰", phone="", consents=[], village=village, paper=paper)
        assert ("None: that was wished for." in said(cases.at_desk(cases.DESK).get("case", other.pk))) == (
            paper == "none"
        )
        assert numbers() == (set() if paper == "none" else {other.number})
        family.open(f"/request/{other.pk}/correct/")
        assert re.search(rf"<input[^>]*value=\"{paper}\"[^>]* checked", family.page)


def test_a_complaint_is_asked_about_no_paper():
    begun = cases.complained(name="王桂兰")
    family = Browser()
    family.open("/follow/")
    family.send("/follow/", code=begun.code)
    family.open(f"/request/{begun.case.pk}/correct/")
    assert 'name="phone"' in family.page
    assert 'name="paper"' not in family.page


def test_a_day_of_many_slips_is_printed_whole():
    """Sixteen sheets of four: whoever was done last is handed a slip like the first."""
    done = {cases.finish(cases.ask(at=MONDAY), at=MONDAY).number for _case in range(61)}
    printed = slips()
    assert len(printed) == 61
    assert all(sum(number in slip for slip in printed) == 1 for number in done)
    assert "61 slips, in the order of the villages" in page()
