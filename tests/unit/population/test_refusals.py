"""What may not stand in a population: one report tells all of it, and nothing is written."""

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from chengnuo.population.faults import Faulty
from chengnuo.population.trouble import Trouble
from tests.unit.population import made

IDENTITY = "110101199003074477"  # made up; its check digit is right


def refused(tmp_path, persons=None, households=None, people=made.SOME, files=None):
    """The report on files with some columns changed; nothing may be left behind."""
    own = made.tables(people)
    files = files or made.written(tmp_path, (persons or (lambda t: t))(own[0]), (households or (lambda t: t))(own[1]))
    before = set(tmp_path.iterdir())
    with pytest.raises(Faulty) as told:
        made.ran(files, tmp_path / "out.parquet")
    assert set(tmp_path.iterdir()) == before
    assert "Nothing was written" in str(told.value)
    return str(told.value)


def put(name, values, kind=None):
    """A table with this column instead."""

    def changed(table):
        array = pa.array(values, kind)
        there = name in table.column_names
        return (
            table.set_column(table.column_names.index(name), name, array) if there else table.append_column(name, array)
        )

    return changed


def without(name):
    return lambda table: table.drop_columns([name])


SIX = range(6)
PERSONS = [
    ("a column of names", put("name", ["x"] * 6), "persons, name: 1 × tells who somebody is"),
    ("a column of identity numbers", put("身份证号", ["x"] * 6), "身份证号: 1 × tells who somebody is"),
    ("a column of telephones", put("mobile_no", ["x"] * 6), "mobile_no: 1 × tells who somebody is"),
    ("a column misspelt", put("bron", ["x"] * 6), "persons, bron: 1 × is no column of a population. Instead: born"),
    ("a column nobody asks for", put("violations", [1] * 6), "violations: 1 × is no column of a population"),
    ("days as texts", put("born", ["2020-01-01"] * 6), "persons, born: 1 × is of type string. Instead: date32"),
    ("truths as numbers", put("rural", [1] * 6), "persons, rural: 1 × is of type int64. Instead: bool"),
    ("numbers with a point", put("children_living", [1.0] * 6), "children_living: 1 × is of type double. Instead: int32 or int64"),
    ("no ids", without("person_id"), "persons, person_id: 1 × is missing"),
    ("no roles", without("role"), "persons, role: 1 × is missing"),
    ("an id left empty", put("person_id", [1, None, 1, 2, 9, 3], pa.int64()), "persons, person_id: 1 × is empty"),
    ("a role that is none", put("role", ["child", "baby", None, "child", "person", "child"]), "persons, role: 2 × is no role ('baby', (empty))"),
    ("somebody twice", put("person_id", [1, 1, 1, 2, 3, 3]), "is there twice in one household (household 1)"),
    ("somebody without a household", put("household_id", [1, 1, 4, 5, 7, 9]), "persons, household_id: 1 × has no household in the households' file (5)"),
    ("somebody behind the last", put("household_id", [1, 1, 4, 4, 7, 10]), "1 × has no household in the households' file (10)"),
    ("more children than there are", put("children_living", [1, 31, -1, 0, 0, 0]), "children_living: 2 × out of range (31, -1). Instead: 0 to 30"),
    ("a year that no calendar has", put("first_claimed", [0, 2025, None, 10_000, 1, 1], pa.int64()), "first_claimed: 2 × out of range (0, 10000)"),
    ("a day that no calendar has", put("born", pa.array([3_000_000] + [0] * 5, pa.int32()).cast(pa.date32())), "born: 1 × out of range (3000000 days after 1970)"),
    ("both a value and none", put("died", [date(2020, 1, 1)] + [None] * 5, pa.date32()), "died: 1 × has a value, and died_none says that there is none (household 1)"),
    ("an identity number as id", put("person_id", [int(IDENTITY), *range(5)]), "person_id: 1 × looks like an identity number (1****************7)"),
    ("a telephone as id", put("person_id", [13_812_345_678, *range(5)]), "person_id: 1 × looks like a mobile number"),
    ("an identity number in a text", put("person_id", [f"p{IDENTITY}", *"12345"]), "looks like an identity number"),
    ("an old X", put("person_id", ["11010119900307109X", *"12345"]), "looks like an identity number"),
    ("names as ids", put("person_id", ["欧阳明", *"12345"]), "person_id: 1 × looks like a name (***)"),
    ("names in other letters", put("person_id", ["Anna Maria", *"12345"]), "person_id: 1 × looks like a name"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "change", "said"), PERSONS, ids=[row[0] for row in PERSONS])
def test_of_persons(tmp_path, sentence, change, said):
    assert said in refused(tmp_path, persons=change)


HOUSEHOLDS = [
    ("twice", put("household_id", [1, 1, 4, 7, 9]), "households, household_id: 1 × is there twice (1)"),
    ("no place", without("place"), "households, place: 1 × is missing"),
    ("not said whether all are named", without("adults_complete"), "households, adults_complete: 1 × is missing"),
    ("the name of a place", put("place", ["兴山县", None, "42", "42052", "4205261"]), "households, place: 3 × is no division code"),
    ("a place in other digits", put("place", ["４２０５２６"] * 5), "households, place: 5 × is no division code"),
    ("a place as a number", put("place", [420526] * 5), "households, place: 1 × is of type int64. Instead: string"),
    ("no id", put("household_id", [1, 2, 4, 7, None], pa.int64()), "households, household_id: 1 × is empty"),
    ("texts here and numbers there", put("household_id", list("abcde")), "persons, household_id: 1 × is of type int64, and string in households"),
    ("a column of persons", put("born", [None] * 5, pa.date32()), "households, born: 1 × is no column of a population"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "change", "said"), HOUSEHOLDS, ids=[row[0] for row in HOUSEHOLDS])
