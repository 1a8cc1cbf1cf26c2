"""The command, on a population that can be counted by hand: who gains, who loses, and what it costs."""

import csv
import json
from types import SimpleNamespace

import numpy as np
import pyarrow.parquet as pq
import pytest

from chengnuo.population import engines, run, worker
from chengnuo.population.command import main
from chengnuo.population.scalar import Scalar
from chengnuo.population.simulate import counting
from tests.unit.population.simulate.hand_made import (
    BEREAVED,
    HERE,
    ORDINARY,
    RAISED,
    THERE,
    YOUNGER,
    households,
    population,
    reform,
    row,
)

GAIN = {"special.bereaved_rural": 69000, "special.age": 45, "incentive.a_year": 84000}


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    """Ten bereaved at home and eight elsewhere receive more; nine who are younger newly; twelve with a child receive less."""
    folder = tmp_path_factory.mktemp("simulate")
    files = population(
        folder,
        households(BEREAVED, 10),
        households(BEREAVED, 8, THERE),
        households(YOUNGER, 9),
        households(ORDINARY, 12),
        households({**ORDINARY, "rural": False}, 20),
        households({**ORDINARY, "rural": False}, 20, THERE),
    )
    told = ["simulate", *files, "--on", "2026-12-31", "--reform", str(reform(folder, GAIN)), "--processes", "1"]
    assert main([*told, "--publish", str(folder / "dossier"), "-o", str(folder / "out"), "--language", "zh-hans"]) == 0
    return folder / "dossier"


def results(folder):
    with (folder / "results.csv").open(encoding="utf-8") as lines:
        return {(each["programme"], each["place"]): each for each in csv.DictReader(lines)}


def counts(record, *names):
    return [int(record[name]) for name in names]


def test_gainers_are_counted_and_what_they_cost(dossier):
    found = results(dossier)["special-bereaved", "all"]
    assert counts(found, "newly", "more", "less", "no_longer") == [9, 18, 0, 0]
    assert counts(found, "before", "after") == [18 * 12 * 59000, 18 * 12 * 69000 + 9 * 12 * 59000]


def test_losers_are_counted_and_what_they_lose(dossier):
    found = results(dossier)["rural-incentive", "all"]
    assert counts(found, "less", "newly", "more") == [12, 0, 0]
    assert int(found["difference"]) == -12 * 12000


def test_households_gain_and_lose_by_all_their_money(dossier):
    found = results(dossier)["families", "all"]
    assert counts(found, "people", "newly", "more", "less", "never") == [79, 9, 18, 12, 40]


def test_places_are_counted_apart(dossier):
    found = results(dossier)
    assert counts(found["special-bereaved", "429006"], "newly", "more", "people") == [0, 8, 28]
    assert counts(found["special-bereaved", "420526"], "newly", "more", "people") == [9, 10, 51]


def test_what_services_are_given_is_counted_without_money(dossier):
    found = results(dossier)["special-family-services", "all"]
    assert counts(found, "newly", "same") == [9, 18]
    assert found["before"] == ""


def test_the_report_and_its_charts_are_written_in_the_language(dossier):
    out = dossier.with_name("out")
    assert {path.name for path in out.iterdir()} >= {"report.zh-hans.html", "cost.zh-hans.svg", "winners.zh-hans.svg"}
    assert "新获得" in (out / "report.zh-hans.html").read_text(encoding="utf-8")


def test_the_dossier_says_how_it_was_made(dossier):
    about = json.loads((dossier / "about.json").read_text(encoding="utf-8"))
    assert about["day"] == "2026-12-31"
    assert about["households_determined_twice"] == 79


def test_small_places_are_withheld(tmp_path, capsys):
    files = population(tmp_path, households(BEREAVED, 3), households(BEREAVED, 30, THERE), households(ORDINARY, 30))
    told = ["simulate", *files, "--on", "2026-12-31", "--reform", str(reform(tmp_path, RAISED)), "--processes", "1"]
    assert main([*told, "--publish", str(tmp_path / "dossier")]) == 0
    found = results(tmp_path / "dossier")
    assert found["special-bereaved", "420526"]["more"] == found["special-bereaved", "429006"]["more"] == ""
    assert found["special-bereaved", "all"]["more"] == "33"
    assert "33" in capsys.readouterr().out


