"""Words and bands carry a picture of their own, drawn once; a template asks them by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.template import Context, Engine
from django.utils import translation

from chengnuo.web.named import Named
from chengnuo.web.words import BANDS, DUTY, Word, day_words


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


def test_a_day_is_said_in_the_language_of_each_reader_and_no_day_is_empty():
    told = []
    for language in ("en", "zh-hans", "en"):
        with translation.override(language):
            told.append(day_words(date(2026, 3, 2)))
            assert day_words(None) == ""
    assert told == ["March 2, 2026", "2026年3月2日", "March 2, 2026"]
