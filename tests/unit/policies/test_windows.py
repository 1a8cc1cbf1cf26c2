"""Until when a programme is claimed and renewed, and when people are reminded of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chengnuo.policies import windows as policy
from chengnuo.policies.claims import claims
from chengnuo.policies.sheet import Unfit
from chengnuo.policies.windows import near, windows

ROW = "{from: 2026-01-01, closes: 12-15, days_before: 30, certainty: D, source: {document: 本县自定, date: 2026-11-27}}"


def read(tmp_path, text):
    path = tmp_path / "windows.yaml"
    path.write_text(text, encoding="utf-8")
    return policy.read(path)


def test_people_are_reminded_in_the_days_before_and_never_after():
    last = date(2026, 12, 15)
    told = {
        last - timedelta(days=31): False, last - timedelta(days=30): True, last: True, last + timedelta(days=1): False
    }  # fmt: skip
    for day, is_near in told.items():
        assert (near(day).get("rural-incentive") == last) is is_near, day
    assert near(date(2025, 12, 1)) == {}, "nobody had said so then"
    assert near(date(2027, 12, 1))["special-bereaved"] == date(2027, 12, 15)


def test_every_window_is_of_a_programme_that_is_claimed_here_and_says_how_sure_it_is():
    assert set(windows()) <= set(claims())
    assert {row.certainty for rows in windows().values() for row in rows} == {"D"}, (
        "no day was found in a text in force"
    )


def test_a_newer_row_takes_the_place_of_the_older(tmp_path, monkeypatch):
    newer = ROW.replace("2026-01-01", "2028-01-01").replace("12-15", "11-30")
    found = read(tmp_path, f"rural-incentive:\n  - {ROW}\n  - {newer}\n")
    monkeypatch.setattr(policy, "windows", lambda: found)
    assert near(date(2027, 12, 1)) == {"rural-incentive": date(2027, 12, 15)}
    assert near(date(2028, 11, 20)) == {"rural-incentive": date(2028, 11, 30)}
    assert near(date(2028, 12, 1)) == {}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("12-15", "12-31"), "closes: is '12-31'"),
        (("12-15", "02-29"), "closes: is '02-29'"),
        (("12-15", "13-01"), "closes: is '13-01'"),
        (("days_before: 30", "days_before: -1"), "days_before: is -1"),
        (("certainty: D", "certainty: E"), "certainty: is 'E'"),
        ((", source: {document: 本县自定, date: 2026-11-27}", ""), "source: is missing"),
        (("closes", "closed"), "closes: is missing"),
    ],
)
def test_a_line_that_cannot_stand_is_refused(tmp_path, change, said):
    with pytest.raises(Unfit, match=said):
        read(tmp_path, f"rural-incentive:\n  - {ROW.replace(*change)}\n")


def test_a_programme_that_is_not_claimed_here_has_no_window(tmp_path):
    with pytest.raises(Unfit, match="entrance-bonus: is not a key here"):
        read(tmp_path, f"entrance-bonus:\n  - {ROW}\n")
