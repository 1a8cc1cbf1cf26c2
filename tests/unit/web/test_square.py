"""An address as a QR code: the same modules for a page and for a paper."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import segno

from chengnuo.web.square import QUIET, square_of

ADDRESS = "https://xingshan.example/promises/places/420526101201/"


def test_every_dark_module_is_drawn_and_no_other():
    matrix = segno.make(ADDRESS, micro=False).matrix
    square = square_of(ADDRESS)
    assert square.size == len(matrix) + 2 * QUIET
    assert square.path.count("M") == sum(map(sum, matrix))
    assert square.path.startswith(f"M{QUIET} {QUIET}h1v1h-1z"), "the corner of the first finder"


def test_it_is_a_picture_by_itself_and_another_for_another_address():
    drawn = fromstring(square_of(ADDRESS).svg)  # noqa: S314  # our own
    assert drawn.attrib["viewBox"] == "0 0 {0} {0}".format(square_of(ADDRESS).size)
    assert square_of(ADDRESS) != square_of(ADDRESS + "board/")
