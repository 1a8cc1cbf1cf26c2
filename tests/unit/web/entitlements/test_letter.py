"""The letter: what it says, that it names nobody, and that whatever it has to say fits one page."""

import json
import re

import pytest

from chengnuo.foundation import paper
from chengnuo.policies.programmes import programmes
from chengnuo.web.casework.papers import TEMPLATES
from chengnuo.web.entitlements.letter import said_on_letter
from tests.factories.county import MONDAY
from tests.unit.web.entitlements.test_asking import BABY, OLD
from tests.unit.web.entitlements.test_cards import cards

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
LANGUAGE = {"language": "en", "region": None, "program": "Chengnuo", "demo": ""}


def pages(said: dict) -> int:
    made = paper.pdf(TEMPLATES / "entitlement.typ", LANGUAGE | said, at=MONDAY)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", made))


def said(key: str, known: dict[str, str], who: str) -> dict:
    return said_on_letter(cards(known, who)[key], "2 March 2026")


def test_an_entitlement_says_sum_day_place_papers_and_reasons():
    letter = said("childcare-subsidy.1", BABY, "child")
    facts = {each["label"]: each["value"] for each in letter["facts"]}
    assert letter["result"] == "entitled, 3,600 yuan a year"
    assert facts["2026 to 2028, each year"] == "3,600 yuan"
    assert facts["Claim by"] == "Dec. 31, 2026"
    assert facts["Where to claim"].startswith("Claim the childcare subsidy")
    assert "Identity card (Bring it or show it)" in facts["What to bring"]
    assert {each["mark"] for each in letter["reasons"]} == {"✓"}
    assert any("neither records nor tests" in each for each in letter["besides"])
    assert any("7,200 yuan" in each for each in letter["besides"])


def test_a_letter_on_the_kitchen_table_is_not_headed_with_a_loss():
    lost = {
        "person.1.children_living": "0",
        "person.1.children_ever": "1",
        "more": "loss",
        "person.1.child_died": "2019-02-03",
    }
    letter = said("special-bereaved.1", OLD | lost | {"person.1.wife_born": "none"}, "me")
    assert letter["heading"] == "Special assistance"
    assert letter["facts"][0] == {
        "label": "Programme",
        "value": "Special assistance for bereaved parents of an only child",
    }
    assert "Programme" not in {each["label"] for each in said("childcare-subsidy.1", BABY, "child")["facts"]}


def test_no_line_is_empty():
    for key, card in cards(OLD | {"more": "none"}, "me").items():
        letter = said_on_letter(card, "today")
        assert all(each["label"] and each["value"] for each in letter["facts"]), key
        assert all(letter["besides"]), key


def test_who_is_not_entitled_is_told_what_stands_in_the_way():
    letter = said("rural-incentive.1", OLD | {"person.1.born": "1970-03-02", "more": "none"}, "me")
    facts = {each["label"]: each["value"] for each in letter["facts"]}
    assert letter["result"] == "not entitled"
    assert facts["This does not hold:"] == "reaches 60 by 31 December"


def test_what_is_missing_is_named():
    letter = said("childcare-subsidy.1", BABY | {"child.1.chinese": "?"}, "child")
    assert {"label": "Still to be known:", "value": "the child is a Chinese national"} in letter["facts"]


@pytest.mark.parametrize("times", [1, 3, 6])
def test_whatever_it_has_to_say_it_is_one_page(times):
    letter = said("childcare-subsidy.1", BABY, "child")
    longer = letter | {key: letter[key] * times for key in ("facts", "reasons", "numbers", "besides")}
    assert pages(longer) == 1


def test_what_stands_in_it_is_data_and_never_markup():
    letter = said("childcare-subsidy.1", BABY, "child")
    odd = '#panic("x") *a* $x$ #read("/etc/passwd")'
    assert pages(json.loads(json.dumps(letter | {"heading": odd, "besides": [odd]}))) == 1


def test_the_letters_of_a_couple_of_all_topics_are_one_page_each():
    known = OLD | {
        "person.1.children_ever": "1", "person.1.children_living": "0", "more": "loss disability complications own_disability",
        "person.1.child_died": "2019-02-03", "person.1.child_grade": "2", "person.1.complication_grade": "3", "person.1.wife_born": "1962-01-01",
    }  # fmt: skip
    found = cards(known, "me")
    assert len(found) > len(programmes()) / 3
    assert {key: pages(said_on_letter(card, "today")) for key, card in found.items()} == dict.fromkeys(found, 1)
