"""One programme's card: sum, years, what ends or changes it, what is missing, and the reasons with their texts."""

import pytest

from chengnuo.core.rules import Outcome
from chengnuo.policies.explaining import explained
from chengnuo.policies.outlook import Outlook
from chengnuo.web.entitlements.answers import Answers
from chengnuo.web.entitlements.asking import Asking
from chengnuo.web.entitlements.cards import Card, card_of, key_of
from chengnuo.web.entitlements.claiming import claims_for
from chengnuo.web.entitlements.results import counting
from tests.unit.web.entitlements.asked import HERE, TODAY, all_asked, answers
from tests.unit.web.entitlements.test_asking import BABY, OLD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
SECOND = BABY | {
    "child.1.which_child": "2",
    "child.1.mother_here": "yes",
    "child.1.first_here": "yes",
    "child.1.once_received": "no",
}


def cards(known: dict[str, str], who: str, **begun: str) -> dict[str, Card]:
    now = all_asked(known, who=who, children=begun.pop("children", "1"), **begun)[1]
    claims = claims_for(now.answers)
    return {key_of(each): card_of(each, now, claims) for each in counting(now)}


def test_an_entitlement_tells_sum_years_end_payer_and_provider():
    card = cards(BABY, "child")["childcare-subsidy.1"]
    assert (card.word.text, card.word.tone) == ("entitled", "good")
    assert card.sum == "3,600 yuan a year"
    assert card.years == (("2026 to 2028, each year", "3,600 yuan"),)
    assert card.then == "It ends with 2028."
    assert card.closes == "Dec. 31, 2026"
    assert card.payer == "the public budget"
    assert "township" in card.provider
    assert (card.needs, card.fails, card.alone) == ((), "", False)


def test_a_sum_that_is_due_once_is_not_told_twice():
    card = cards(SECOND | {"child.1.born": "2026-06-01"}, "child")["yichang-birth-grant.1"]
    assert card.sum == "5,000 yuan once"
    assert card.years == ()
    assert "received" not in card.then, "that it is paid once, the sum has said"


def test_days_of_leave_are_days():
    assert cards(BABY, "child")["parental-leave.1"].sum == "10 days a year"


def test_what_has_no_amount_tells_how_long_it_lasts():
    card = cards({"more": "none"}, "me")["free-basic-services.1"]
    assert card.sum
    assert card.years == ()


def test_what_fails_alone_is_named_and_when_it_will_not_fail_any_more():
    card = cards(OLD | {"person.1.born": "1970-03-02", "more": "none"}, "me")["rural-incentive.1"]
    assert card.fails == "reaches 60 by 31 December"
    assert not card.alone, "what was not asked may fail too"
    assert card.then == "From 2030 on this may be due; more answers count then."
    assert [each.mark for each in card.reasons] == ["✗"]


@pytest.mark.parametrize(("guardian", "alone"), [("yes", True), ("?", False)])
def test_only_this_fails_is_said_where_all_else_holds(guardian, alone):
    known = BABY | {"child.1.chinese": "no", "child.1.guardian_claims": guardian}
    now = Asking(Answers(TODAY, {"place": HERE, "who": "child", "children": "1"} | known))
    (found,) = [each for each in now.found if each.programme.words.key == "childcare-subsidy"]
    assert card_of(found, now, {}).alone is alone
    assert ("Only this does not hold" in " ".join(explained(found, Outlook(), "en"))) is alone


def test_who_will_be_entitled_reads_how_much_and_from_when():
    known = OLD | {"person.1.born": "1960-03-02", "more": "none"}
    now = all_asked(known, who="me")[1]
    sooner = answers(today=now.answers.today.replace(year=2019), who="me")
    for name, text in now.answers.said.items():
        sooner = sooner.put(name, text)
    found = [each for each in type(now)(sooner).found if each.programme.words.key == "rural-incentive"]
    card = card_of(found[0], type(now)(sooner), {})
    assert card.then == "If nothing else changes, from 2020: entitled, 960 yuan a year."


def test_a_missing_answer_leads_to_its_question():
    card = cards(BABY | {"child.1.chinese": "?"}, "child")["childcare-subsidy.1"]
    assert card.word.tone == "warn"
    assert [(each.label, each.value) for each in card.needs] == [("the child is a Chinese national", "child.1.chinese")]
    assert card.sum == ""


def test_what_somebody_would_rather_not_say_is_not_spelt_out():
    card = cards(OLD | {"more": "?"}, "me")["rural-incentive.1"]
    told = {each.value: each.label for each in card.needs}
    assert told["more"] == "what you would rather not say"
    assert not [label for label in told.values() if "disab" in label or "died" in label]


