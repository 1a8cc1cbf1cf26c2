"""Bars: as long as their numbers, told apart without colour, readable one by one."""

import xml.etree.ElementTree as ET

from chengnuo.population.simulate.charts import WIDTH, Bars, Chart, svg
from chengnuo.population.simulate.markup import Markup, element

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*bars, series=("before", "after")):
    return ET.fromstring(svg(Chart("key", "title", "says", series, bars)))  # noqa: S314  # our own


def rects(picture):
    return [each for each in picture.iter(f"{SVG}rect") if each.get("height") == "16" and each.get("y") != "8"]


def texts(picture):
    return ["".join(each.itertext()) for each in picture.iter(f"{SVG}text")]


def test_a_bar_is_as_long_as_its_number():
    lengths = [int(each.get("width")) for each in rects(drawn(Bars("a", (100, 50), ("100", "50"))))]
    assert abs(lengths[0] - 2 * lengths[1]) <= 1


def test_what_is_below_nought_goes_to_the_other_side():
    left, right = rects(drawn(Bars("a", (-100, 100), ("−100", "+100"))))
    assert int(left.get("x")) + int(left.get("width")) == int(right.get("x"))


def test_what_is_withheld_has_no_length_and_says_so():
    picture = drawn(Bars("a", (None, 7), ("withheld", "7")))
    assert rects(picture)[0].get("width") == "0"
    assert "withheld" in texts(picture)


def test_the_two_series_differ_in_more_than_colour():
    one, other = rects(drawn(Bars("a", (5, 5), ("5", "5"))))
    assert (one.get("fill"), other.get("fill")) == ("#333", "url(#hatch-key)")


def test_a_legend_names_the_series_where_there_are_two():
    assert "before" in texts(drawn(Bars("a", (1, 2), ("1", "2"))))
    assert "only" not in texts(drawn(Bars("a", (1,), ("1",)), series=("only",)))


def test_nothing_stands_outside_the_picture():
    long = "a name of a programme that is a good deal longer than one line of the picture can hold"
    picture = drawn(*[Bars(long, (9_999_999, -9), ("9,999,999 yuan", "−9 yuan"))] * 5)
    height = int(picture.get("viewBox").split()[3])
    assert max(int(each.get("y")) for each in picture.iter(f"{SVG}text")) < height
    assert max(int(each.get("x")) + int(each.get("width")) for each in rects(picture)) < WIDTH


def test_text_is_escaped_once():
    assert element("p", "a < b", Markup("<b>c</b>")) == "<p>a &lt; b<b>c</b></p>"


def test_attributes_are_escaped_and_may_be_left_out():
    assert element("line", x=1, class_='a"b', fill=None) == '<line x="1" class="a&quot;b"/>'
