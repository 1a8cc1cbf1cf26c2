"""The laws of the README: nothing of a cell in a sentence, nothing never recorded, nothing kept for longer than it is needed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.text3 import Text3
from chengnuo.foundation import files
from chengnuo.foundation.models import LogEntry, StoredFile
from chengnuo.imports import queries
from chengnuo.imports.days import day
from chengnuo.imports.faults import Unreadable
from chengnuo.imports.header import find
from chengnuo.imports.kinds import choice, fen, identity, place_code, text
from chengnuo.imports.layout import Column, Layout
from chengnuo.imports.models import ImportBatch, ImportChunk
from chengnuo.imports.operations import onward
from chengnuo.imports.reader import Sheet
from chengnuo.imports.refusals import FileRefused
from chengnuo.web.tables.words import line_of
from tests.factories import county
from tests.factories.register import HEAD, LAYOUT, admin, applied, people, rehearsed, sent, undone

NOW = county.MONDAY
SEX = choice({"f": ("女",), "m": ("男",)})
CELLS = st.one_of(st.text(max_size=40), st.integers(), st.floats(allow_nan=False, allow_infinity=False))


def refusal(*rows):
    with pytest.raises(FileRefused) as refused:
        find([Sheet("csv", "", [list(row) for row in rows])], LAYOUT)
    return refused.value


@pytest.mark.parametrize("kind", [identity, fen, place_code, day, text(5), SEX])
@given(cell=CELLS)
def test_any_cell_is_read_or_named_unreadable_and_nothing_else(kind, cell):
    """And what was read is read again as the same."""
    try:
        found = kind(cell)
    except Unreadable as trouble:
        said = trouble.sentence % trouble.facts
        assert len(str(cell).strip()) < 8 or str(cell).strip() not in said
    else:
        assert kind is fen or kind(found) == found


@pytest.mark.parametrize("cell", ["٤٢٠٥٢٦", "४२०५२६"])
def test_a_code_of_a_place_has_the_digits_of_the_register(cell):
    """Digits of other scripts are digits for Python, and no place has them; wide and mathematical ones are made plain."""
    with pytest.raises(Unreadable, match="6, 9 or 12"):
        place_code(cell)
    assert place_code("４２０５２６") == place_code("𝟜𝟚𝟘𝟝𝟚𝟞") == "420526000000"


# charter, right 1


@pytest.mark.parametrize(
    "names",
    [
        ([*HEAD, "是否怀孕"],),
        ([*HEAD, "避 孕 方 法"],),
        ([*HEAD, "Contraception"],),
        ([*HEAD, "結紮日期"],),
        (["人员", "", "", "", "避孕", ""], [*HEAD, "方法", "日期"]),
        (["人员", "", "", "", "避", ""], [*HEAD, "孕", "日期"]),
        (["公民身份号码", "姓名", "上环情况", ""], ["", "", "日期", "医院"]),
        (["", "", "", "", "上环情况"], [*HEAD, "日期", "医院"]),
    ],
)
def test_a_column_that_tells_of_what_is_never_recorded_is_refused_over_one_line_or_two(names):
    refused = refusal(*names, [*people(1)[0], "x"])
    assert refused.reason == "never"
    assert "x" not in refused.facts["words"]


@pytest.mark.parametrize("title", ["全县避孕药具发放点名单", "避孕药具发放点"])
def test_a_title_above_the_table_is_no_column(title):
    """Where means are handed out is told to everybody: such a table of places or persons in charge may come in."""
    _sheet, header = find([Sheet("csv", "", [[title], HEAD, people(1)[0]])], LAYOUT)
    assert header.line == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("monday", "register")
def test_nothing_of_a_refused_file_is_kept():
    before = {path.name for path in files.folder().iterdir()} if files.folder().exists() else set()
    with pytest.raises(FileRefused):
        sent(people(2), head=[*HEAD[:3], "避孕措施"])
    assert not ImportBatch.objects.exists()
    assert not StoredFile.objects.exists()
    assert {path.name for path in Path(files.folder()).iterdir()} == before
    assert not LogEntry.objects.filter(schema__startswith="import_batch.").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_a_row_that_tells_of_it_is_refused_and_its_words_stand_nowhere(register):
    row = people(1)[0]
    batch = rehearsed([[row[0], "已怀孕", *row[2:]]])
    (planned,) = queries.rows(admin(), batch)
    assert (batch.refusals, planned.values, planned.key) == (1, {}, "")
    assert "怀孕" not in str(line_of(planned, register))
    applied_rows = applied(people(1, "another"))
    assert applied_rows.status == "applied"
    assert "怀孕" not in str(register.entries)


# secrets, from the reading to the end


@pytest.mark.django_db
@pytest.mark.usefixtures("monday", "register")
def test_no_cell_stands_open_in_the_database_or_the_log():
    rows = people(3)
    batch = undone(applied(rows))
    told = str(list(LogEntry.objects.values())) + str(list(ImportBatch.objects.values()))
    told += str(list(ImportChunk.objects.values("number", "left", "stayed")))
    for number, name, *_more in rows:
        assert number not in told
        assert name not in told
    assert batch.status == "undone"


@pytest.mark.django_db
@pytest.mark.usefixtures("monday", "register")
def test_a_table_of_faults_alone_goes_in_as_nothing_and_comes_out_as_nothing(register):
    batch = applied([["1", "张三"], ["2", "李四"]])
    assert (batch.status, batch.refusals, batch.left, register.entries) == ("applied", 2, 0, [])
    assert json.loads(ImportChunk.objects.get().before.reveal(by=admin(), reason="t", of=batch.pk)) == []
    assert undone(batch).stayed == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
def test_a_layout_that_changed_after_the_reading_holds_up_no_other_table(register):
    """A new version of the program asks for another column: what was read before is dropped, and the next one is rehearsed."""
    old = sent(people(2))
    number, name, born, _money = LAYOUT.columns
    village = Column("village", Text3("村", "村", "Village"), text(), required=True)
    register.layout = Layout((number, name, born, village), most=9)
    new = sent(people(2), head=[*HEAD[:3], "村"])
    onward.go_on(at=NOW, limit=10)
    found = dict(ImportBatch.objects.values_list("pk", "status"))
    assert found == {old.pk: "dropped", new.pk: "rehearsed"}
