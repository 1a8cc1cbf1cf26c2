"""The how-to page holds: its reform and its class are read as they stand there, and touch what they say."""

import re
from pathlib import Path

import pytest

from chengnuo.policies.loader import parameters
from chengnuo.population.simulate.law import pair
from chengnuo.population.simulate.reform import read
from tests.contracts.repository import ROOT
from tests.unit.population.simulate.hand_made import ASKED, law

PAGE = (ROOT / "docs/how-to/simulate-a-reform.md").read_text(encoding="utf-8")
RAISE, REPLACES = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
(CLASS,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "bereaved.py").write_text(CLASS, encoding="utf-8")
    (tmp_path / "raise.yaml").write_text(RAISE, encoding="utf-8")
    (tmp_path / "class.yaml").write_text(RAISE.splitlines()[0] + "\n" + REPLACES, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("file", ["raise.yaml", "class.yaml"])
def test_the_page_s_files_are_a_reform(folder, file):
    both = pair(law(), read(folder / file, parameters()), ASKED)
    assert {"special-bereaved", "rural-incentive"} <= {each.words.key for each in both.after.programmes}
