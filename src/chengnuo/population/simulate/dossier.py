"""A dossier that anybody can check: report, results, the reform itself, what it was computed from, and a digest of each file.

The population is described by counts and by digests under a salt (sealed.py), and is not in it. `sha256sum -c SHA256SUMS` checks the files without us.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from chengnuo.population.simulate.charts import svg
from chengnuo.population.simulate.figures import charts
from chengnuo.population.simulate.found import Found
from chengnuo.population.simulate.machine_form import as_csv, as_json
from chengnuo.population.simulate.report import report
from chengnuo.population.simulate.sealed import ABOUT, digests, keep_salt, look_beside, salt_of
from chengnuo.population.simulate.words import LANGUAGES
from chengnuo.population.trouble import Trouble

SUMS, REFORM = "SHA256SUMS", "reform"
SCHEMA = "chengnuo.dossier/2"


def publish(found: Found, inputs: Iterable[Path], folder: Path) -> None:
    """Whole or not at all, in a folder that is not there yet. Raises Trouble."""
    inputs = list(inputs)
    free(folder)
    look_beside(folder, inputs, found.by)
    folder.parent.mkdir(parents=True, exist_ok=True)
    salt = keep_salt(folder)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name, text in _texts(found, digests(salt, inputs)):
            (new / name).write_text(text, encoding="utf-8")
        _reform(found, new / REFORM)
        (new / SUMS).write_text(_sums(new), encoding="utf-8")
        new.chmod(0o755)
        new.replace(folder)
    except BaseException:
        salt_of(folder).unlink()
        raise
    finally:
        shutil.rmtree(new, ignore_errors=True)


def free(folder: Path) -> None:
    """Raises Trouble where something stands already."""
    if folder.exists() or salt_of(folder).exists():
        what = f"{folder} is there already."
        raise Trouble(what, "Name a new folder: a dossier that was published is not changed.")


def differing(folder: Path) -> list[str]:
    """The files of a dossier that are not what its digests say, that are missing, or that are too many; none where all is well."""
    told = dict(line.split("  ")[::-1] for line in (folder / SUMS).read_text(encoding="utf-8").splitlines())
    there = {name: _digest(folder / name) for name in _files(folder)}
    return sorted(name for name in {*told, *there} if told.get(name) != there.get(name))


def pictures(found: Found, language: str) -> Iterator[tuple[str, str]]:
    """Each chart as a file of its own."""
    for chart in charts(found, language):
        yield f"{chart.key}.{language}.svg", svg(chart) + "\n"


def _texts(found: Found, population: Sequence[str]) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        yield f"report.{language}.html", report(found, language)
        yield from pictures(found, language)
    yield "results.csv", as_csv(found)
    yield "results.json", as_json(found)
    yield ABOUT, json.dumps(_about(found, population), ensure_ascii=False, indent=1) + "\n"


def _about(found: Found, population: Sequence[str]) -> Mapping[str, object]:
    return {
        "schema": SCHEMA,
        "rules": found.rules,
        "day": found.asked.day.isoformat(),
        "known": found.asked.known.isoformat(),
        "programmes": [each.words.key for each in found.programmes],
        "households_determined_twice": found.sample,
        "fictional": found.fictional,
        "by": found.by,
        "population": {"hmac_sha256": population, "counts": dict(found.people)},
    }


def _reform(found: Found, folder: Path) -> None:
    folder.mkdir()
    for path in found.reform.files:
        shutil.copyfile(path, folder / path.name)


def _files(folder: Path) -> list[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if name != SUMS)


def _sums(folder: Path) -> str:
    return "".join(f"{_digest(folder / name)}  {name}\n" for name in _files(folder))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