def test_a_changed_class_is_computed(tmp_path):
    words = "from chengnuo.policies.national.programmes.bereaved import Bereaved as Old\n"
    body = "class Bereaved(Old):\n    amount = Old.amount * 2\n"
    (tmp_path / "double.py").write_text(f'"""Twice as much."""\n\n{words}\n\n{body}', encoding="utf-8")
    files = population(tmp_path, households(BEREAVED, 10))
    changed = {"parameters": [], "programmes": [{"replaces": "special-bereaved", "class": "double.py"}]}
    path = reform(tmp_path, **changed)
    told = ["simulate", *files, "--on", "2026-12-31", "--reform", str(path), "--publish", str(tmp_path / "dossier")]
    assert main(told) == 0
    found = results(tmp_path / "dossier")["special-bereaved", "all"]
    assert counts(found, "more", "after") == [10, 10 * 24 * 59000]
    assert (tmp_path / "dossier" / "reform" / "double.py").exists()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"special.bereaved_rural": 59000}, "already"),
        ({"special.bereavd": 1}, "special.bereaved"),
        ({"special.bereaved_rural": [row(1, certainty="E")]}, "one of A, B, C, D"),
    ],
)
def test_what_cannot_stand_is_refused_in_words_before_anything_runs(tmp_path, capsys, values, said):
    told = [
        "simulate",
        "gone.parquet",
        "gone2.parquet",
        "--on",
        "2026-12-31",
        "--reform",
        str(reform(tmp_path, values)),
    ]
    assert main(told) == 1
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error


def test_a_dossier_is_not_overwritten_and_that_is_said_first(tmp_path, capsys):
    told = ["simulate", "a.parquet", "b.parquet", "--on", "2026-12-31", "--reform", str(tmp_path / "no.yaml")]
    assert main([*told, "--publish", str(tmp_path)]) == 1
    assert "there already" in capsys.readouterr().err


def test_places_are_those_that_are_asked_for(tmp_path):
    files = population(tmp_path, households(BEREAVED, 9, HERE), households(BEREAVED, 9, THERE))
    told = ["simulate", *files, "--on", "2026-12-31", "--reform", str(reform(tmp_path)), "--by", "province"]
    assert main([*told, "--publish", str(tmp_path / "dossier"), "--processes", "1"]) == 0
    assert {place for _, place in results(tmp_path / "dossier")} == {"42", "all"}


def test_only_the_programmes_that_are_named_are_computed(tmp_path):
    files = population(tmp_path, households(BEREAVED, 9))
    told = ["simulate", *files, "--on", "2026-12-31", "--reform", str(reform(tmp_path)), "--only", "special-bereaved"]
    assert main([*told, "--publish", str(tmp_path / "dossier"), "--processes", "1"]) == 0
    assert {programme for programme, _ in results(tmp_path / "dossier")} == {"families", "special-bereaved"}


def test_two_processes_find_what_one_does(tmp_path):
    files = population(tmp_path, households(BEREAVED, 9), households(ORDINARY, 9))
    told = ["simulate", *files, "--on", "2026-12-31", "--reform", str(reform(tmp_path))]
    for number in "12":
        assert main([*told, "--publish", str(tmp_path / number), "--processes", number]) == 0
    assert (tmp_path / "1" / "results.json").read_text() == (tmp_path / "2" / "results.json").read_text()


def test_a_class_may_ask_what_no_programme_asks_yet(tmp_path, capsys):
    body = """
from chengnuo.core.text3 import Text3
from chengnuo.policies.facts import person
from chengnuo.policies.national.programmes.bereaved import Bereaved as Old

later = person.PERSON.truth("later", Text3("以后", "以後", "asked later"))


class Bereaved(Old):
    amount = Old.amount * 2
    conditions = {**Old.conditions, "one_child": Old.conditions["one_child"] & later}
"""
    (tmp_path / "later.py").write_text(f'"""A new question."""\n{body}', encoding="utf-8")
    files = population(tmp_path, households(BEREAVED, 9))
    changed = {"parameters": [], "programmes": [{"replaces": "special-bereaved", "class": "later.py"}]}
    told = ["simulate", *files, "--on", "2026-12-31", "--reform", str(reform(tmp_path, **changed))]
    assert main([*told, "--publish", str(tmp_path / "dossier")]) == 0
    found = results(tmp_path / "dossier")["special-bereaved", "all"]
    assert counts(found, "undecided", "no_longer", "before", "after") == [9, 0, 0, 0]
    assert "changes nobody" not in capsys.readouterr().out


