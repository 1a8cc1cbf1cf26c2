"""Every programme is held to its cases, and the childcare subsidy to the whole official table."""

from datetime import date
from pathlib import Path

import pytest
import yaml

import chengnuo.policies
from chengnuo.core.rules import NOT_APPLICABLE, Asked, Bound, Household
from chengnuo.policies.cases import cases_in
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from tests.unit.policies.gaps import gaps

PACKS = Path(chengnuo.policies.__file__).parent
KNOWN = {programme.words.key: programme for programme in programmes()}
CASES = [case for path in sorted(PACKS.rglob("cases/*.yaml")) for case in cases_in(path, KNOWN)]
OF = {key: [case for case in CASES if case.programme is programme] for key, programme in KNOWN.items()}
TABLE = yaml.safe_load((PACKS / "national" / "tables" / "childcare.yaml").read_text(encoding="utf-8"))["months"]
LAST = {
    "01": 31,
    "02": 28,
    "03": 31,
    "04": 30,
    "05": 31,
    "06": 30,
    "07": 31,
    "08": 31,
    "09": 30,
    "10": 31,
    "11": 30,
    "12": 31,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.programme.words.key}: {case.says}")
def test_case(case):
    assert not case.wrong(parameters())


def test_every_programme_has_cases_that_give_and_cases_that_do_not():
    gives = {case.programme.words.key for case in CASES if case.gives is not None or not (case.fails or case.needs)}
    fails = {case.programme.words.key for case in CASES if case.fails}
    assert gives == fails == set(KNOWN)


@pytest.mark.parametrize("key", KNOWN)
def test_what_was_found_for_one_family_says_nothing_of_the_next(key):
    """Rules that are bound once and asked about many families give each the reasons that it would be given alone."""
    asked = Asked(date(2026, 12, 31), place="420526000000")
    many = Bound([KNOWN[key]], parameters(), asked)
    for case in [*OF[key], *reversed(OF[key])]:
        assert many.determine(case.household) == Bound([KNOWN[key]], parameters(), asked).determine(case.household)


@pytest.mark.parametrize("key", KNOWN)
def test_the_cases_leave_no_row_of_law_no_condition_and_no_reading_out(key):
    """The last day of each old value and the first of each new one; every way out; every answer to an open question."""
    assert not gaps(KNOWN[key], OF[key], parameters())


@pytest.mark.parametrize("month", TABLE)
@pytest.mark.parametrize("day", ["first", "last"])
def test_the_official_table_of_the_childcare_subsidy(month, day):
    born = date.fromisoformat(f"{month}-01" if day == "first" else f"{month}-{LAST[month[-2:]]}")
    child = {"born": born, "chinese": True, "guardian_claims": True, "died": NOT_APPLICABLE}
    family = Household({}, {"child": [child]})
    paid = []
    for year in (2025, 2026, 2027):
        (found,) = Bound([KNOWN["childcare-subsidy"]], parameters(), Asked(date(year, 12, 31))).determine(family)
        paid.append((found.amount or 0) // 100)
    assert paid == TABLE[month]


def test_the_table_holds_the_rows_that_are_printed():
    """The corrected rows that popular pages count wrongly: 31 months for July 2024, 17 for May 2023."""
    assert len(TABLE) == 36
    assert TABLE["2024-07"] == [3600, 3600, 2100]
    assert TABLE["2023-05"] == [3600, 1500, 0]
    assert (TABLE["2022-01"], TABLE["2022-12"]) == ([300, 0, 0], [3600, 0, 0])
    assert (TABLE["2023-01"], TABLE["2024-02"], TABLE["2024-12"]) == ([3600, 300, 0], [3600, 3600, 600], [3600] * 3)


LEFT_OUT = [
    # programme, the case that is left out, a gap that is then named
    ("special-complications", "grade 2 on the first day of 300", "complications.grade2 of 2018-08-01: no case on its first day rests on it"),
    ("special-complications", "the day before the first rate that is known", "complications.grade3 of 2012-01-01: no case on the day before"),
    ("special-complications", "died the year before", "until_death: fails in no case"),
    ("special-complications", "died in January, read as nothing", "complications.year_of_end: in no case does nothing make a difference"),
    ("childcare-subsidy", "claimed by somebody who is no guardian", "guardian: fails in no case"),
    ("yichang-birth-grant", "on the first birthday, read as too late", "birthday: fails in no case"),
    ("tianmen-birth-grant", "in 2028", "tianmen.second_child of 2027-05-02 at 429006: no case after the repeal"),
    ("jianli-birth-grant", "born on the first day, whose window opens a year later", "jianli.born_from of 2025-01-01 at 421088: no case on its first day"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "says", "gap"), LEFT_OUT, ids=[f"{row[0]}: {row[1]}" for row in LEFT_OUT])
def test_a_case_that_is_left_out_is_missed_by_name(key, says, gap):
    left = [case for case in OF[key] if case.says != says]
    assert len(left) == len(OF[key]) - 1
    assert gap in gaps(KNOWN[key], left, parameters())


def test_a_programme_without_cases_covers_nothing():
    assert "nobody is entitled in any case" in gaps(KNOWN["childcare-subsidy"], [], parameters())
