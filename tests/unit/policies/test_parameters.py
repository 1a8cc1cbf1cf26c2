"""Dated parameters: which value stands on a day at a place, and what is said when none does."""

from datetime import date

import pytest

from chengnuo.core.rules.parameters import UNFOUND, NoValue
from chengnuo.policies.loader import calendar_from
from chengnuo.policies.parameter_files import read
from chengnuo.policies.sheet import Unfit

LABEL = "{hans: 期限, hant: 期限, en: limit}"
SOURCE = "{document: 某法, article: '32', date: 2003-08-27}"
ROW = f"{{from: 2010-01-01, known_since: 2009-12-01, value: 5, certainty: A, source: {SOURCE}}}"
YICHANG, XINGSHAN, CHONGQING = "420500000000", "420526101000", "500100000000"


def row(begins, value, place=""):
    where = f", place: '{place}'" if place else ""
    return f"{{from: {begins}, known_since: {begins}, value: {value}, certainty: B, source: {SOURCE}{where}}}"


def entry(*rows, name="missing_list", unit="working days", label=LABEL):
    values = "".join(f"\n      - {each}" for each in rows)
    return f"\n  - name: {name}\n    label: {label}\n    unit: {unit}\n    values:{values or ' []'}"


@pytest.fixture
def packs(tmp_path):
    """Writes packs, a file each, and reads them."""

    def written(**files):
        for pack, text in files.items():
            folder = tmp_path / pack / "parameters"
            folder.mkdir(parents=True)
            (folder / "limits.yaml").write_text(f"parameters:{text}\n" if text.startswith("\n") else text, "utf-8")
        return read(tmp_path)

    return written


HISTORY = entry(
    row("2010-01-01", 5),
    row("2015-01-01", 7),
    row("2018-01-01", 3, place="4205"),
    row("2019-01-01", 2, place="420526"),
    row("2020-01-01", "null", place="420526"),
    row("2021-01-01", "null", place="4205"),
    row("2022-01-01", "null"),
)

CASES = [
    # sentence, day, place, value
    ("on its first day", date(2010, 1, 1), "", 5),
    ("the day before it changes", date(2014, 12, 31), "", 5),
    ("the day it changes", date(2015, 1, 1), "", 7),
    ("a place without rows of its own has the wider value", date(2019, 6, 1), CHONGQING, 7),
    ("nobody's place has the national value", date(2019, 6, 1), "", 7),
    ("a city's own value", date(2019, 6, 1), YICHANG, 3),
    ("a county's own value wins over its city's", date(2019, 6, 1), XINGSHAN, 2),
    ("before the county had its own", date(2018, 6, 1), XINGSHAN, 3),
    ("repealed in the county: the city's again", date(2020, 6, 1), XINGSHAN, 3),
    ("repealed in the city too: the national one again", date(2021, 6, 1), XINGSHAN, 7),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "day", "place", "value"), CASES, ids=[row[0] for row in CASES])
def test_the_value_in_force(packs, sentence, day, place, value):
    assert packs(national=HISTORY).at("limits.missing_list", day, place).value == value


def test_a_value_carries_where_it_comes_from(packs):
    found = packs(national=entry(ROW)).at("limits.missing_list", date(2026, 1, 1))

    assert (found.unit, found.certainty, found.begins) == ("working days", "A", date(2010, 1, 1))
    assert (found.known_since, found.label.hant) == (date(2009, 12, 1), "期限")
    assert str(found.source) == "某法第32条 (2003-08-27)"


def test_a_local_pack_adds_its_rows_to_the_national_ones(packs):
    known = packs(national=entry(ROW), yichang=entry(row("2018-01-01", 3, place="4205")))

    assert known.at("limits.missing_list", date(2026, 1, 1), YICHANG).value == 3
    assert known.at("limits.missing_list", date(2026, 1, 1), CHONGQING).value == 5
    assert [each.value for each in known.history("limits.missing_list")] == [5, 3]


@pytest.mark.parametrize(
    ("name", "day", "place", "said"),
    [
        ("limits.missing_lst", date(2026, 1, 1), "", "is no parameter.*Ask instead: limits.missing_list"),
        ("missing_list", date(2026, 1, 1), "", "is no parameter.*limits.missing_list"),
        (
            "limits.missing_list",
            date(2009, 12, 31),
            "",
            "no value on 2009-12-31.*first value begins on 2010-01-01",
        ),
        (
            "limits.missing_list",
            date(2022, 1, 1),
            YICHANG,
            "no value on 2022-01-01.*ended with 2022-01-01: 某法第32条",
        ),
    ],
)
def test_what_cannot_be_answered_is_said_with_what_to_ask(packs, name, day, place, said):
    with pytest.raises(NoValue, match=f"(?s){said}"):
        packs(national=HISTORY).at(name, day, place)


