"""A dossier is verified by its digests, holds the reform and no population, and is written whole or not at all."""

import hashlib
import json
import subprocess
from dataclasses import replace

import pytest

from chengnuo.population.simulate.dossier import SUMS, differing, publish
from chengnuo.population.simulate.sealed import ABOUT, salt_of
from chengnuo.population.trouble import Trouble
from tests.unit.population.simulate.test_report import found_with


@pytest.fixture
def inputs(tmp_path):
    path = tmp_path / "persons.parquet"
    path.write_bytes(b"opaque and private")
    return [path]


@pytest.fixture
def folder(tmp_path, inputs):
    publish(found_with(tmp_path, 40, 3, 2), inputs, tmp_path / "made" / "dossier")
    return tmp_path / "made" / "dossier"


def test_every_file_is_what_its_digest_says(folder):
    assert not differing(folder)
    assert subprocess.run(["sha256sum", "-c", "--quiet", SUMS], cwd=folder, check=False).returncode == 0


@pytest.mark.parametrize("change", ["changed", "gone", "new"])
def test_a_file_that_was_changed_is_found(folder, change):
    path = folder / ("results.csv" if change != "new" else "other.txt")
    path.unlink() if change == "gone" else path.write_text("other", encoding="utf-8")
    assert differing(folder) == [path.name]


def test_the_reports_stand_in_three_languages_beside_results_and_charts(folder):
    names = {path.name for path in folder.iterdir()}
    assert {f"report.{each}.html" for each in ("zh-hans", "zh-hant", "en")} <= names
    assert {"results.csv", "results.json", ABOUT, SUMS, "cost.en.svg"} <= names


def test_the_reform_is_there_as_it_was_written(folder, tmp_path):
    assert (folder / "reform" / "reform.yaml").read_bytes() == (tmp_path / "reform.yaml").read_bytes()


def test_the_population_is_described_and_not_copied(folder, inputs):
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    assert about["population"]["counts"]["household"] == 1_500
    assert len(about["rules"]) == 64
    told = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"opaque and private" not in told


def test_nobody_but_its_office_knows_the_population_again(folder, inputs):
    """Whoever guesses what a small file holds cannot confirm it, and its name tells nothing; the office can."""
    told = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file()).decode()
    assert hashlib.sha256(b"opaque and private").hexdigest() not in told
    assert "persons" not in json.dumps(json.loads((folder / ABOUT).read_text())["population"]["hmac_sha256"])
    salt = salt_of(folder)
    assert salt.stat().st_mode & 0o777 == 0o600
    key = salt.read_text().strip()
    assert key not in told
    how = ["openssl", "dgst", "-sha256", "-r", "-mac", "HMAC", "-macopt", f"hexkey:{key}", str(inputs[0])]
    found = subprocess.run(how, check=True, capture_output=True, text=True).stdout.split()[0]
    assert json.loads((folder / ABOUT).read_text())["population"]["hmac_sha256"] == [found]


def test_one_population_is_not_published_by_two_levels_side_by_side(folder, tmp_path, inputs):
    by_township = replace(found_with(tmp_path, 40, 3, 2), by="township")
    with pytest.raises(Trouble, match=r"(?s)dossier tells of the same people by county.*Publish by county"):
        publish(by_township, inputs, folder.with_name("second"))
    assert {path.name for path in folder.parent.iterdir()} == {"dossier", "dossier.salt"}
    publish(found_with(tmp_path, 40, 3, 2), inputs, folder.with_name("another_reform"))
    inputs[0].write_bytes(b"other people")
    publish(by_township, inputs, folder.with_name("second"))


def test_results_are_guarded_in_json_too(folder):
    said = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    counts = {value for one in said["results"] for key, value in one.items() if isinstance(value, int)}
    assert not counts & {1, 2, 3, 4}
    assert said["schema"] == "chengnuo.simulation/1"


def test_a_dossier_that_was_published_is_not_changed(folder, tmp_path, inputs):
    before = (folder / SUMS).read_bytes()
    with pytest.raises(Trouble, match="there already"):
        publish(found_with(tmp_path, 1, 1, 1), inputs, folder)
    assert (folder / SUMS).read_bytes() == before


def test_nothing_is_left_where_publishing_fails(tmp_path):
    with pytest.raises(FileNotFoundError):
        publish(found_with(tmp_path, 40, 30, 20), [tmp_path / "gone.parquet"], tmp_path / "made" / "dossier")
    assert not list((tmp_path / "made").iterdir())


def test_the_same_simulation_makes_the_same_dossier_but_for_the_salt(folder, tmp_path, inputs):
    publish(found_with(tmp_path, 40, 3, 2), inputs, tmp_path / "again")
    lines = [set((each / SUMS).read_text().splitlines()) for each in (tmp_path / "again", folder)]
    assert {line.split()[1] for line in lines[0] ^ lines[1]} == {ABOUT}
