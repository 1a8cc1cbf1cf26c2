"""The command line of populations: what it says at the end, what it answers to what cannot be, and what it carries."""

import re
import subprocess
import sys

import pytest

from chengnuo.population import command, engines, optional, processes
from chengnuo.population.laws import Laws
from chengnuo.population.trouble import Trouble
from tests.unit.population import made

DAY = ("--on", "2026-12-31")


@pytest.fixture
def said(capsys):
    """What a command line is answered with: its code, what it says, and what it says of the way."""

    def answer(*arguments):
        code = command.main([str(each) for each in arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    return answer


def test_a_population_is_determined_and_summed_up(tmp_path, said):
    people = [made.household(number, made.child(1), place="420526") for number in range(9)]
    files = made.flat(tmp_path, people)
    out = tmp_path / "out.parquet"
    code, told, way = said("determine", *files, *DAY, "-o", out, "--only", "childcare-subsidy", "--processes", 1)
    assert code == 0
    assert "childcare-subsidy  420526         9             0          0  3,240,000" in told
    assert f"9 persons in 9 households: {out}" in told
    assert "9 households were drawn" in told
    assert "100 %  9 of 9 households" in way
    lines = (tmp_path / "out.summary.csv").read_text().splitlines()
    assert lines[:2] == [
        "programme,place,entitled,not_entitled,undecided,amount",
        "childcare-subsidy,420526,9,0,0,3240000",
    ]


def test_by_province(tmp_path, said):
    people = [made.household(number, made.child(1), place=f"{41 + number % 2}0526") for number in range(12)]
    code, told, _ = said("determine", *made.flat(tmp_path, people), *DAY, "-o", tmp_path / "out.parquet", "--by", 2)
    assert code == 0
    assert re.search(r"childcare-subsidy +41 +6 ", told)


def test_a_population_is_nested(tmp_path, said):
    nested = tmp_path / "nested.parquet"
    assert said("nest", *made.flat(tmp_path, made.SOME), "-o", nested)[0] == 0
    assert said("determine", nested, *DAY, "-o", tmp_path / "out.parquet")[0] == 0
    assert len(made.read(tmp_path / "out.parquet")) == 6


def test_faults_are_reported_and_nothing_is_nested(tmp_path, said):
    people = [made.household(1, made.child(1, role="baby"))]
    files = made.flat(tmp_path, people)
    for arguments in (
        ("nest", *files, "-o", tmp_path / "o.parquet"),
        ("determine", *files, *DAY, "-o", tmp_path / "o.parquet"),
    ):
        code, told, way = said(*arguments)
        assert (code, told) == (1, "")
        assert "role: 1 × is no role ('baby')" in way
    assert not list(tmp_path.glob("o.*"))


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["determine", "persons.parquet", "households.parquet", *DAY], "Nobody said where the results go"),
        (["determine", "persons.parquet", "households.parquet", *DAY, "-o", "out.parquet"], "persons.parquet"),
        (["determine", "persons.txt", *DAY, "-o", "out.parquet"], "persons.txt"),
        (["nest", "persons.txt", "-o", "nested.parquet"], "is no population"),
    ],
)
def test_what_cannot_be_is_said_in_words(tmp_path, monkeypatch, said, arguments, answer):
    monkeypatch.chdir(tmp_path)
    code, told, way = said(*arguments)
    assert (code, told) == (1, "")
    assert answer in way
    assert "Traceback" not in way


def test_stopping_it_is_no_error_of_ours(said, monkeypatch, tmp_path):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(processes, "run", stopped)
    code, _, way = said("determine", *made.flat(tmp_path, made.SOME), *DAY, "-o", tmp_path / "out.parquet")
    assert code == 130
    assert way.endswith("Stopped.\n")


def test_a_package_that_is_not_installed_is_named_with_its_extra(monkeypatch):
    def missing(_):
        raise ModuleNotFoundError("No module named 'numba'", name="numba")

    monkeypatch.setattr(optional.importlib, "import_module", missing)
    with pytest.raises(Trouble, match=r"(?s)needs numba.*chengnuo\[fast\]"):
        engines.engine("fused")


def test_a_mistake_of_ours_is_not_taken_for_a_missing_package(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(name, name=name)

    monkeypatch.setattr(optional.importlib, "import_module", missing)
    with pytest.raises(ModuleNotFoundError):
        optional.load("chengnuo.population.gone", extra="population")


def test_the_help_and_one_family_need_no_array_and_no_django():
    code = (
        "import sys; from chengnuo.population import command\n"
        "from chengnuo.population.commands import determine\n"
        "print([m for m in ('numpy', 'pyarrow', 'duckdb', 'numba', 'pyspark', 'django') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_every_engine_has_the_surface_of_the_others():
    for name in ("scalar", "blocks"):
        laws = Laws(engines.engine(name), made.PROGRAMMES, made.parameters(), made.ASKED)
        assert hasattr(laws.evaluator(laws.number(None)), "determine")


def test_a_run_loads_no_pandas_where_it_is_installed(tmp_path):
    """Arrow loads it at many a door; it takes a second of each process."""
    persons, households = made.flat(tmp_path, made.SOME)
    code = (
        "import sys; from chengnuo.population.command import main\n"
        f"main(['determine', '{persons}', '{households}', '--on', '2026-12-31', '-o', '{tmp_path}/out.parquet', '--processes', '1'])\n"
        "sys.exit('pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
