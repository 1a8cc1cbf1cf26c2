"""A population that can be counted by hand: who is in it and what each of them receives is said here."""

from datetime import date
from pathlib import Path

import yaml

from chengnuo.core.rules import Asked, Household
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from chengnuo.population.simulate.law import Law
from chengnuo.population.synth.edges.swept import Edge
from chengnuo.population.synth.edges.told import told
from chengnuo.population.synth.edges.typical import typical
from chengnuo.population.synth.writing import HOUSEHOLDS, PERSONS, write

NOW = 2026
ASKED = Asked(date(NOW, 12, 31))
HERE, THERE = "420526101001", "429006"
ORDINARY, BEREAVED = (family.members["person"][0] for family in typical(NOW)[:2])
YOUNGER = {**BEREAVED, "born": date(NOW - 47, 6, 1), "rural": False}
SOURCE = {"document": "测算用的假设", "date": date(2025, 12, 1)}
RAISED = {"special.bereaved_rural": 69000}


def law():
    return Law(programmes(), parameters())


def households(adult, count, place=HERE):
    return [Edge(place, Household({}, {"person": [adult]}))] * count


def population(folder: Path, *families) -> list[str]:
    """Its two files, for the command."""
    write(folder, [told([each for some in families for each in some], 1)], {})
    return [str(folder / PERSONS), str(folder / HOUSEHOLDS)]


def row(value, **changed):
    return {
        "from": date(NOW, 1, 1),
        "known_since": date(2025, 12, 1),
        "value": value,
        "certainty": "D",
        "source": SOURCE,
    } | changed


def reform(folder: Path, values=RAISED, **changed) -> Path:
    """A file that sets these parameters; `changed`: its other keys, or other parameters."""
    said = {
        "title": {"hans": "提高", "hant": "提高", "en": "a raise"},
        "parameters": [
            {"name": name, "values": value if isinstance(value, list) else [row(value)]}
            for name, value in values.items()
        ],
    } | changed
    path = folder / "reform.yaml"
    path.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    return path
