"""What is still to be checked of a row of law: it is marked in the row, and said beside every result that rests on it."""

from datetime import date

import pytest

from chengnuo.core.rules import Asked, roots
from chengnuo.core.rules.graph import reads, walk
from chengnuo.policies.explaining import explained
from chengnuo.policies.loader import parameters
from chengnuo.policies.machine_form import data
from chengnuo.policies.programmes import programmes
from chengnuo.policies.values import doubt
from tests.unit.policies.families import told

# days on which a number is taken to begin, because no text that was found says so
TAKEN = {
    "special.bereaved": ["2016-01-01", "2018-08-01"],
    "special.disabled_rural": ["2016-01-01", "2018-08-01"],
    "complications.grade1": ["2008-01-01", "2012-01-01", "2018-08-01"],
    "complications.least_grade": ["2008-01-01", "2012-01-01"],
    "only_child.a_month": ["2002-09-01", "2016-01-01"],
    "incentive.local_a_month": ["2024-01-01"],
    "history.entrance_bonus": ["2019-01-01"],
}


def numbers():
    """Every number of law that some programme reads."""
    names = {reads(node) for programme in programmes() for node in walk(*roots(programme))} - {""}
    return [row for name in sorted(names) for row in parameters().history(name) if not row.options]


def lines(key, year, language, **facts):
    asked = Asked(date(year, 12, 31), place="420526000000")
    return [line for line in explained(*told(key, asked=asked, **facts), language) if "§" in line]


def test_no_number_of_certainty_d_leaves_unsaid_what_is_to_be_checked():
    assert [(row.name, row.begins) for row in numbers() if row.certainty == "D" and not row.doubt] == []


def test_no_source_says_that_a_first_day_is_to_be_checked_where_the_row_does_not():
    assert [(row.name, row.begins) for row in numbers() if "起始日待查" in row.source.document and not row.doubt] == []


@pytest.mark.parametrize("name", TAKEN)
def test_a_first_day_that_no_text_names_is_in_doubt(name):
    rows = parameters().history(name)
    assert [str(row.begins) for row in rows if row.doubt == "from"] == TAKEN[name]


def test_the_question_stands_beside_the_result_of_the_year_that_it_touches():
    lost = {"children_living": 0, "child_died": date(2000, 3, 3)}
    (rate,) = (each for each in lines("special-bereaved", 2020, "en", **lost) if "450" in each)
    assert "from 2018-08-01, certainty D (to be checked: is 2018-08-01 its first day?), 2022年通知" in rate
    assert not [each for each in lines("special-bereaved", 2026, "en", **lost) if "to be checked" in each]


def test_it_is_asked_in_every_script():
    row = parameters().history("pension.severe")[0]
    assert [doubt(row, each) for each in ("zh-hans", "zh-hant", "en")] == [
        "待查：是不是2级？",
        "待查：是不是2級？",
        "to be checked: is it grade 2?",
    ]


def test_a_sum_that_was_not_found_says_since_when_it_is_taken_to_stand():
    said = lines("special-complications", 2010, "zh-hans", complication_grade=2)
    assert any("不知道，2008-01-01起，可靠程度D（待查：是不是从2008-01-01起？）" in line for line in said)


@pytest.mark.parametrize(
    ("key", "year", "facts", "said"),
    [
        ("special-complications", 2007, {"complication_grade": 2}, "is 2008-01-01 its first day?"),
        ("only-child-allowance", 2001, {"born": date(2000, 3, 2), "certificate": True}, "is 2002-09-01 its first day?"),
    ],
)
def test_what_is_not_in_force_yet_says_so_where_its_first_day_is_taken(key, year, facts, said):
    (line,) = lines(key, year, "en", **facts)
    assert said in line


def test_what_begins_on_a_day_that_a_text_names_is_not_in_doubt_before():
    assert lines("childcare-subsidy", 2024, "en", born=date(2024, 3, 2)) == []


def test_programs_are_told_what_is_in_doubt():
    asked = Asked(date(2018, 12, 31), place="420526000000")
    told_of = data(*told("special-complications", asked=asked, complication_grade=2))["calculation"]["law"]
    doubts = {(row["parameter"], row["from"]): row["doubt"] for row in told_of}
    assert doubts["complications.grade2", "2018-08-01"] == "from"
    assert {row["doubt"] for row in data(*told("rural-incentive"))["calculation"]["law"]} == {None}
