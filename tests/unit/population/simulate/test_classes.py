"""Loads the class of a reform: from a file beside it, or from a module; what is wrong is said with what to write instead."""

import pytest

from chengnuo.policies.sheet import Sheet, Unfit
from chengnuo.population.simulate.classes import class_in

OLD = "from chengnuo.policies.national.programmes.bereaved import Bereaved as Old\n\n\n"
DOUBLE = OLD + "class Bereaved(Old):\n    amount = Old.amount * 2\n"


def loaded(folder, said="double.py", key="special-bereaved"):
    return class_in(Sheet("reform.yaml › programmes[1]", {"class": said}), folder, key)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "double.py").write_text(DOUBLE, encoding="utf-8")
    return tmp_path


def test_a_class_is_loaded_from_a_file_beside_the_reform(folder):
    found, files = loaded(folder)
    assert found.__name__ == "Bereaved"
    assert found.words.key == "special-bereaved"
    assert files == (folder / "double.py",)


def test_its_own_words_belong_to_the_reform(folder):
    (folder / "double.yaml").write_text("key: x", encoding="utf-8")
    assert loaded(folder)[1] == (folder / "double.py", folder / "double.yaml")


def test_what_it_reads_from_beside_it_belongs_to_the_reform(folder, monkeypatch):
    monkeypatch.syspath_prepend(folder)
    (folder / "factor_of_a_reform.py").write_text("from more_of_a_reform import TWO\n")
    (folder / "more_of_a_reform.py").write_text("TWO = 2\n")
    by_helper = "from factor_of_a_reform import TWO\n" + DOUBLE.replace("* 2", "* TWO")
    (folder / "double.py").write_text(by_helper, encoding="utf-8")
    names = ["double.py", "factor_of_a_reform.py", "more_of_a_reform.py"]
    assert [path.name for path in loaded(folder)[1]] == names


def test_a_class_is_loaded_from_a_module():
    found, files = loaded(None, "chengnuo.policies.national.programmes.bereaved")
    assert found.__module__ == "chengnuo.policies.national.programmes.bereaved"
    assert [path.suffix for path in files] == [".py", ".yaml"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("import nothing_of_this_name", "ModuleNotFoundError"),
        ("class Bereaved(", "SyntaxError"),
        ("undefined", "NameError"),
        (OLD + "Old.gone", "AttributeError"),
        (OLD + "Old()()", "TypeError"),
        (OLD + "class Bereaved(Old):\n    amount = Old.amount / 2\n", "does not say how to round"),
        (OLD + "class Bereaved(Old):\n    conditions = {'other': Old.conditions['one_child']}\n", "other"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(folder, text, what):
    (folder / "double.py").write_text(text, encoding="utf-8")
    with pytest.raises(Unfit) as error:
        loaded(folder)
    assert what in error.value.what
    assert error.value.where == "reform.yaml › programmes[1] › class"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "no programme"),
        (OLD, "no programme"),
        ("from chengnuo.policies.national.programmes.bereaved import Bereaved", "no programme"),
        (DOUBLE.replace("bereaved import Bereaved", "complications import Complications"), "special-complications"),
    ],
)
def test_a_file_without_the_programme_s_key_is_refused_with_what_it_has(folder, text, named):
    (folder / "double.py").write_text(text, encoding="utf-8")
    with pytest.raises(Unfit) as error:
        loaded(folder)
    assert named in error.value.what
    assert "key: special-bereaved" in error.value.instead


@pytest.mark.parametrize("said", ["gone.py", "sub/gone.py", "chengnuo.policies.gone"])
def test_what_is_not_there_is_refused(folder, said):
    with pytest.raises(Unfit, match="cannot be loaded"):
        loaded(folder, said)


def test_the_entry_says_nothing_else(folder):
    with pytest.raises(Unfit, match="not a key here"):
        class_in(Sheet("reform.yaml", {"class": "double.py", "clas": 1}), folder, "special-bereaved")


def test_two_reforms_may_call_their_files_alike(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "double.py").write_text(DOUBLE.replace("* 2", "* 3"), encoding="utf-8")
    assert loaded(folder)[0].amount.node != loaded(other)[0].amount.node
