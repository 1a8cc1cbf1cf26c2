"""The words of a programme, from the YAML file beside its class:

key: childcare-subsidy
name: {hans: …, hant: …, en: …}
payer, period: {…}
provider: {…} # who takes the claim or does the service, where that is not who pays
on_paper: {…} # heads a letter, where the name tells of a loss
sensitive: true # nobody who claims it is named in public, whatever a rule says
sources: {plan: {document: …, article: …, date: …}} # the first is the programme's own
conditions: {born_from: {name: {…}, source: plan}}
exits: {death: {…}} # said so that it holds while the support goes on
steps: {months: {…}}
untested: [{name: {…}, source: plan}]
notes: [{says: {…}}]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from chengnuo.core.rules import Source, Untested, Words
from chengnuo.core.text3 import Text3
from chengnuo.policies.parameter_files import source
from chengnuo.policies.sheet import Sheet, Unfit


def beside(module: str) -> Words:
    """The words of the programme in a module's file. Raises Unfit."""
    path = Path(module).with_suffix(".yaml")
    if not path.exists():
        what, why = "is missing.", "A programme's words stand beside its class."
        raise Unfit(f"{path.parent.parent.name}/{path.name}", what, why, "a file with key, name, payer, period, …")
    sheet = Sheet.of(path)
    sources = {key: source(each) for key, each in _by_key(sheet, "sources")}
    words = Words(
        key=sheet.slug(),
        name=sheet.text3("name"),
        payer=sheet.text3("payer"),
        period=sheet.text3("period"),
        source=next(iter(sources.values())),
        conditions={key: _line(each, sources) for key, each in _by_key(sheet, "conditions")},
        exits=_texts(sheet, "exits"),
        steps=_texts(sheet, "steps"),
        untested=tuple(Untested(*_line(line, sources)) for line in _optional(sheet, "untested")),
        notes=tuple(line.text3("says") for line in _optional(sheet, "notes")),
        provider=sheet.text3("provider") if "provider" in sheet else None,
        on_paper=sheet.text3("on_paper") if "on_paper" in sheet else None,
        sensitive="sensitive" in sheet and sheet.flag("sensitive"),
    )
    sheet.close()
    return words


def _by_key(sheet: Sheet, key: str) -> Iterator[tuple[str, Sheet]]:
    """The mappings of a mapping; none where the key is left out."""
    keys = sheet.keys(key)
    inner = sheet.sheet(key) if keys else sheet
    for each in keys:
        yield each, inner.sheet(each)


def _texts(sheet: Sheet, key: str) -> dict[str, Text3]:
    keys = sheet.keys(key)
    inner = sheet.sheet(key) if keys else sheet
    return {each: inner.text3(each) for each in keys}


def _optional(sheet: Sheet, key: str) -> Iterator[Sheet]:
    return sheet.sheets(key) if key in sheet else iter(())


def _line(sheet: Sheet, sources: Mapping[str, Source]) -> tuple[Text3, Source]:
    line = sheet.text3("name"), sources[sheet.choice("source", sources)]
    sheet.close()
    return line
