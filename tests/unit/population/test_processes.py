"""One process a core by default, each with slices that lie beside one another."""

import os

import pytest

from chengnuo.population import parts, processes, slices
from chengnuo.population.identity import masked
from chengnuo.population.processes import _length, cores
from chengnuo.population.trouble import NotDone, Trouble
from chengnuo.population.worker import Worker
from tests.unit.population import made


def test_as_many_as_this_machine_lets_us_have():
    assert 1 <= cores() <= (os.cpu_count() or 1)


@pytest.mark.parametrize(("slices", "count", "length"), [(1, 2, 1), (7, 2, 1), (16, 2, 2), (100, 2, 4), (1000, 64, 3)])
def test_slices_are_handed_out_in_runs_short_enough_to_share(slices, count, length):
    assert _length(range(slices), count) == length


def test_a_process_keeps_its_worker(monkeypatch):
    made_here = []
    monkeypatch.setattr(processes, "HERE", [])
    monkeypatch.setattr(processes, "Worker", lambda task: made_here.append(task) or made_here)
    processes.begin("task")
    processes.begin("another")
    assert len(processes.HERE) == 1


def test_a_copy_of_this_process_works_with_what_is_ready_here(tmp_path, monkeypatch):
    """The processes of the pool know what was put into this one before they began, and it keeps nothing of them."""
    monkeypatch.setattr(slices, "HOUSEHOLDS", 2)
    begun = []
    monkeypatch.setattr(processes, "Worker", lambda task: begun.append(os.getpid()) or Worker(task))
    made.ran(made.flat(tmp_path, made.SOME), tmp_path / "out.parquet", processes=2)
    assert begun == [os.getpid()]
    assert processes.HERE == []
    assert made.read(tmp_path / "out.parquet") == made.expected(made.SOME)[0]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "persons.parquet"
    path.write_bytes(bytes(range(256)) * 3000)
    return path


@pytest.mark.parametrize("at", [0, 100, 65_536, 400_000, 767_999])
def test_a_file_that_was_changed_is_another(file, at):
    before, told = parts.fingerprint(file), file.stat()
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)
    os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert parts.fingerprint(file)["digest"] != before["digest"]


def test_a_file_that_was_written_again_is_another_by_its_time(file):
    before = parts.fingerprint(file)
    os.utime(file, ns=(1, 1))
    after = parts.fingerprint(file)
    assert after["digest"] == before["digest"]
    assert after != before


def test_a_change_between_the_pieces_is_found_though_its_time_was_set_back(tmp_path):
    file = tmp_path / "persons.parquet"
    file.write_bytes(bytes(5 << 20))
    before, told = parts.fingerprint(file), file.stat()
    with file.open("r+b") as opened:
        opened.seek(70_000)
        opened.write(b"x")
    os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))
    after = parts.fingerprint(file)
    assert after["digest"] == before["digest"]
    assert after != before


def test_a_small_and_an_empty_file_have_fingerprints(tmp_path):
    for name, data in (("a", b""), ("b", b"x"), ("c", b"y")):
        (tmp_path / name).write_bytes(data)
    assert len({parts.fingerprint(tmp_path / name)["digest"] for name in "abc"}) == 3


def test_the_version_of_the_rules_is_one_and_covers_law_and_program():
    version = parts.rules_version()
    assert version == parts.rules_version()
    assert len(version) == 64
    assert set(parts.RULES) == {"core/rules", "policies", "population"}


def test_the_seed_of_the_guard_follows_from_the_input_alone(tmp_path):
    files = made.flat(tmp_path, made.SOME)
    seeds = {made.ran(files, tmp_path / out).seed for out in ("one.parquet", "two.parquet")}
    assert len(seeds) == 1
    made.flat(tmp_path, made.SOME[:-1])
    assert made.ran(files, tmp_path / "one.parquet").seed not in seeds


def test_troubles_are_two_sentences():
    trouble = Trouble("It rains.", "Wait.")
    assert isinstance(trouble, NotDone)
    assert str(trouble) == "It rains.\n  Instead: Wait."
    assert (trouble.what, trouble.instead) == ("It rains.", "Wait.")


@pytest.mark.parametrize("text", ["13812345678", 110101199003074477])
def test_what_a_report_shows_is_no_number(text):
    assert str(text)[2:-2] not in masked(text)
