"""A family claims on its telephone: from the calculator's result to the receipt, and nothing is kept on the way."""

from __future__ import annotations

import json

import pytest
from django.contrib.sessions.models import Session

from chengnuo.benefits.models import Claim
from chengnuo.cases.models import Case
from chengnuo.foundation.actor import resident
from tests.factories import bad, claims
from tests.factories.calculator import BABY, OLD, Calculator
from tests.factories.claiming import ADDRESS, BUTTON, Claimant
from tests.factories.hearing import listening

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
CHILD = claims.number(7, "20250302")
TELLING = (claims.number(), "欧阳桂兰", "1960-03-02", "person.1")


def stated(claim):
    return json.loads(claim.facts.reveal(by=resident(claim.case_id), reason="test", of=claim.case_id))


def test_a_result_is_claimed_without_another_question():
    phone = Claimant()
    phone.begin("rural-incentive.1", OLD)
    assert phone.at == "name"
    phone.says_who()
    assert "960 yuan" in phone.text
    case = phone.declares()
    assert len(phone.code.replace(" ", "")) == 16
    assert "What happens next Review in the village" in phone.text
    claim = Claim.objects.get(case=case)
    assert (claim.programme, claim.year, claim.stages[0]) == ("rural-incentive", 2026, "village_review")
    assert stated(claim)["person"][0]["children_living"] == 1


def test_for_the_second_child_its_own_answers_travel_and_are_the_first_ones_there():
    phone = Claimant()
    both = (
        BABY
        | {"children": "2"}
        | {f"child.2.{name[8:]}": text for name, text in BABY.items() if name[:8] == "child.1."}
    )
    phone.begin("childcare-subsidy.2", both | {"child.2.born": "2025-05-06"})
    phone.says_who(child=CHILD)
    claim = Claim.objects.get(case=phone.declares())
    assert [each["born"] for each in stated(claim)["child"]] == ["2025-05-06"]
    assert (claim.is_guarded, claim.stages) == (True, ["township_review", "county_decision"])
    assert "person" not in stated(claim)


def test_what_is_not_known_is_asked_once_more_before_anything_else_and_may_stay_so():
    phone = Claimant()
    phone.begin("rural-incentive.1", OLD | {"person.1.rural": "?"})
    assert phone.at == "person.1.rural"
    phone.answers({})
    assert phone.asked == ["person.1.rural"]
    phone.says_who()
    assert "You may claim all the same" in phone.text
    claim = Claim.objects.get(case=phone.declares())
    assert stated(claim)["person"][0]["rural"] is None


def test_what_the_rules_refuse_may_be_claimed_all_the_same():
    phone = Claimant()
    phone.begin("rural-incentive.1", OLD | {"person.1.born": "1980-01-01"})
    phone.says_who()
    assert "not entitled" in phone.text
    assert Case.objects.get(pk=phone.declares()).open_steps == 1


def at_the_check(**who):
    phone = Claimant()
    phone.begin("rural-incentive.1", OLD)
    phone.says_who(**who)
    return phone


def test_nothing_is_kept_before_it_is_sent():
    before, phone = bad.rows(), Claimant()
    with listening() as heard:
        phone.begin("rural-incentive.1", OLD | {"person.1.rural": "?"})
        phone.answers({"person.1.rural": "yes"})
        phone.says_who()
    assert bad.rows() == before
    assert Session.objects.count() == 0
    assert set(phone.client.cookies) <= {"csrftoken"}
    said = [line for line in heard if "SELECT" not in line]
    assert not [line for line in said for word in (*TELLING, "rural-incentive") if word in line]


def test_every_page_has_one_address_one_title_and_no_place_in_a_cache():
    phone, titles = Claimant(), set()
    phone.begin("rural-incentive.1", OLD | {"person.1.rural": "?"})
    for typed in ({"said": "yes"}, {"name": "欧阳桂兰", "number": claims.number()}):
        assert phone.last["Cache-Control"] == "no-store"
        assert (phone.last.request["PATH_INFO"], phone.last.request["QUERY_STRING"]) == (ADDRESS, "")
        assert "data-exit" in phone.page
        titles.add(phone.page.partition("<title>")[2].partition("</title>")[0])
        phone.send(**typed)
    assert titles == {"Claim · Chengnuo"}


def test_a_second_press_leads_to_the_same_receipt():
    phone = at_the_check()
    sent = dict(phone.hidden.lists()) | {"declared": "true"}
    case = phone.declares()
    phone.post(**sent)
    assert phone.case == case
    assert Claim.objects.count() == 1
    assert len(phone.code.replace(" ", "")) == 16
    stranger = Claimant()
    stranger.post(**sent)
    assert (stranger.case, stranger.code) == (case, "")


