"""The demo county is built by real processes: the same whatever the order of hashes, and gone on with after every kill."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chengnuo.foundation import keys
from tests.contracts.repository import ROOT

# eight processes, of which each builds a county
pytestmark = [pytest.mark.sqlite, pytest.mark.timeout(300)]
CASES, DAYS = "20", "70"
FACTS = {
    "cases": """SELECT p.key, c.sort, c.status, c.channel, c.received_at, c.finished_at, c.closed_at, c.word, c.reopened, h.key
        FROM cases_case c JOIN promises_promiseversion v ON v.id = c.promise_id JOIN promises_promise p ON p.id = v.promise_id
        JOIN people_post h ON h.id = c.holder_id""",
    "chapters": """SELECT c.received_at, s.move, s.at, s.facts, h.key FROM cases_chapter s
        JOIN cases_case c ON c.id = s.case_id LEFT JOIN people_post h ON h.id = s.post_id WHERE s.move <> 'offer'""",
    "duties": """SELECT kind, opened_at, due_at, broken_at, ended_at, discharged_at, outcome, next_at, next_level, discharge_reason IS NULL
        FROM promises_duty""",
    "levels": """SELECT e.level, e.due_at, noted_at, answer IS NULL, answered_at, o.key FROM promises_escalation e
        JOIN people_office o ON o.id = e.office_id""",
    "steps": """SELECT s.status, s.sort, s.asked_at, o.key FROM cases_step s JOIN people_office o ON o.id = s.office_id""",
    "ratings": "SELECT o.key, r.year, r.stars, r.told, r.waiting FROM cases_rating r JOIN people_office o ON o.id = r.office_id",
    "consents": "SELECT purpose, given_at FROM people_consent",
    "releases": """SELECT period, p."order", figures, published_at FROM promises_release r
        JOIN people_place p ON p.id = r.place_id""",
    "boards": """SELECT s.period, p."order", s.status, s.put_up_at, s.taken_down_at FROM openness_boardsheet s
        JOIN people_place p ON p.id = s.village_id""",
    "names": "SELECT gram FROM people_contactgram",
    "log": 'SELECT schema, "group", ref_kind, written_at FROM foundation_logentry',
}


def environment(folder: Path, seed: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {
        "CHENGNUO_VAR": str(folder), "CHENGNUO_DEMO": "1", "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "chengnuo.config.settings", "PYTHONUNBUFFERED": "1",
    }  # fmt: skip


def manage(folder: Path, seed: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(folder, seed), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def done(process: subprocess.Popen[str]) -> str:
    said, _ = process.communicate(timeout=100)
    assert process.returncode == 0, said
    return said


def told(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(folder / "chengnuo.sqlite3") as database:
        found = {name: sorted(map(repr, database.execute(question))) for name, question in FACTS.items()}
    database.close()
    return found


def acts(folder: Path) -> int:
    database = sqlite3.connect(folder / "chengnuo.sqlite3", timeout=20)
    try:
        return database.execute("SELECT count(*) FROM foundation_actkey").fetchone()[0]
    finally:
        database.close()


def killed(folder: Path, seed: str, *arguments: str, after: int) -> None:
    """Kills a build outright when it has done so many acts more."""
    begun, process = acts(folder), manage(folder, seed, *arguments)
    while process.poll() is None and acts(folder) < begun + after:
        time.sleep(0.01)
    assert process.poll() is None, f"it was through before it could be killed: {process.communicate()[0]}"
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.fixture(scope="module")
def counties(tmp_path_factory):
    """Two counties built at the same time, with other hashes; the second one is killed on its way."""
    whole, cut = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("cut")
    keys.create(whole / "keys.json")
    shutil.copy(whole / "keys.json", cut)  # so that the blind indexes of names are the same
    for step in (("migrate", "--verbosity=0"), ("build_demo",)):
        both = [manage(whole, "1", *step), manage(cut, "2", *step)]
        for process in both:
            done(process)
    year = ("build_demo", "--year", "--cases", CASES, "--days", DAYS)
    first = manage(whole, "1", *year)
    killed(cut, "3", *year, after=25)
    said = done(manage(cut, "4", *year))
    return whole, cut, done(first), said


@pytest.mark.parametrize("name", FACTS)
def test_it_is_the_same_county(counties, name):
    whole, cut, _, _ = counties
    one, other = told(whole)[name], told(cut)[name]
    assert len(one) > 5
    assert one == other


def test_it_says_when_the_year_is_filled_in(counties):
    *_, first, second = counties
    for said in (first, second):
        assert "the past is filled in" in said
        assert "breaks off" not in said


def test_a_year_that_is_filled_in_is_not_filled_in_again(counties):
    whole, *_ = counties
    before = told(whole)
    assert done(manage(whole, "5", "build_demo", "--year")) == ""
    assert done(manage(whole, "5", "build_demo")) == ""
    assert told(whole) == before


def test_a_first_page_that_was_cut_leaves_nothing_and_begins_anew(tmp_path):
    done(manage(tmp_path, "1", "migrate", "--verbosity=0"))
    process = manage(tmp_path, "1", "build_demo")
    time.sleep(1.5)
    process.kill()
    process.communicate()
    with sqlite3.connect(tmp_path / "chengnuo.sqlite3") as database:
        kept = [
            database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("people_cell", "cases_case")
        ]
    database.close()
    assert kept == [0, 0]
    done(manage(tmp_path, "1", "build_demo"))
    assert len(told(tmp_path)["cases"]) >= 60


def test_outside_the_demo_nothing_is_built(tmp_path):
    process = subprocess.run(
        [sys.executable, "manage.py", "build_demo"], cwd=ROOT, check=False, capture_output=True, text=True,
        env=environment(tmp_path, "1") | {"CHENGNUO_DEMO": "0"},
    )  # fmt: skip
    assert process.returncode != 0
    assert "Only the demo is built" in process.stderr
