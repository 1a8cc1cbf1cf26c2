"""The places that the law tells apart, by name, and how any other place is looked at."""

import opencc
import pytest

from chengnuo.policies.law_places import as_law, law_places
from chengnuo.policies.loader import parameters
from chengnuo.policies.sheet import Unfit


def test_every_place_of_a_parameter_has_a_name_in_three_scripts():
    places = {row.place for name in parameters().names() for row in parameters().history(name)} - {""}
    assert set(law_places()) == places
    assert not [code for code, name in law_places().items() if name.hans == code]
    back = opencc.OpenCC("t2s")
    assert not [name for name in law_places().values() if back.convert(name.hant) != name.hans]


def test_the_smallest_places_come_first():
    sizes = [len(code) for code in law_places()]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("place", "known"),
    [
        ("420526103201", "420500000000"),
        ("4205", "4205"),
        ("42", "42"),
        ("421088", "421088000000"),
        ("420582000000", "420582000000"),
        ("421088100001", "421088000000"),
        ("421000000000", "420000000000"),
        ("110000000000", ""),
        ("", ""),
    ],
)
def test_a_place_is_looked_at_as_the_nearest_that_the_law_knows(place, known):
    assert as_law(place) == known


@pytest.mark.parametrize("place", ["420526103201", "421088100001", "429006000000", "110101000000"])
def test_every_parameter_is_the_same_there(place):
    for name in parameters().names():
        fits = [row for row in parameters().history(name) if place.startswith(row.place)]
        assert fits == [row for row in parameters().history(name) if as_law(place).startswith(row.place)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('"4299": {hans: 某地, hant: 某地, en: somewhere}', "4299: is not a key here"),
        ('"4205": {hans: 宜昌市, en: Yichang City}', "hant: is missing"),
        ('"4205": {hans: 宜昌市, hant: "", en: Yichang City}', "has no words for hant"),
        ('"4205": {hans: 宜昌市, hant: 宜昌市, en: Yichang, short: YC}', "short: is not a key here"),
        ("4205: {hans: 宜昌市, hant: 宜昌市, en: Yichang City}", "4205: is not a key here"),
    ],
)
def test_a_name_that_cannot_stand_is_refused(tmp_path, monkeypatch, line, said):
    file = tmp_path / "place_names.yaml"
    file.write_text(f"{line}\n", encoding="utf-8")
    monkeypatch.setattr("chengnuo.policies.law_places.NAMES", file)
    with pytest.raises(Unfit, match=said):
        law_places.__wrapped__()


def test_a_place_without_a_name_is_called_by_its_code(tmp_path, monkeypatch):
    file = tmp_path / "place_names.yaml"
    file.write_text("{}\n", encoding="utf-8")
    monkeypatch.setattr("chengnuo.policies.law_places.NAMES", file)
    assert law_places.__wrapped__()["4205"].hans == "4205"
