"""The places of a county as made from the source: names, English, order; and the file that is shipped is what it makes."""

from __future__ import annotations

import csv
import io

import pytest

from tests.contracts.repository import PACKAGE, text
from tools import extract_places
from tools.extract_places import COLUMNS, Row, as_csv, english, in_pinyin, place_name, rows

SHIPPED = PACKAGE / "policies" / "yichang" / "xingshan" / "places.csv"


@pytest.fixture
def package(tmp_path):
    """The three tables of the npm package, with two counties in them."""
    tables = {
        "areas.csv": "code,name,cityCode\n420526,兴山县,4205\n420527,秭归县,4205\n",
        "streets.csv": "code,name,areaCode\n420526102,昭君镇,420526\n420526101,古夫镇,420526\n420527101,归州镇,420527\n",
        "villages.csv": "code,name\n420526101201,龙池村村民委员会\n420526101005,丰邑社区\n420526102201,岩岭村委会\n420527101001,归州居委会\n",
    }
    for name, said in tables.items():
        (tmp_path / name).write_text(said, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("code", "source", "name"),
    [
        ("420526101201", "龙池村村民委员会", "龙池村"),
        ("420526101201", "龙池村委会", "龙池村"),
        ("420526101201", "龙池村民委员会", "龙池村"),
        ("420526101005", "丰邑社区居民委员会", "丰邑社区"),
        ("420526101005", "丰邑居委会", "丰邑社区"),
        ("420526101199", "丰邑居委会", "丰邑社区"),
        ("420526101200", "丰邑居委会", "丰邑村"),
        ("150000101201", "巴彦嘎查村民委员会", "巴彦嘎查"),
        ("420526101005", "丰邑社区", "丰邑社区"),
        ("420526101498", "林场", "林场"),
    ],
)
def test_a_place_is_named_without_its_committee(code, source, name):
    assert place_name(code, source) == name


@pytest.mark.parametrize(
    ("syllables", "word"),
    [(["gu", "fu"], "Gufu"), (["xi", "an"], "Xi'an"), (["an", "xi"], "Anxi"), (["da", "e"], "Da'e"), (["ping", "ou"], "Ping'ou"), ([], "")],
)  # fmt: skip
def test_pinyin_is_joined_with_the_apostrophe_of_the_standard(syllables, word):
    assert in_pinyin(syllables) == word


@pytest.mark.parametrize(
    ("level", "name", "said"),
    [
        ("township", "古夫镇", "Gufu Town"),
        ("township", "榛子乡", "Zhenzi Township"),
        ("township", "西陵街道办事处", "Xiling Subdistrict"),
        ("township", "西陵街道", "Xiling Subdistrict"),
        ("village", "龙池村", "Longchi Village"),
        ("village", "丰邑社区", "Fengyi Community"),
        ("village", "林场", "Linchang"),
        ("village", "村", "Cun"),
        ("county", "兴山县", "Xingshan County"),
        ("county", "长阳土家族自治县", "Changyangtujiazu Autonomous County"),
        ("county", "枝江市", "Zhijiang City"),
    ],
)
def test_the_english_name_keeps_the_longest_ending(level, name, said):
    spoken = {"古夫": "gu fu", "榛子": "zhen zi", "西陵": "xi ling", "龙池": "long chi", "丰邑": "feng yi", "林场": "lin chang",
              "村": "cun", "兴山": "xing shan", "长阳土家族": "chang yang tu jia zu", "枝江": "zhi jiang"}  # fmt: skip
    assert english(level, name, lambda part: spoken[part].split()) == said


def test_a_county_has_its_townships_each_before_its_villages(package):
    assert rows(package, "420526") == [
        Row("420526000000", "county", "兴山县", "興山縣", "Xingshan County", ""),
        Row("420526101000", "township", "古夫镇", "古夫鎮", "Gufu Town", ""),
        Row("420526101005", "village", "丰邑社区", "豐邑社區", "Fengyi Community", "丰邑社区"),
        Row("420526101201", "village", "龙池村", "龍池村", "Longchi Village", "龙池村村民委员会"),
        Row("420526102000", "township", "昭君镇", "昭君鎮", "Zhaojun Town", ""),
        Row("420526102201", "village", "岩岭村", "岩嶺村", "Yanling Village", "岩岭村委会"),
    ]


def test_the_file_has_line_ends_of_one_kind_and_quotes_what_it_must(package):
    said = as_csv([Row("420526000000", "county", '兴山,"县"', "興山縣", "Xingshan", "")])
    assert "\r" not in said
    assert list(csv.reader(io.StringIO(said))) == [
        list(COLUMNS),
        ["420526000000", "county", '兴山,"县"', "興山縣", "Xingshan", ""],
    ]


def test_the_command_writes_the_table(package, capsysbinary):
    assert extract_places.main(["420526", str(package)]) == 0
    lines = capsysbinary.readouterr().out.decode().splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert len(lines) == 7


def test_a_county_that_the_source_does_not_know_is_said(package, capsys):
    assert extract_places.main(["999999", str(package)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "No place begins with 999999" in said.err


@pytest.mark.parametrize("arguments", [[], ["420526"], ["420526", ".", "more"]])
def test_asked_wrongly_it_tells_how_to_ask(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        extract_places.main(arguments)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_the_file_that_is_shipped_is_what_the_tool_makes_of_its_own_columns(tmp_path):
    """Taken apart into the three tables of the source and made again, no byte of it changes."""
    shipped = list(csv.DictReader(io.StringIO(text(SHIPPED))))
    for file, level, digits in (
        ("areas", "county", 6),
        ("streets", "township", 9),
        ("villages", "village", 12),
    ):
        source = [
            f"{row['code'][:digits]},{row['committee'] or row['name']}" for row in shipped if row["level"] == level
        ]
        (tmp_path / f"{file}.csv").write_text("\n".join(["code,name", *reversed(source)]), encoding="utf-8")
    assert as_csv(rows(tmp_path, "420526")) == text(SHIPPED)