def test_of_households(tmp_path, sentence, change, said):
    assert said in refused(tmp_path, households=change)


def test_telephones_inside_ids(tmp_path):
    people = [made.household(f"{number}-13812345678") for number in range(5)]
    assert "households, household_id: 5 × looks like a mobile number (0***********8" in refused(tmp_path, people=people)


def test_a_column_twice(tmp_path):
    twice = refused(tmp_path, persons=lambda table: table.append_column("born", table["born"]))
    assert "persons, born: 1 × is there more than once" in twice


def test_one_report_tells_every_kind(tmp_path):
    def persons(table):
        return put("role", ["baby"] * 6)(
            put("household_id", [1, 1, 4, 5, 7, 9])(put("name", ["x"] * 6)(put("rural", [1] * 6)(table)))
        )

    said = refused(tmp_path, persons=persons, households=put("place", ["x"] * 5))
    assert "5 kinds of fault" in said
    assert said.count("\n- ") == 5


def test_faults_of_several_slices_are_counted_together(tmp_path, monkeypatch):
    monkeypatch.setattr("chengnuo.population.slices.HOUSEHOLDS", 2)
    people = [made.household(number, made.child(1, role="baby")) for number in range(7)]
    assert "persons, role: 7 × is no role ('baby')" in refused(tmp_path, people=people)


def test_a_household_twice_where_a_slice_is_cut(tmp_path, monkeypatch):
    monkeypatch.setattr("chengnuo.population.slices.HOUSEHOLDS", 2)
    people = [made.household(number) for number in (1, 2, 2, 3)]
    assert "households, household_id: 1 × is there twice (2)" in refused(tmp_path, people=people)


def test_households_twice_that_stand_apart(tmp_path):
    people = [made.household(number) for number in (3, 1, 2, 3)]
    assert "households, household_id: 1 × is there twice (3)" in refused(tmp_path, people=people)


CSV = [
    ("a day in words", "born", "May", "persons, born: 1 × cannot be read ('May'). Instead: 2026-12-31"),
    ("a day that no calendar has", "born", "2024-02-30", "born: 1 × cannot be read ('2024-02-30')"),
    ("a number with a point", "children_living", "1.5", "children_living: 1 × cannot be read ('1.5'). Instead: a whole number"),
    ("yes for true", "rural", "yes", "rural: 1 × cannot be read ('yes'). Instead: true or false"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "column", "value", "said"), CSV, ids=[row[0] for row in CSV])
def test_of_csv(tmp_path, sentence, column, value, said):
    files = made.as_csv(tmp_path, made.SOME[:1])
    head, first, *rest = files[0].read_text().splitlines()
    cells = first.split(",")
    cells[head.split(",").index(column)] = value
    files[0].write_text("\n".join([head, ",".join(cells), *rest]))
    assert said in refused(tmp_path, files=files)


def test_no_fault_tells_a_number_or_a_name(tmp_path):
    """Whatever column they stand in by mistake: also cut, they would tell where somebody is from and when they were born."""
    telling = [IDENTITY, "13812345678", "张三丰", f"no. {IDENTITY}"]
    reports = [
        refused(tmp_path, persons=put("role", [*telling, "child", "child"])),
        refused(tmp_path, households=put("place", [*telling, None])),
        refused(tmp_path, households=put("household_id", [int(IDENTITY)] * 5)),
        refused(tmp_path, persons=put("household_id", [int(IDENTITY)] * 6)),
        refused(tmp_path, persons=put("children_living", [13_812_345_678] * 6)),
    ]
    files = made.as_csv(tmp_path, made.SOME[:1])
    head, first, _ = files[0].read_text().splitlines()
    for text in telling:
        cells = first.split(",")
        cells[head.split(",").index("born")] = text
        files[0].write_text("\n".join([head, ",".join(cells)]))
        reports.append(refused(tmp_path, files=files))
    assert not [report for report in reports for text in (IDENTITY[:10], "1381", "张") if text in report]
    assert "is no role ('******************'" in reports[0]


def test_a_nested_file_is_looked_through_too(tmp_path):
    persons, _ = made.tables(made.SOME[:1])
    row = {
        "household_id": 1,
        "place": "x",
        "adults_complete": True,
        "children_complete": True,
        "persons": persons.drop_columns(["household_id"]).to_pylist(),
    }
    pq.write_table(pa.Table.from_pylist([row, row]), tmp_path / "nested.parquet")
    said = refused(tmp_path, files=[tmp_path / "nested.parquet"])
    assert "household_id: 1 × is there twice" in said
    assert "place: 2 × is no division code" in said


def test_what_cannot_be_read_at_all_is_said_in_words(tmp_path):
    for name in ("persons", "households"):
        (tmp_path / f"{name}.csv").write_text("household_id,place\n1,2\n1,2,3,张三丰\n")
    with pytest.raises(Trouble, match="cannot be read") as told:
        made.ran([tmp_path / "persons.csv", tmp_path / "households.csv"], tmp_path / "out.parquet")
    assert "got 4" in str(told.value)
    assert "张" not in str(told.value)
    (tmp_path / "population.duckdb").write_bytes(b"nothing" * 1000)
    with pytest.raises(Trouble, match="cannot be read"):
        made.ran([tmp_path / "population.duckdb"], tmp_path / "out.parquet")
