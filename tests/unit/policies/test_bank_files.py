"""The bank's files as data."""

from __future__ import annotations

import pytest
import yaml

from chengnuo.policies import bank_files as module
from chengnuo.policies.bank_files import bank_files
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import Unfit

HOUSEHOLDER = ("户主", "關係", "关系")


def test_no_layout_has_a_column_of_a_householder():
    headers = [header for layout in bank_files().layouts.values() for header in layout.values()]
    assert headers
    assert not [header for header in headers if any(word in header for word in HOUSEHOLDER)]


def test_a_column_that_is_not_among_ours_is_refused(tmp_path, monkeypatch):
    said = yaml.safe_load(module.FILE.read_text(encoding="utf-8"))
    said["layouts"]["one-card"]["columns"]["householder"] = "户主姓名"
    other = tmp_path / "bank_files.yaml"
    other.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(module, "FILE", other)
    with pytest.raises(Unfit, match="householder"):
        bank_files.__wrapped__()


def test_the_label_tells_no_programme():
    label = bank_files().label
    for programme in programmes():
        name = programme.words.name
        assert not {label.hans, label.hant, label.en} & {name.hans, name.hant, name.en}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("账号不存在", "number"),
        ("户名不符", "name"),
        ("已销户", "closed"),
        ("久悬户", "dormant"),
        ("通讯失败", "other"),
        ("", "other"),
    ],
)
def test_what_a_bank_writes_has_a_code(said, code):
    assert bank_files().reason_of(said) == code


def test_every_cause_and_reason_has_three_scripts():
    known = [*bank_files().causes.values(), *(reason.name for reason in bank_files().reasons.values())]
    assert all(text.hans and text.hant and text.en for text in known)