def test_other_words_under_the_same_stamp_are_not_sent_in_silence():
    phone = at_the_check()
    stamp = phone.hidden["stamp"]
    phone.declares()
    other = at_the_check(name={"name": "欧阳桂兰", "number": claims.number(2)})
    other.send(stamp=stamp, declared="true")
    assert other.at == "check"
    assert Claim.objects.count() == 1
    other.declares()
    assert Claim.objects.count() == 2


def test_nothing_is_sent_without_the_declaration():
    phone = at_the_check()
    phone.send()
    assert phone.at == "check"
    assert "Tick this if it is so" in phone.text
    assert not Claim.objects.exists()


def test_a_mistake_is_said_beside_what_was_typed():
    phone = Claimant()
    phone.begin("rural-incentive.1", OLD)
    wrong = claims.number()[:-1] + ("0" if claims.number()[-1] != "0" else "1")
    phone.send(name="欧阳桂兰", number=wrong)
    assert phone.at == "name"
    assert "This is no identity number" in phone.text
    assert f'value="{wrong}"' in phone.page
    phone.says_who()
    assert phone.at == "check"


def test_an_answer_is_changed_from_the_check_and_leads_back_there():
    phone = at_the_check()
    phone.send(to="person.1.rural")
    assert phone.at == "person.1.rural"
    phone.send(said="no")
    assert phone.at == "check"
    assert "not entitled" in phone.text
    phone.send(to="name")
    assert 'value="欧阳桂兰"' in phone.page
    phone.send(name="欧阳桂英", number=claims.number())
    assert "欧阳桂英" in phone.text


def test_back_leads_through_all_pages_to_the_first_question():
    phone, seen = at_the_check(), []
    while 'value="back"' in phone.page:
        phone.send(to="back")
        seen.append(phone.at)
    assert seen[:4] == ["contact", "village", "township", "name"]
    assert {"person.1.born", "person.1.rural", "more"} <= set(seen[4:])
    assert len(seen) == len(set(seen))


def test_a_change_of_language_keeps_what_was_said():
    phone = at_the_check()
    phone.language = "zh-hant"
    phone.send(language="zh-hant")
    assert phone.at == "check"
    assert "欧阳桂兰" in phone.text
    phone.declares()
    assert Claim.objects.get().case.contact.language == "zh-hant"


def test_who_is_registered_elsewhere_is_not_led_here():
    calculator = Calculator()
    assert BUTTON.findall(calculator.result(OLD | {"place": "elsewhere"})) == []
    assert "rural-incentive.1" in BUTTON.findall(Calculator().result(OLD))


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"claim": "elder-care-leave.1"},
        {"claim": "x"},
        {"answer": ["only=yichang-birth-grant"], "at": "check", "declared": "true"},
        {"answer": ["only=childcare-subsidy rural-incentive"]},
    ],
)
def test_what_is_not_claimed_here_leads_to_the_calculator(sent):
    phone = Claimant()
    phone.post(**sent)
    assert phone.address == "/entitlements/"
    assert not Claim.objects.exists()


def test_an_address_that_is_only_opened_leads_there_too(client):
    assert client.get(ADDRESS)["Location"] == "/entitlements/"


def test_what_is_settled_is_not_changed_by_a_forged_form():
    phone = at_the_check()
    answers = [*phone.hidden.getlist("answer"), "place=elsewhere", "children=9", "who=both"]
    phone.send(answer=answers, declared="true")
    claim = Claim.objects.get(case=phone.case)
    assert list(stated(claim)) == ["person"]
    assert len(stated(claim)["person"]) == 1


def test_a_step_is_not_jumped_over():
    phone = Claimant()
    phone.begin("rural-incentive.1", OLD)
    phone.send(at="check", declared="true")
    assert phone.at == "name"
    phone.send(to="contact")
    assert phone.at == "name"
    phone.send(at="place", said="elsewhere")
    assert phone.at == "name"


def test_whoever_comes_too_fast_loses_nothing(settings):
    phone = at_the_check()
    rates = settings.CALCULATOR_RATES
    settings.CALCULATOR_RATES = rates | {"question": "1/min"}
    phone.send(to="check")
    phone.send(declared="true")
    assert phone.last.status_code == 429
    assert not Claim.objects.exists()
    settings.CALCULATOR_RATES = rates
    phone.send()
    assert Claim.objects.get().case_id == phone.case


def test_whoever_types_a_neighbours_number_learns_nothing():
    at_the_check().declares()
    assert at_the_check(name={"name": "别人", "number": claims.number()}).declares()
