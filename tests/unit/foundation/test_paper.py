"""A paper is the same whoever makes it and when, and what it is given never becomes markup."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pypdf
import pytest
import typst

from chengnuo.foundation import paper

AT = datetime(2026, 3, 2, tzinfo=UTC)
SIMPLE = """#let d = json(bytes(sys.inputs.data))
#set document(title: d.title)
#set text(lang: "zh")
= #d.title
#d.words
"""


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "simple.typ"
    path.write_text(SIMPLE)
    return path


def text(made: bytes) -> str:
    return pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()


def test_the_same_data_at_the_same_instant_is_the_same_file(template):
    data = {"title": "one", "words": "two"}
    assert paper.pdf(template, data, at=AT) == paper.pdf(template, data, at=AT)
    assert paper.pdf(template, data, at=AT) != paper.pdf(template, data | {"words": "three"}, at=AT)


@pytest.mark.parametrize("words", ["#panic()", "$x$", "[a](b)", "#{1+1}", '"\\n"', "*bold*", "//not a comment"])
def test_data_is_no_markup(template, words):
    assert words in text(paper.pdf(template, {"title": "t", "words": words}, at=AT))


def test_many_threads_make_their_own_papers(template):
    def made(number: int) -> str:
        return text(paper.pdf(template, {"title": "t", "words": f"number {number}."}, at=AT))

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(made, range(40))) == [f"t\nnumber {number}." for number in range(40)]


def test_a_template_that_is_wrong_says_where(tmp_path):
    wrong = tmp_path / "wrong.typ"
    wrong.write_text("#nothing")
    with pytest.raises(typst.TypstError, match="unknown variable"):
        paper.pdf(wrong, {}, at=AT)


def test_a_template_reads_no_file_outside_its_folder(tmp_path):
    reader = tmp_path / "papers" / "reader.typ"
    reader.parent.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    reader.write_text('#read("../secret.txt")')
    with pytest.raises(typst.TypstError):
        paper.pdf(reader, {}, at=AT)
