"""What is signed is a short text, a fact a line: everybody can write it again and compare."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chengnuo.core.log import Head, Receipt

ROOT = "ab" * 32
HEAD = Head(
    origin="chengnuo/420526",
    epoch=2,
    size=1500,
    root=ROOT,
    at="2026-03-02T02:00:00Z",
    before=f"1/1400/{ROOT}",
)
RECEIPT = Receipt(
    origin="chengnuo/420526",
    epoch=2,
    leaf="cd" * 32,
    issued="2026-03-02T02:00:00Z",
    within=3600,
    head_size=1500,
    head_root=ROOT,
)


def test_the_text_of_a_head():
    assert HEAD.text() == (f"chengnuo/420526\n1500\n{ROOT}\nepoch 2\nat 2026-03-02T02:00:00Z\nbefore 1/1400/{ROOT}\n")
    assert replace(HEAD, epoch=1, before="-").text().endswith("epoch 1\nat 2026-03-02T02:00:00Z\nbefore -\n")


def test_the_text_of_a_receipt():
    assert RECEIPT.text() == (
        f"chengnuo/420526 receipt\n{'cd' * 32}\nepoch 2\nissued 2026-03-02T02:00:00Z\nwithin 3600\nhead 1500 {ROOT}\n"
    )


@pytest.mark.parametrize("said", [HEAD, RECEIPT], ids=["head", "receipt"])
def test_every_fact_is_in_the_text(said):
    changes = {
        name: replace(said, **{name: value + 1 if isinstance(value, int) else value + "x"})
        for name, value in vars(said).items()
    }
    texts = {each.text() for each in changes.values()}
    assert len(texts) == len(changes)
    assert said.text() not in texts


def test_a_receipt_can_never_be_taken_for_a_head():
    assert RECEIPT.text().splitlines()[0] != HEAD.text().splitlines()[0]