def test_a_missing_answer_of_the_second_child_leads_to_the_second_child():
    known = BABY | {"child.2.born": "2025-05-01"}
    found = cards(known, "child", children="2")
    assert "child.2.chinese" in {each.value for each in found["childcare-subsidy.2"].needs}
    assert (found["childcare-subsidy.1"].about, found["childcare-subsidy.2"].about) == ("Child 1", "Child 2")


def test_the_certainty_is_that_of_the_least_sure_number_and_in_words():
    assert cards(BABY, "child")["childcare-subsidy.1"].sure == "read in the text itself"


def test_reasons_tell_the_answers_they_rest_on_and_nothing_that_nobody_was_asked():
    card = cards(BABY, "child")["childcare-subsidy.1"]
    (born,) = [each for each in card.reasons if each.name.startswith("the child was born on or after")]
    assert born.facts == "the child's date of birth: 2025-03-02"
    assert born.source == "育儿补贴制度实施方案 (2025-07-28)"
    assert not [each for each in card.reasons if "die" in each.name or "die" in each.facts]


def test_the_numbers_of_law_stand_with_day_and_text():
    card = cards(BABY, "child")["childcare-subsidy.1"]
    (rate,) = [each for each in card.numbers if each.value == "3,600 yuan"]
    assert (rate.begins, rate.sure) == ("Jan. 1, 2025", "read in the text itself")
    assert "2025-07-28" in rate.source


def test_an_open_reading_tells_which_was_taken_and_what_another_would_give():
    (reading,) = cards(BABY, "child")["childcare-subsidy.1"].readings
    assert reading.taken
    assert reading.others == (("the birth year is made up at once", "entitled, 7,200 yuan a year"),)


def test_what_an_open_reading_may_come_to_stands_beside_the_sum():
    card = cards(OLD | {"more": "none"}, "me")["rural-incentive.1"]
    assert (card.sum, card.otherwise) == ("960 yuan a year", "1,440 yuan or 2,400 yuan")
    assert card.sums == (96000, 144000, 240000)
    assert cards(BABY, "child")["parental-leave.1"].sums == (), "days are no money"


def test_what_does_not_apply_is_told_as_it_was_answered():
    card = cards(OLD | {"person.1.spouse_rural": "none", "more": "none"}, "me")["rural-incentive.1"]
    assert any("I have no husband or wife" in each.facts for each in card.reasons)


def test_a_condition_that_is_not_tested_is_told_only_to_who_is_entitled():
    assert cards(BABY, "child")["childcare-subsidy.1"].untested
    assert not cards(BABY | {"child.1.born": "2010-01-01"}, "child")["childcare-subsidy.1"].untested


def test_who_has_no_employer_reads_that_the_other_parent_asks_for_themselves():
    card = cards(BABY | {"child.1.born": "2026-03-02", "child.1.parent_employed": "no"}, "child")["nursing-leave.1"]
    assert "that parent asks for themselves" in card.fails


def test_the_day_to_claim_and_the_office_stand_also_where_the_rule_has_none():
    assert any("15 January" in note for note in cards(OLD | {"more": "none"}, "me")["rural-incentive.1"].notes)
    claim = cards(SECOND | {"child.1.born": "2026-06-01"}, "child")["yichang-birth-grant.1"].claim
    assert claim.href == "/services/health-subsidy-enquiry/"


def test_money_comes_first_and_the_most_of_it():
    now = all_asked(SECOND, who="child", children="1")[1]
    found = [each for each in counting(now) if each.outcome is Outcome.ENTITLED]
    assert [each.programme.words.key for each in found] == [
        "yichang-childcare-grant",
        "childcare-subsidy",
        "parental-leave",
    ]


def test_what_is_not_in_force_here_is_left_out():
    assert not [key for key in cards(SECOND, "child") if key.startswith(("tianmen", "jianli", "entrance"))]


def test_a_sum_that_is_not_known_here_is_asked_at_the_office_and_nothing_more_of_the_family():
    """In the demo county the kindergarten grant stands, and its sum was not found."""
    known = SECOND | {"child.1.born": "2022-10-01"}
    asked, _ = all_asked(known, who="child", children="1")
    card = cards(known, "child")["yichang-kindergarten-grant.1"]
    assert (card.word.text, card.then) == ("not yet decided", "The sum is not known here: ask the office.")
    assert "child.1.semesters" not in asked
    assert "child.1.semesters" in {press.value for press in card.needs}
    assert "household.1.figure" not in {press.value for press in card.needs}
