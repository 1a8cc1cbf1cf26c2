"""A run that was killed goes on where it was; two do not work at one result; what was asked otherwise is done anew."""

import fcntl
import io
from datetime import date

import pytest

from chengnuo.core.rules import Asked
from chengnuo.population import nesting, parts, processes, publishing, run, slices
from chengnuo.population.trouble import Trouble
from chengnuo.population.worker import Worker
from tests.unit.population import made

PEOPLE = [made.household(number, made.child(1), place="420526") for number in range(8)]


class Killed(BaseException):
    """What ends a process from outside."""


@pytest.fixture
def begun(tmp_path, monkeypatch):
    """A run of four slices that was killed in its third."""
    monkeypatch.setattr(slices, "HOUSEHOLDS", 2)
    files, work = made.flat(tmp_path, PEOPLE), Worker.work

    def killed(worker, which, read):
        if which.number == 2:
            raise Killed
        return work(worker, which, read)

    with monkeypatch.context() as while_killed:
        while_killed.setattr(Worker, "work", killed)
        with pytest.raises(Killed):
            made.ran(files, tmp_path / "out.parquet")
    assert not (tmp_path / "out.parquet").exists()
    return files


@pytest.fixture
def worked(monkeypatch):
    """The numbers of the slices that are worked at."""
    numbers, work = [], Worker.work
    monkeypatch.setattr(Worker, "work", lambda worker, *what: numbers.append(what[0].number) or work(worker, *what))
    return numbers


def test_it_goes_on_where_it_was(tmp_path, begun, worked):
    said = io.StringIO()
    done = run.run(made.order(begun, tmp_path / "out.parquet"), said)
    assert worked == [2, 3]
    assert "4 of 8 households were done before; it goes on from there." in said.getvalue()
    assert made.read(tmp_path / "out.parquet") == made.expected(PEOPLE)[0]
    assert done.tally["childcare-subsidy"] == {"420526": [0, 8, 0, 8 * 360000]}
    assert not (tmp_path / "out.parquet.parts").exists()


@pytest.mark.parametrize(
    "change", [{"asked": Asked(date(2025, 12, 31))}, {"digits": 2}, {"engine": "scalar"}, {"programmes": made.PROGRAMMES[:2], "others": made.PROGRAMMES}],
    ids=["another day", "other places", "another engine", "other programmes"],
)  # fmt: skip
def test_asked_otherwise_it_begins_anew(tmp_path, begun, worked, change):
    made.ran(begun, tmp_path / "out.parquet", **change)
    assert worked == [0, 1, 2, 3]


def test_of_other_files_it_begins_anew(tmp_path, begun, worked):
    made.flat(tmp_path, PEOPLE[:-1])
    made.ran(begun, tmp_path / "out.parquet")
    assert worked == [0, 1, 2, 3]


def test_under_other_rules_it_begins_anew(tmp_path, begun, worked, monkeypatch):
    monkeypatch.setattr(parts, "rules_version", lambda: "another")
    made.ran(begun, tmp_path / "out.parquet")
    assert worked == [0, 1, 2, 3]


def test_files_that_turn_out_not_to_be_in_order_are_sorted_and_cut_anew(tmp_path, monkeypatch):
    """Their row groups are, as far as the file says: only who reads them sees it."""
    monkeypatch.setattr(slices, "HOUSEHOLDS", 2)
    people = [PEOPLE[at] for at in (0, 1, 3, 2, 4, 5, 7, 6)]
    made.ran(made.flat(tmp_path, people), tmp_path / "out.parquet")
    assert made.read(tmp_path / "out.parquet") == made.expected(people)[0]


def test_two_runs_do_not_work_at_one_result(tmp_path):
    files = made.flat(tmp_path, PEOPLE)
    folder = tmp_path / "out.parquet.parts"
    folder.mkdir()
    with (folder / parts.LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Trouble, match=r"Another run works at out\.parquet\.parts"):
            made.ran(files, tmp_path / "out.parquet")
    made.ran(files, tmp_path / "out.parquet")


def linked(folder):
    folder.with_name("elsewhere").mkdir()
    folder.symlink_to(folder.with_name("elsewhere"))


def writable(folder):
    folder.mkdir()
    folder.chmod(0o777)


@pytest.mark.parametrize(
    "made_by", [linked, writable, lambda folder: folder.mkdir()], ids=["a link", "open", "another's"]
)
def test_a_folder_that_is_not_ours_is_neither_emptied_nor_removed(tmp_path, made_by):
    folder = tmp_path / "out.parquet.parts"
    made_by(folder)
    (folder / "thesis.txt").write_text("years of work")
    with pytest.raises(Trouble, match=r"(?s)out\.parquet\.parts is there already.*Move it elsewhere"):
        made.ran(made.flat(tmp_path, PEOPLE), tmp_path / "out.parquet")
    assert [path.name for path in folder.iterdir()] == ["thesis.txt"]


def test_a_link_to_a_folder_of_parts_is_not_followed(tmp_path, begun):
    folder = tmp_path / "out.parquet.parts"
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Trouble):
        made.ran(begun, tmp_path / "out.parquet")
    assert (tmp_path / "elsewhere" / parts.LOCK).exists()


def test_what_a_killed_run_leaves_is_for_nobody_else(tmp_path, begun):
    folder = tmp_path / "out.parquet.parts"
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o755)  # as an older version left it
    with parts.Parts(tmp_path / "out.parquet").held():
        assert folder.stat().st_mode & 0o777 == 0o700


def test_the_nested_form_is_made_of_nothing_that_another_run_left(tmp_path):
    files, out = made.as_csv(tmp_path, PEOPLE), tmp_path / "nested.parquet"
    with parts.Parts(out).held():
        for name in ("persons", "households"):
            (tmp_path / "nested.parquet.parts" / f"sorted.{name}.parquet").write_bytes(b"of other files")
    nesting.write(files, made.PROGRAMMES, out)
    assert len(made.read(out)) == len(PEOPLE)


def test_an_older_result_stays_until_the_new_one_is_whole(tmp_path, begun, monkeypatch):
    (tmp_path / "out.parquet").write_bytes(b"older")
    with monkeypatch.context() as broken:
        broken.setattr(publishing, "join", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            made.ran(begun, tmp_path / "out.parquet")
    assert (tmp_path / "out.parquet").read_bytes() == b"older"
    made.ran(begun, tmp_path / "out.parquet")
    assert made.read(tmp_path / "out.parquet") == made.expected(PEOPLE)[0]


def test_a_process_that_was_ended_is_said_in_words(tmp_path, monkeypatch):
    def broken(*_):
        raise processes.BrokenProcessPool

    class Pool:
        def __init__(self, *_):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return False

        submit = broken

        def shutdown(self, **_):
            pass

    monkeypatch.setattr(slices, "HOUSEHOLDS", 2)
    monkeypatch.setattr(processes, "ProcessPoolExecutor", Pool)
    with pytest.raises(Trouble, match=r"(?s)ended from outside.*it goes on where it was"):
        made.ran(made.flat(tmp_path, PEOPLE), tmp_path / "out.parquet", processes=2)
