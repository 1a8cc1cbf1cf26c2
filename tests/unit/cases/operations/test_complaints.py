"""Which office looks into a complaint about how a case was handled: one above every office that ever had it in its hands, and
none that takes part in it afterwards.
"""

from __future__ import annotations

import pytest

from chengnuo.cases.operations import baton, steps
from chengnuo.cases.operations.judging import StandsApart
from chengnuo.people.models import Post
from tests.factories import cases, county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY
BUREAU = "health-bureau"


def handed_to(office: str) -> cases.Case:
    """A village's case that lies in the hands of another office's reception."""
    case = cases.ask(at=NOW)
    desk = Post.objects.get(office__key=office, is_reception=True)
    cases.offer(case, desk.key, at=NOW)
    return cases.does(baton.accept, case, desk.key, at=NOW)


def test_having_passed_it_on_does_not_make_a_judge():
    case = handed_to(county.TOWNSHIP)
    cases.offer(case, cases.DESK, at=NOW, post=cases.TOWNSHIP_DESK)
    cases.does(baton.accept, case, cases.DESK, at=NOW)
    assert looks_into(case) == "county"


def test_a_counter_that_helped_did_not_have_it_in_hand():
    case = cases.ask(by=county.officer(cases.TOWNSHIP_DESK), at=NOW)
    cases.does(baton.accept, case, cases.DESK, at=NOW)
    assert looks_into(case) == "township"


def looks_into(case: cases.Case) -> str:
    return cases.complaint(case=case.pk).office.level


@pytest.mark.parametrize(("hands", "looks"), [(None, "township"), (county.TOWNSHIP, "county"), (BUREAU, "city")])
def test_whoever_had_the_case_does_not_judge_nor_does_anybody_below(hands, looks):
    assert looks_into(handed_to(hands) if hands else cases.ask(at=NOW)) == looks


def test_whoever_judges_a_case_does_not_take_it():
    case = cases.ask(at=NOW)
    cases.offer(case, cases.TOWNSHIP_HEAD, at=NOW)
    complaint = cases.complaint(case=case.pk, name="王桂兰")
    assert complaint.office.key == county.TOWNSHIP
    with pytest.raises(StandsApart):
        cases.does(baton.accept, case, cases.TOWNSHIP_HEAD, at=NOW)
    sent_back = cases.does(baton.decline, case, cases.TOWNSHIP_HEAD, at=NOW, words="请另请一处")
    assert (sent_back.holder.key, sent_back.offered_to_id) == (cases.DESK, None)


def test_the_office_complained_about_asks_as_ever_and_learns_of_no_complaint():
    case = cases.ask(at=NOW)
    cases.complaint(case=case.pk, name="王桂兰")
    cases.offer(case, cases.TOWNSHIP_DESK, at=NOW)
    step = cases.does(steps.ask_help, case, cases.DESK, at=NOW, words="请派人一起上门")
    assert step.office.key == county.TOWNSHIP


@pytest.mark.parametrize("how", ["answer", "cannot"])
def test_whoever_judges_a_case_does_no_step_in_it_and_sends_it_back(how):
    case = cases.ask(at=NOW)
    step = cases.does(steps.ask_help, case, cases.DESK, at=NOW, words="请派人一起上门")
    cases.complaint(case=case.pk, name="王桂兰")
    with pytest.raises(StandsApart) as refused:
        cases.end_step(step, how, cases.TOWNSHIP_DESK, at=NOW)
    assert "Send it back" in refused.value.remedy
    assert cases.end_step(step, "hand_back", cases.TOWNSHIP_DESK, at=NOW).status == "handed_back"
    assert cases.again(case).open_steps == 0


@pytest.mark.parametrize("end", ["withdrawn", "elsewhere", "about another"])
def test_what_is_judged_no_more_or_by_others_may_be_taken(end):
    case = cases.ask(at=NOW)
    about = cases.ask(at=NOW) if end == "about another" else case
    complaint = cases.complaint(case=about.pk, name="王桂兰")
    if end == "withdrawn":
        cases.withdraw(complaint, at=NOW)
    taker = cases.BUREAU_DESK if end == "elsewhere" else cases.TOWNSHIP_DESK
    cases.offer(case, taker, at=NOW)
    assert cases.does(baton.accept, case, taker, at=NOW).holder.key == taker


def test_a_complaint_that_lies_in_other_hands_binds_those_too():
    case = cases.ask(at=NOW)
    complaint = cases.complaint(case=case.pk, name="王桂兰")
    cases.offer(complaint, cases.BUREAU_DESK, at=NOW, post=cases.TOWNSHIP_DESK)
    cases.does(baton.accept, complaint, cases.BUREAU_DESK, at=NOW)
    for post in (cases.TOWNSHIP_DESK, cases.BUREAU_DESK):
        cases.offer(case, post, at=NOW)
        with pytest.raises(StandsApart):
            cases.does(baton.accept, case, post, at=NOW)
        cases.does(baton.decline, case, post, at=NOW, words="请另请一处")


def about_what_the_bureau_took() -> tuple[cases.Case, cases.Case]:
    """A case that a bureau has in its hands, and the complaint about it that a township got before."""
    case = cases.ask(at=NOW)
    complaint = cases.complaint(case=case.pk, name="王桂兰")
    cases.offer(case, cases.BUREAU_DESK, at=NOW)
    return cases.does(baton.accept, case, cases.BUREAU_DESK, at=NOW), complaint


def test_a_complaint_is_offered_to_nobody_who_had_the_case():
    _case, complaint = about_what_the_bureau_took()
    with pytest.raises(baton.NotToThem):
        cases.offer(complaint, cases.BUREAU_DESK, at=NOW, post=cases.TOWNSHIP_DESK)
    with pytest.raises(steps.NotThatOffice):
        cases.ask_step(complaint, BUREAU, at=NOW, post=cases.TOWNSHIP_DESK)
    with pytest.raises(steps.NobodyToHelp):
        cases.does(steps.ask_help, complaint, cases.TOWNSHIP_DESK, at=NOW, words="请核实")


def test_whoever_took_the_case_since_the_complaint_was_offered_does_not_take_that_too():
    case = cases.ask(at=NOW)
    complaint = cases.complaint(case=case.pk, name="王桂兰")
    cases.offer(complaint, cases.BUREAU_DESK, at=NOW, post=cases.TOWNSHIP_DESK)
    cases.offer(case, cases.BUREAU_DESK, at=NOW)
    cases.does(baton.accept, case, cases.BUREAU_DESK, at=NOW)
    with pytest.raises(StandsApart):
        cases.does(baton.accept, complaint, cases.BUREAU_DESK, at=NOW)


@pytest.mark.parametrize(
    ("how", "looks"), [("answer", "county"), ("cannot", "county"), ("hand_back", "township"), ("take_back", "township")]
)
def test_whoever_did_a_step_of_the_case_does_not_judge_it(how, looks):
    case = cases.ask(at=NOW)
    step = cases.does(steps.ask_help, case, cases.DESK, at=NOW, words="请派人一起上门")
    cases.end_step(step, how, cases.DESK if how == "take_back" else cases.TOWNSHIP_DESK, at=NOW)
    assert looks_into(case) == looks


def test_the_refusal_names_no_complaint():
    assert "complain" not in (StandsApart.sentence + StandsApart.remedy + StandsApart.code).lower()
