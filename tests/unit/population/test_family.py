"""The command that explains what a family is owed, from a file that names nobody."""

import json
import re

import pytest

from chengnuo.population.command import main

FAMILY = """
place: "420526"
child:
  - {born: 2024-05-01, died: none, chinese: true, guardian_claims: true}
"""


@pytest.fixture
def determined(tmp_path, capsys):
    """What the command says of a family; `fails`: what it says instead."""

    def said(text=FAMILY, *arguments, on="2026-12-31", fails=False):
        path = tmp_path / "family.yaml"
        path.write_text(text, encoding="utf-8")
        assert main(["determine", str(path), "--on", on, *arguments]) == int(fails)
        told = capsys.readouterr()
        return told.err if fails else told.out

    return said


def test_it_says_every_programme_with_reasons(determined):
    said = determined()
    assert "Childcare subsidy (child 1): entitled, 3,600 yuan a year" in said
    assert "Tianmen grant after a birth (child 1): not entitled" in said
    assert "(person" not in said, "nobody was named"


def test_in_a_language_and_for_one_programme(determined):
    said = determined(FAMILY, "--language", "zh-hant", "--only", "childcare-subsidy")
    assert said.startswith("育兒補貼（孩子1）：可以享受，每年3,600元\n")
    assert "天門" not in said


def test_as_json(determined):
    (said,) = json.loads(determined(FAMILY, "--json", "--only", "childcare-subsidy"))
    assert (said["outcome"], said["amount"], said["unit"]) == ("entitled", 360000, "fen")


@pytest.mark.parametrize("place", ["420526", "429006"])
def test_a_birth_still_to_come_is_not_read(determined, place):
    """A day of birth ahead is a due date, which nobody is asked for."""
    said = "parent_employed: true, which_child: 2, mother_here: true, first_here: true, once_received: false, certificate: true"
    family = (
        f'place: "{place}"\nchild: [{{{said}, born: 2026-12-05, died: none, chinese: true, guardian_claims: true}}]'
    )
    refused = determined(family, on="2026-12-04", fails=True)
    assert "child[1] › born: is 2026-12-05." in refused
    assert "No birth to come is read" in refused
    assert "a day up to 2026-12-04, or leave the child out" in refused
    assert ": entitled" in determined(family, "--only", "maternity-leave", on="2026-12-05")


def test_of_a_place_of_which_only_the_beginning_is_known_it_says_what_is_open(determined):
    grant = ("--only", "yichang-kindergarten-grant", "--json")
    family = FAMILY.replace(
        "born:", "semesters: 1, semesters_before: 0, which_child: 2, mother_here: true, first_here: true, born:"
    )
    for place, outcome in (
        ("4205", "undecided"),
        ("42", "undecided"),
        ("420506", "entitled"),
        ("110101", "not entitled"),
    ):
        (said,) = json.loads(determined(family.replace("420526", place), *grant))
        assert said["outcome"] == outcome, place


def test_as_it_was_known_on_a_day(determined):
    said = determined(FAMILY, "--known", "2025-07-27", "--only", "childcare-subsidy", on="2025-12-31")
    assert "Only this does not hold: the programme was in force in this year, by the day asked for" in said
    said = determined(FAMILY, "--known", "2025-08-01", "--only", "childcare-subsidy", on="2025-12-31")
    assert "entitled, 3,600 yuan" in said, "its readings were answered later, on 2025-09-17"


def test_json_is_read_as_well(determined):
    child = {"born": "2024-05-01", "died": "none", "chinese": True, "guardian_claims": None}
    said = determined(json.dumps({"child": [child]}), "--only", "childcare-subsidy")
    assert "not yet decided" in said
    assert "Still to be known: a parent or another guardian claims\n" in said


WRONG = [
    ("a name", FAMILY + "name: Zhang\n", "name: is not a key here"),
    ("an identity number", FAMILY.replace("born:", "id_number: '1101', born:"), "id_number: is not a key here"),
    ("whether the parents are married", FAMILY.replace("born:", "married: true, born:"), "married: is not a key here"),
    ("a plan for a child", FAMILY.replace("born:", "planned: true, born:"), "planned: is not a key here"),
    ("one child without its list", "child: {born: 2024-05-01}", "child: is .*It has to be a list"),
    ("a day in words", FAMILY.replace("2024-05-01", "May"), "born: is 'May'.*2024-05-01"),
    ("yes for a day", FAMILY.replace("died: none", "died: true"), "died: is True"),
    ("a day that no calendar has", FAMILY.replace("2024-05-01", '"2024-02-30"'), "born: is '2024-02-30'"),
    ("a number for a truth", FAMILY.replace("chinese: true", "chinese: 1"), "chinese: is 1"),
    ("a grade that there is not", FAMILY + "person: [{complication_grade: 0}]\n", "complication_grade: is 0.*1 to 4, or none"),
    ("a place among children that nobody has", FAMILY.replace("born:", "which_child: 0, born:"), "which_child: is 0.*1 to 30"),
    ("a key twice", FAMILY + "place: '42'\n", "place is written twice"),
    ("no YAML", "child: [", "is no YAML"),
    ("nothing", "", "no keys and values"),
    ("a member who is no mapping", "child: [2024-05-01]", "no keys and values"),
    ("members nobody asks of", FAMILY + "dog: [{}]\n", "dog: is not a key here"),
    ("not all of somebody that is nobody", FAMILY + "partly: [dogs]\n", "partly: holds"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "text", "said"), WRONG, ids=[row[0] for row in WRONG])
def test_what_it_does_not_read_is_said_with_what_to_write(determined, sentence, text, said):
    assert re.search(said, determined(text, fails=True), re.DOTALL)


def test_a_file_that_is_not_there(capsys):
    assert main(["determine", "nowhere.yaml", "--on", "2026-12-31"]) == 1
    assert "nowhere.yaml" in capsys.readouterr().err


def test_a_programme_that_is_none(determined):
    said = determined(FAMILY, "--only", "childcare", fails=True)
    assert "There is no programme childcare" in said
    assert "childcare-subsidy, " in said


def test_not_everybody_is_named(determined):
    said = determined("partly: [person]\nperson: []\n", "--only", "special-family-services")
    assert "Still to be known: whether all members are named" in said