def test_a_whole_number_is_not_made_of_a_time(packs):
    clock = entry(row("2010-01-01", "'17:30'"), name="closes", unit="clock time")

    with pytest.raises(NoValue, match=r"'17:30'.*\n.*whole number"):
        packs(national=clock).whole("limits.closes", date(2026, 1, 1))
    assert packs(other=entry(ROW)).whole("limits.missing_list", date(2026, 1, 1)) == 5


READING = entry(row("2010-01-01", "own"), name="whose", unit="reading").replace(
    "    values:",
    "    options: {own: {hans: 本人, hant: 本人, en: own}, both: {hans: 双方, hant: 雙方, en: both}}\n    values:",
)


def test_as_it_was_known_on_a_day(packs):
    later = row("2015-01-01", 7).replace("known_since: 2015-01-01", "known_since: 2016-06-01")
    known = packs(national=entry(row("2010-01-01", 5), later))

    assert known.at("limits.missing_list", date(2015, 1, 1)).value == 7
    assert known.at("limits.missing_list", date(2015, 1, 1), known=date(2016, 5, 31)).value == 5
    with pytest.raises(
        NoValue, match=r"no value on 2015-01-01 as known on 2009-12-31(?s:.)*became known on 2010-01-01"
    ):
        known.at("limits.missing_list", date(2015, 1, 1), known=date(2009, 12, 31))


def test_an_open_question_has_its_readings_and_another_may_be_tried(packs):
    known = packs(national=READING)

    found = known.at("limits.whose", date(2026, 1, 1))
    assert (found.value, list(found.options), found.options["both"].hant) == ("own", ["own", "both"], "雙方")
    assert known.at("limits.whose", date(2026, 1, 1), known=date(2009, 12, 31)) == found, "nobody learns of a reading"
    other = known.with_readings({"limits.whose": "both"})
    assert [each.at("limits.whose", date(2026, 1, 1)).value for each in (known, other)] == ["own", "both"]
    with pytest.raises(NoValue, match=r"limits.whose: has no reading 'nobody'(?s:.)*own or both"):
        known.with_readings({"limits.whose": "nobody"})
    with pytest.raises(NoValue, match="no question"):
        packs(more=entry(ROW)).with_readings({"limits.missing_list": "5"})


def test_a_day_and_packs_that_are_joined(packs, tmp_path):
    known = packs(national=entry(row("2010-01-01", "1933-01-01"), name="born_from", unit="date"))
    joined = known.joined(read(tmp_path / "nowhere"))

    assert joined.at("limits.born_from", date(2026, 1, 1)).value == date(1933, 1, 1)
    assert joined.names() == known.names()


