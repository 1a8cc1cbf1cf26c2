"""Tables as text: whatever program wrote them, in whatever characters, with whatever between the cells."""

from __future__ import annotations

import pytest

from chengnuo.imports.reading.limits import MOST_IN_A_CELL, MOST_ROWS, Unfit
from chengnuo.imports.reading.text import decoded, rows_in, separator_of
from tests.factories import tables

ROWS = [["姓名", "身份证号"], ["张㐂", "11010519491231002X"], ["𠮷四", ""]]
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]


def read(content):
    return list(rows_in(content))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("sign", ["\t", ",", ";", "|"])
def test_every_encoding_and_every_separator_gives_the_same_rows(encoding, sign):
    assert read(tables.text(ROWS, encoding=encoding, sign=sign)) == [*ROWS[:2], ["𠮷四"]]


def test_latin_letters_alone_are_the_same_in_all():
    for encoding in ENCODINGS:
        assert read(tables.text([["a", "b"], ["1", "2"]], encoding=encoding)) == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize("content", [b"\xff\xff\xff", b"a,b\n\x00\x00,\x00", b"\x81"])
def test_characters_that_no_encoding_has_are_refused(content):
    with pytest.raises(Unfit, match="characters"):
        decoded(content)


def test_the_separator_is_the_one_that_cuts_most_lines_alike():
    assert separator_of("标题, 没有\na\tb\tc\n1\t2,5\t3\n") == "\t"
    assert separator_of("a,b\n1,2") == ","
    assert separator_of("a；b\nonly words") == ","
    assert separator_of("姓名，电话\n张三，1\n") == "，"


def test_lines_within_a_cell_stay_within_it():
    assert read(b'a,"b\nc"\r\n"d, e",f') == [["a", "b\nc"], ["d, e", "f"]]
    assert read("a,b\x0bc\u2028d".encode()) == [["a", "b\x0bc\u2028d"]], "only real line ends end a line"


def test_empty_lines_keep_their_numbers():
    assert read(b"a,b\n\n,,\n1,2\n") == [["a", "b"], [], [], ["1", "2"]]


def test_text_that_programs_keep_from_being_a_number_is_text():
    assert read(b'a,"=""0526"""') == [["a", "0526"]]


@pytest.mark.parametrize("cell", ["=1+1", " =HYPERLINK(1)", '=cmd|" /C calc"!A0'])
def test_a_formula_is_refused(cell):
    with pytest.raises(Unfit, match="formulas"):
        read(tables.text([["a", "b"], ["1", cell]]))


def test_too_much_is_refused():
    with pytest.raises(Unfit, match="rows-many"):
        read(b"a\n" * (MOST_ROWS + 1))
    with pytest.raises(Unfit, match="columns-many"):
        read(b",".join([b"x"] * 101))
    with pytest.raises(Unfit, match="cell"):
        read(b"x" * (MOST_IN_A_CELL + 1) + b",b")
