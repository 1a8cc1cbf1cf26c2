"""Ways and stages are law as data; nothing guarded ever comes before a village or stands in a notice."""

from datetime import date

import pytest

from chengnuo.policies import stages as sheet
from chengnuo.policies.claims import claims
from chengnuo.policies.county import XINGSHAN
from chengnuo.policies.loader import parameters
from chengnuo.policies.procedures import Procedure
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import Unfit
from chengnuo.policies.stages import is_guarded, stages, way_of

HERE = "420526000000"
TODAY = date(2026, 12, 31)
KNOWN = {each.words.key: each for each in programmes()}


def test_every_row_of_law_names_a_way_and_every_way_has_stages():
    rows = [row for name in parameters().names() if name.startswith("ways.") for row in parameters().history(name)]
    assert rows
    for row in rows:
        assert set(row.options) == set(stages().ways)
        assert all(stages().ways[str(row.value)])


def test_the_county_decides_last_on_every_way():
    assert {way[-1].key for way in stages().ways.values()} == {"county_decision"}


def test_every_stage_is_a_duty_that_the_county_promises():
    for stage in stages().by_key.values():
        assert Procedure(stage.promise)
        assert (XINGSHAN / "procedures" / f"{stage.promise}.yaml").exists()


def test_whatever_has_a_way_is_claimed_as_a_service():
    assert {key for key, each in KNOWN.items() if way_of(each, TODAY, HERE)} <= set(claims())


@pytest.mark.parametrize("key", sorted(KNOWN))
def test_nothing_guarded_comes_before_neighbours(key):
    way = way_of(KNOWN[key], TODAY, HERE)
    if is_guarded(KNOWN[key]) and way:
        assert not [stage.key for stage in way.stages if stage.is_open_to_neighbours]


@pytest.mark.parametrize("key", ["special-bereaved", "special-complications", "childcare-subsidy"])
def test_law_that_would_let_neighbours_know_is_an_error_of_the_data(monkeypatch, key):
    name = f"ways.{key.replace('-', '_')}"
    other = parameters().with_readings({name: "by_village"})
    monkeypatch.setattr(sheet, "parameters", lambda: other)
    with pytest.raises(Unfit, match="lets the neighbours know"):
        way_of(KNOWN[key], TODAY, HERE)


def test_before_its_law_a_programme_has_no_way():
    assert way_of(KNOWN["childcare-subsidy"], date(2024, 12, 31), HERE) is None
    assert way_of(KNOWN["elder-priority"], TODAY, HERE) is None