BAD = [
    ("a yearly rate from July", entry(row("2026-07-01", 5), unit="fen a year"), r"values\[1\] › from: is 2026-07-01.*first of a January.*fen a month"),
    ("one that ends in March", entry(row("2026-01-01", 5), row("2027-03-01", "null"), unit="fen a year"), r"values\[2\] › from: is 2027-03-01"),
    # sentence, file, what is said
    ("no YAML", "parameters: [", "is no YAML"),
    ("no mapping", "- 5", "here stand no keys and values"),
    ("no parameters", "limits: []", "parameters: is missing"),
    ("a stray key beside them", f"parameters: []\nunits: {LABEL}", "units: is not a key here"),
    ("a key twice", entry(ROW) + "\n    unit: days", "unit is written twice"),
    ("a name with a capital", entry(ROW, name="MissingList"), "name: is 'MissingList'"),
    ("a script missing in the label", entry(ROW, label="{hans: 期限, en: limit}"), "label › hant: is missing"),
    ("an unknown unit", entry(ROW, unit="workdays"), "unit: is 'workdays'.*one of working days, days"),
    ("a row that is a bare number", entry("5"), r"values\[1\]: here stand no keys and values"),
    ("no value", entry(ROW.replace("value: 5, ", "")), "value: is missing"),
    ("no day", entry(ROW.replace("from: 2010-01-01, ", "")), "from: is missing"),
    ("a year for a day", entry(row("2010", 5)), "from: is 2010"),
    ("no known_since", entry(ROW.replace("known_since: 2009-12-01, ", "")), "known_since: is missing"),
    ("no certainty", entry(ROW.replace("certainty: A, ", "")), "certainty: is missing"),
    ("a certainty out of the list", entry(ROW.replace("certainty: A", "certainty: sure")), "certainty: is 'sure'"),
    ("no source", entry(ROW.replace(f", source: {SOURCE}", "")), "source: is missing"),
    ("a source that is a sentence", entry(ROW.replace(SOURCE, "somewhere")), "source: is 'somewhere'"),
    ("a source without its date", entry(ROW.replace(", date: 2003-08-27", "")), "date: is missing"),
    ("known before its source", entry(ROW.replace("known_since: 2009-12-01", "known_since: 2003-08-26")),
     "known_since: is 2003-08-26, and its source is of 2003-08-27.*Write instead: 2003-08-27 or later"),
    ("a doubt about nothing that a row holds", entry(ROW.replace("certainty: A", "certainty: D, doubt: place")), "doubt: is 'place'.*from, value"),
    ("a doubt beside a question", READING.replace("certainty: B", "certainty: B, doubt: from"), "doubt: is not a key here"),
    ("a typing error in a key", entry(ROW.replace("known_since", "known_sinze")), "known_since: is missing"),
    ("a key too many", entry(ROW.replace("value: 5", "value: 5, until: 2011-01-01")), "until: is not a key here"),
    ("a repeal with a key too many", entry(row("2010-01-01", "null").replace("value", "til: 1, value")), "til: is not a key"),
    ("a fraction", entry(row("2010-01-01", 5.5)), "value: is 5.5"),
    ("a number below zero", entry(row("2010-01-01", -5)), "value: is -5"),
    ("a number in words", entry(row("2010-01-01", "five")), "value: is 'five'"),
    ("yes for a number", entry(row("2010-01-01", "yes")), "value: is True"),
    ("a time without quotes, which YAML reads in base 60", entry(row("2010-01-01", "17:30"), unit="clock time"), "value: is 1050"),
    ("an hour that no clock shows", entry(row("2010-01-01", "'25:30'"), unit="clock time"), "value: is '25:30'"),
    ("days out of order", entry(row("2010-01-01", "[2010-02-01, 2010-01-01]"), unit="dates"), "no list of days in order"),
    ("a day twice", entry(row("2010-01-01", "[2010-02-01, 2010-02-01]"), unit="dates"), "no list of days in order"),
    ("a place of five digits", entry(row("2010-01-01", 5, place="42052")), "place: is '42052'.*2, 4, 6, 9 or 12 digits"),
    ("a reading that is none of the options", READING.replace("value: own", "value: nobody"), "value: is 'nobody'.*own, both"),
    ("a question with one answer", READING.replace(", both: {hans: 双方, hant: 雙方, en: both}", ""), "options: holds 1"),
    ("a question without readings", entry(row("2010-01-01", "own"), unit="reading"), "options: holds 0"),
    ("options of a number", READING.replace("unit: reading", "unit: days"), "options: is not a key here"),
    ("a number for a date", entry(row("2010-01-01", 1933), unit="date"), "value: is 1933"),
    ("no rows", entry(), "values: is empty"),
    ("rows out of order", entry(row("2015-01-01", 7), row("2010-01-01", 5)), "from: is 2010-01-01.*the oldest first"),
    ("two rows of one day", entry(row("2010-01-01", 5), row("2010-01-01", 7)), "begins on 2010-01-01 a second time"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "text", "said"), BAD, ids=[row[0] for row in BAD])
def test_a_line_that_cannot_stand_is_refused_with_what_to_write(packs, sentence, text, said):
    with pytest.raises(Unfit, match=f"(?s)limits.yaml.*{said}"):
        packs(national=text)


def test_two_packs_may_not_count_in_two_units(packs):
    with pytest.raises(Unfit, match="counts in days, elsewhere in working days"):
        packs(national=entry(ROW), yichang=entry(row("2018-01-01", 3, place="4205"), unit="days"))


def test_two_packs_may_not_both_set_one_place_s_value(packs):
    with pytest.raises(Unfit, match=r"begins on 2010-01-01 a second time"):
        packs(national=entry(ROW), yichang=entry(ROW))


def test_a_region_s_festival_is_free_there_and_announces_nothing(tmp_path):
    folder = tmp_path / "national" / "parameters"
    folder.mkdir(parents=True)
    free = entry(
        row("2026-01-01", "[2026-01-01]"),
        row("2026-02-01", "[2026-04-20]", place="45"),
        name="holidays",
        unit="dates",
    )
    worked = entry(row("2026-01-01", "[2026-01-04]"), row("2027-01-01", "null"), name="make_up_workdays", unit="dates")
    (folder / "working_days.yaml").write_text(f"parameters:{free}{worked}\n", "utf-8")
    nanning, anywhere = (calendar_from(read(tmp_path), place) for place in ("450100000000", ""))

    assert [calendar.is_workday(date(2026, 4, 20)) for calendar in (nanning, anywhere)] == [False, True]
    assert nanning.years == anywhere.years == {2026}
    assert nanning.is_workday(date(2026, 1, 4))


def test_what_stands_without_a_known_figure_is_said_so(packs):
    known = packs(national=entry(row("2010-01-01", "not found"), row("2015-01-01", 7)))
    assert known.at("limits.missing_list", date(2012, 1, 1)).value is UNFOUND
    with pytest.raises(NoValue, match="whole number"):
        known.whole("limits.missing_list", date(2012, 1, 1))


@pytest.mark.parametrize("said", ["unfound", "'?'", "[]"])
def test_no_other_word_says_so(packs, said):
    with pytest.raises(Unfit):
        packs(national=entry(row("2010-01-01", said)))
