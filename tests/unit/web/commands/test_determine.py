"""The command that explains what a family is owed, from a file that names nobody."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

FAMILY = """
place: "420526"
child:
  - {born: 2024-05-01, died: none, chinese: true, guardian_claims: true}
"""


@pytest.fixture
def determined(tmp_path):
    def said(text=FAMILY, *arguments, on="2026-12-31"):
        path, out = tmp_path / "family.yaml", io.StringIO()
        path.write_text(text, encoding="utf-8")
        call_command("determine", str(path), "--on", on, *arguments, stdout=out)
        return out.getvalue()

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


def test_as_it_was_known_on_a_day(determined):
    said = determined(FAMILY, "--known", "2025-07-27", "--only", "childcare-subsidy", on="2025-12-31")
    assert "Only this does not hold: the programme is in force on this day" in said


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
    ("a key twice", FAMILY + "place: '42'\n", "place is written twice"),
    ("no YAML", "child: [", "is no YAML"),
    ("nothing", "", "no keys and values"),
    ("a member who is no mapping", "child: [2024-05-01]", "no keys and values"),
    ("members nobody asks of", FAMILY + "dog: [{}]\n", "dog: is not a key here"),
    ("not all of somebody that is nobody", FAMILY + "partly: [dogs]\n", "partly: holds"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "text", "said"), WRONG, ids=[row[0] for row in WRONG])
def test_what_it_does_not_read_is_said_with_what_to_write(determined, sentence, text, said):
    with pytest.raises(CommandError, match=f"(?s){said}"):
        determined(text)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("determine", str(tmp_path / "nowhere.yaml"), "--on", "2026-12-31")


def test_not_everybody_is_named(determined):
    said = determined("partly: [person]\nperson: []\n", "--only", "special-family-services")
    assert "Still to be known: whether all members are named" in said