def test_more_places_than_can_be_guarded_together_are_refused(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(counting, "MOST_PLACES", 1)
    files = population(tmp_path, households(BEREAVED, 9), households(BEREAVED, 9, THERE))
    told = ["simulate", *files, "--on", "2026-12-31", "--reform", str(reform(tmp_path)), "--processes", "1"]
    assert main(told) == 1
    assert "2 places" in capsys.readouterr().err


def shuffled(files):
    """The same population in no order."""
    for file in files:
        table = pq.read_table(file)
        order = np.random.default_rng(3).permutation(len(table))
        pq.write_table(table.take(order).replace_schema_metadata(table.schema.metadata), file)


def test_a_population_in_no_order_comes_to_the_same(tmp_path):
    files = population(tmp_path, households(BEREAVED, 9), households(ORDINARY, 9, THERE), households(YOUNGER, 6))
    told = ["simulate", *files, "--on", "2026-12-31", "--reform", str(reform(tmp_path, GAIN)), "--processes", "1"]
    assert main([*told, "--publish", str(tmp_path / "sorted")]) == 0
    shuffled(files)
    assert main([*told, "--publish", str(tmp_path / "shuffled")]) == 0
    assert results(tmp_path / "sorted") == results(tmp_path / "shuffled")


@pytest.mark.parametrize("side", [0, 1])
def test_either_side_is_guarded_and_nothing_is_told_where_it_differs(tmp_path, capsys, monkeypatch, side):
    """A wrong evaluator of the reform alone is found as well as one of the law as it stands."""
    made_for = []

    class Wrong(Scalar):
        def __init__(self, programmes, parameters, asked):
            super().__init__(programmes, parameters, asked)
            rate = parameters.whole("special.bereaved_rural", asked.day)
            self.by = (rate == 59000) is (side == 0)
            made_for.append(rate)

        def determine(self, block):
            found = super().determine(block).items()
            return {key: each._replace(amount=each.amount + self.by * (each.outcome == 1)) for key, each in found}

    monkeypatch.setattr(engines, "Blocks", Wrong)
    files = population(tmp_path, households(BEREAVED, 9))
    told = ["simulate", *files, "--on", "2026-12-31", "--reform", str(reform(tmp_path)), "--processes", "1"]
    assert main([*told, "--publish", str(tmp_path / "dossier")]) == 1
    assert set(made_for) == {59000, 69000}
    assert "not what the scalar evaluator gives" in capsys.readouterr().err
    assert not (tmp_path / "dossier").exists()


def test_nobody_s_results_are_written_anywhere(tmp_path, monkeypatch):
    monkeypatch.setattr(worker, "write", pytest.fail)
    monkeypatch.setattr(run, "publishing", SimpleNamespace(look=lambda _: None, publish=pytest.fail))
    files = population(tmp_path, households(BEREAVED, 9))
    told = ["simulate", *files, "--on", "2026-12-31", "--reform", str(reform(tmp_path)), "--processes", "1"]
    assert main(told) == 0


def test_a_class_about_somebody_else_is_refused(tmp_path, capsys):
    body = """
from chengnuo.policies.facts import person
from chengnuo.policies.national.programmes.three_services import ThreeServices as Old


class ThreeServices(Old):
    who = person.PERSON
"""
    (tmp_path / "each.py").write_text(f'"""About each person."""\n{body}', encoding="utf-8")
    changed = {"parameters": [], "programmes": [{"replaces": "special-family-services", "class": "each.py"}]}
    told = ["simulate", "a.parquet", "b.parquet", "--on", "2026-12-31", "--reform", str(reform(tmp_path, **changed))]
    assert main(told) == 1
    assert "by a class about each person" in capsys.readouterr().err
