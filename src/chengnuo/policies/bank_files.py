"""The files that go to the bank and come back, the reasons for which it fails, and why money is late: as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from chengnuo.core.text3 import Text3
from chengnuo.policies.loader import PACKS
from chengnuo.policies.sheet import Sheet

FILE = PACKS / "bank_files.yaml"
COLUMNS = ("number", "label", "batch", "place", "name", "identity", "bank", "account", "sum", "key")
RETURNED = ("key", "sum", "state", "reason", "day")
OTHER = "other"


@dataclass(frozen=True)
class Reason:
    """Why the bank did not book a payment; `said`: words by which it is known in a returned file."""

    name: Text3
    said: tuple[str, ...]


@dataclass(frozen=True)
class BankFiles:
    """The whole file. `payer`: key of the office that pays; `layouts`: headers by column, in their order, by layout; `returned`: the headers of each column."""

    payer: str
    label: Text3
    layouts: Mapping[str, Mapping[str, str]]
    returned: Mapping[str, tuple[str, ...]]
    succeeded: tuple[str, ...]
    failed: tuple[str, ...]
    reasons: Mapping[str, Reason]
    causes: Mapping[str, Text3]

    def reason_of(self, words: str) -> str:
        """The code of what a bank wrote."""
        return next((code for code, each in self.reasons.items() if any(word in words for word in each.said)), OTHER)


@cache
def bank_files() -> BankFiles:
    """Raises Unfit."""
    sheet = Sheet.of(FILE)
    names, layouts = sheet.keys("layouts"), sheet.sheet("layouts")
    codes, reasons = sheet.keys("reasons"), sheet.sheet("reasons")
    late, causes = sheet.keys("causes"), sheet.sheet("causes")
    headers = sheet.sheet("returned")
    found = BankFiles(
        payer=sheet.slug("payer"),
        label=sheet.text3("label"),
        layouts={name: _layout(layouts.sheet(name).sheet("columns")) for name in names},
        returned={name: headers.strings(name) for name in RETURNED},
        succeeded=sheet.strings("succeeded"),
        failed=sheet.strings("failed"),
        reasons={code: _reason(reasons.sheet(code)) for code in codes},
        causes={code: causes.sheet(code).text3("name") for code in late},
    )
    sheet.close()
    return found


def _layout(sheet: Sheet) -> dict[str, str]:
    """A column that is not among those here, such as a householder's, is refused."""
    found = {name: str(sheet.take(name, str, "序号")) for name in list(sheet) if name in COLUMNS}
    sheet.close()
    return found


def _reason(sheet: Sheet) -> Reason:
    said = sheet.take("said", list, "[销户]")
    return Reason(sheet.text3("name"), tuple(map(str, said)))
