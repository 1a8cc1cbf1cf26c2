"""The divisions of Xingshan as they stand in the file, and the tool that makes such a file for any county."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
import yaml

import chengnuo.policies
from tools import extract_places

COUNTY = Path(chengnuo.policies.__file__).parent / "yichang" / "xingshan"

AREAS = 'code,name,cityCode,provinceCode\n420526,"兴山县",4205,42\n420527,"秭归县",4205,42\n'
STREETS = (
    "code,name,areaCode,provinceCode,cityCode\n"
    '420526201,"高桥乡",420526,42,4205\n420526103,"峡口镇",420526,42,4205\n420527100,"茅坪镇",420527,42,4205\n'
)
VILLAGES = (
    "code,name,streetCode,provinceCode,cityCode,areaCode\n"
    '420526201207,"太阳村村民委员会",420526201,42,4205,420526\n'
    '420526103001,"峡口居民委员会",420526103,42,4205,420526\n'
    '420526103207,"普安村村民委员会",420526103,42,4205,420526\n'
    '420526103209,"岩岭村村民委员会",420526103,42,4205,420526\n'
    '420527100201,"月亮包村村民委员会",420527100,42,4205,420527\n'
)
EXPECTED = """\
code,level,name,name_hant,name_en,committee
420526000000,county,兴山县,興山縣,Xingshan County,
420526103000,township,峡口镇,峽口鎮,Xiakou Town,
420526103001,village,峡口社区,峽口社區,Xiakou Community,峡口居民委员会
420526103207,village,普安村,普安村,Pu'an Village,普安村村民委员会
420526103209,village,岩岭村,岩嶺村,Yanling Village,岩岭村村民委员会
420526201000,township,高桥乡,高橋鄉,Gaoqiao Township,
420526201207,village,太阳村,太陽村,Taiyang Village,太阳村村民委员会
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A few rows in the shape of the package china-division."""
    for name, text in {"areas": AREAS, "streets": STREETS, "villages": VILLAGES}.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def shipped() -> list[dict[str, str]]:
    with (COUNTY / "places.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_tool_writes_one_county_and_nothing_of_its_neighbour(package, capfdbinary):
    assert extract_places.main(["420526", str(package)]) == 0
    assert capfdbinary.readouterr().out.decode() == EXPECTED


def test_the_tool_says_when_the_county_is_not_in_the_source(package, capfd):
    assert extract_places.main(["110000", str(package)]) == 1
    assert "110000" in capfd.readouterr().err


def test_the_tools_rows_stand_so_in_the_shipped_file():
    assert set(EXPECTED.splitlines()) <= set((COUNTY / "places.csv").read_text(encoding="utf-8").splitlines())


def test_every_place_lies_in_a_place_of_the_file():
    codes = {place["code"]: place["level"] for place in shipped()}
    above = {"village": (9, "township"), "township": (6, "county")}
    for code, level in codes.items():
        if level != "county":
            digits, expected = above[level]
            assert codes[code[:digits].ljust(12, "0")] == expected


def test_the_numbers_are_those_of_the_source_note():
    note = yaml.safe_load((COUNTY / "places.yaml").read_text(encoding="utf-8"))
    assert Counter(place["level"] for place in shipped()) == note["counts"]
    assert all(place["code"].startswith(note["county"]) for place in shipped())


def test_codes_and_names_are_complete_and_single():
    places = shipped()
    assert len({place["code"] for place in places}) == len(places)
    assert all(len(place["code"]) == 12 and place["code"].isdigit() for place in places)
    assert all(place["name"] and place["name_hant"] and place["name_en"].isascii() for place in places)
    assert all(bool(place["committee"]) == (place["level"] == "village") for place in places)


@pytest.mark.parametrize(
    ("code", "source", "name"),
    [
        ("420526101201", "龙池村村民委员会", "龙池村"),
        ("420526106001", "水月寺居民委员会", "水月寺社区"),
        ("420526101005", "丰邑社区", "丰邑社区"),
        ("110101001001", "多福巷社区居委会", "多福巷社区"),
        ("420526101299", "龙池村委会", "龙池村"),
    ],
)
def test_a_place_is_not_called_by_its_committee(code, source, name):
    assert extract_places.place_name(code, source) == name
