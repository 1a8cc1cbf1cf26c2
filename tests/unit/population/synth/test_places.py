"""Real places: the villages of the county here, and Hubei's other counties."""

import csv

import numpy as np

from chengnuo.policies.loader import parameters
from chengnuo.population.synth.places import COUNTIES, codes, place_of, places

VILLAGES = 96
COUNTIES_OF_HUBEI = 103


def rows():
    with COUNTIES.open(encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_all_counties_of_hubei_are_there_once():
    assert len({row["code"] for row in rows()}) == len(rows()) == COUNTIES_OF_HUBEI
    assert all(len(row["code"]) == 6 and row["code"].startswith("42") for row in rows())


def test_the_county_here_is_there_by_its_villages():
    own = [code for code in codes() if code.startswith("420526")]
    assert len(own) == VILLAGES
    assert all(len(code) == 12 for code in own)
    assert len(codes()) == COUNTIES_OF_HUBEI - 1 + VILLAGES


def test_every_place_that_a_parameter_names_has_families():
    known = parameters()
    named = {row.place for name in known.names() for row in known.history(name)}
    assert not [place for place in named if not any(code.startswith(place) for code in codes())]


def test_every_place_gets_families_about_as_many_as_it_weighs():
    there = np.bincount(place_of(np.arange(1, 200_001), 200_000), minlength=len(places()))
    weights = np.array([weight for _, weight in places()])
    assert (there > 0).all()
    assert np.abs(there / there.sum() - weights / weights.sum()).max() < 0.001


def test_places_come_one_after_the_other_and_the_last_takes_who_is_left():
    there = place_of(np.arange(1, 2_001), 1_000)
    assert (np.diff(there) >= 0).all()
    assert there[-1] == len(places()) - 1
