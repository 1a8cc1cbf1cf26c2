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

PACKS = Path(chengnuo.policies.__file__).parent
KNOWN = {programme.words.key: programme for programme in programmes()}
CASES = [case for path in sorted(PACKS.rglob("cases/*.yaml")) for case in cases_in(path, KNOWN)]
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
def test_every_condition_fails_in_a_case(key):
    """`in_time` and `something_due` may be beyond reach: where the last day is the year's end, where conditions say it all."""
    failing = {name for case in CASES if case.programme.words.key == key for name in case.fails}
    named = {condition.key for condition in KNOWN[key].lines} - {"in_time", "something_due"}
    assert not named - failing


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
