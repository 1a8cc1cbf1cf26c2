"""The answers in words, each with its question, and what was taken as so without asking."""

import pytest

from chengnuo.web.entitlements.checking import lines_of, taken_of
from tests.unit.web.entitlements.asked import answers, asking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def said(**known: str) -> dict[str, str]:
    return {line.press: line.value for line in lines_of(answers(**known))}


def test_every_answer_is_said_as_people_say_it():
    found = said(
        who="both", children="2", child_1_born="2025-03-02", child_2_which_child="2", person_1_rural="no", person_1_spouse_rural="none",
        person_1_pension="350050", person_1_born="?", more="loss disability",
    )  # fmt: skip
    assert found == {
        "place": "Xingshan County",
        "who": "For both",
        "children": "2",
        "child.1.born": "March 2, 2025",
        "child.2.which_child": "2",
        "person.1.rural": "no",
        "person.1.spouse_rural": "I have no husband or wife",
        "person.1.pension": "3,500.50 yuan",
        "person.1.born": "not known",
        "more": "a child has died, a child has a certificate of disability",
    }


@pytest.mark.parametrize(("text", "words"), [("none", "Nothing more"), ("?", "I would rather not say")])
def test_what_was_said_to_the_neutral_page(text, words):
    assert said(who="me", more=text)["more"] == words


@pytest.mark.parametrize(
    ("place", "words"), [("?", "I do not know"), ("elsewhere", "Elsewhere in China"), ("429006000000", "Tianmen City")]
)
def test_the_place_by_its_name(place, words):
    assert said(place=place)["place"] == words


def test_of_several_children_each_is_named_and_what_they_share_is_said_of_all_but_not_what_the_parent_is():
    said = {"child_2_born": "2025-03-02", "child_1_guardian_claims": "yes", "child_1_parent_employed": "yes"}
    labels = [line.label for line in lines_of(answers(who="child", children="2", **said))]
    assert labels[3:] == [
        "When was the child born? (Child 2)",
        "Will a parent or another guardian claim? (All children)",
        "Are you an employee?",
    ]
    assert (
        lines_of(answers(who="child", children="1", child_1_born="2025-03-02"))[3].label == "When was the child born?"
    )


def test_the_programmes_that_were_chosen_are_named_and_not_asked_again():
    line = lines_of(answers(only="childcare-subsidy"))[-1]
    assert (line.value, line.press) == ("Childcare subsidy", "")


def test_what_is_taken_as_so_can_be_said_otherwise_where_that_is_a_topic():
    assert {(line.value, line.press) for line in taken_of(asking(who="child", children="1"))} == {
        ("Every child that is named here is living", "more")
    }
    assert {line.press for line in taken_of(asking(who="me"))} == {""}


def test_what_was_wished_for_is_not_taken_as_so():
    assert not taken_of(asking(who="child", children="1", more="loss"))
