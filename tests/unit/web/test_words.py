"""Words and bands carry a picture of their own, drawn once; a template asks them by name."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.template import Context, Engine

from chengnuo.web.named import Named
from chengnuo.web.words import BANDS, DUTY, Word


@dataclass(frozen=True)
class Line(Named):
    title: str
    word: Word


@pytest.mark.parametrize("reading", DUTY)
def test_every_way_that_a_duty_stands_has_a_picture_of_its_own(reading):
    picture = DUTY[reading].picture
    assert picture.startswith("<svg")
    assert [
        other for other in DUTY if DUTY[other].picture == picture and DUTY[other].shape != DUTY[reading].shape
    ] == []
    assert Word("", shape=DUTY[reading].shape).picture is picture


def test_a_band_shows_its_level():
    shown = [band.picture for band in BANDS.values()]
    assert [f'class="level{level}"' in picture for level, picture in enumerate(shown)] == [True] * 5


def test_a_template_reads_fields_and_pictures_by_name_and_escapes_the_fields_alone():
    page = Engine().from_string("{{ line.title }} {{ line.word.tone }} {{ line.word.picture }}{{ line.missing }}")
    shown = page.render(Context({"line": Line("<b>", Word("late", "warn", "triangle"))}))
    assert shown.startswith("&lt;b&gt; warn <svg")
    assert shown.rstrip().endswith("</svg>")
