"""Who claims: the forms of a telephone and of a counter, and what travels sealed in the page."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.utils.translation import override

from chengnuo.web.claims.forms import (
    Claiming,
    CounterDeclareForm,
    CounterReachForm,
    CounterWhoForm,
    DeclareForm,
    WhoForm,
)
from tests.factories import claims

NUMBER = claims.number()
LAST = NUMBER[-1]
WRONG = NUMBER[:-1] + ("0" if LAST != "0" else "1")


def typed(**said):
    query = QueryDict(mutable=True)
    for name, value in said.items():
        query[name] = value
    return query


def who(kind=WhoForm, *, child=False, **said):
    with override("en"):
        form = kind(typed(**({"name": "欧阳桂兰", "number": NUMBER} | said)), child=child)
        form.is_valid()
        return form


@pytest.mark.parametrize(
    "spelt", [NUMBER, f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", NUMBER.lower(), " ".join(NUMBER)]
)
def test_a_number_is_read_however_it_is_grouped(spelt):
    assert who(number=spelt).cleaned_data["number"] == NUMBER


@pytest.mark.parametrize("spelt", [WRONG, NUMBER[:-1], "十八", "X" * 18, NUMBER[:6] + "20261301" + NUMBER[14:]])
def test_what_is_no_number_is_said_beside_it_and_stays(spelt):
    form = who(number=spelt)
    assert "This is no identity number" in form.errors["number"][0]
    assert form["number"].value() == spelt


def test_nothing_typed_is_asked_for_in_one_sentence():
    assert who(number="", name="").errors == {"name": ["Write your name."], "number": ["Write your identity number."]}


def test_the_number_of_a_child_is_asked_only_where_the_support_is_for_one():
    assert "child" not in who().fields
    assert who(child=True).errors["child"] == ["Write the child's identity number."]
    assert who(child=True, child_number="").fields["child"].required


def test_a_telephone_opens_a_keyboard_that_has_letters():
    assert who().fields["number"].widget.attrs["inputmode"] == "text"


def test_at_a_counter_nothing_is_written_that_is_never_recorded():
    form = who(CounterWhoForm, name="怀孕的王桂兰")
    assert "is never recorded here" in form.errors["name"][0]


@pytest.mark.parametrize("kind", [DeclareForm, CounterDeclareForm])
def test_nothing_is_sent_without_a_declaration(kind):
    form = kind(typed(stamp=kind().stamp))
    assert not form.is_valid()
    assert list(form.errors) == ["declared"]
    assert kind(typed(stamp=kind().stamp, declared="true")).is_valid()


def test_the_language_of_the_slip_is_none_of_the_screen():
    form = CounterReachForm(typed(slip="zh-hant"))
    assert "language" not in form.fields
    assert form.is_valid()
    assert form.cleaned_data["language"] == "zh-hant"


def test_what_is_typed_travels_sealed_and_comes_back():
    first = Claiming("", child=False, at_counter=False, near=None)
    assert first.next() == "name"
    first.keep("name", first.form("name", typed(name="欧阳桂兰", number=NUMBER)))
    assert NUMBER not in first.kept
    assert "欧阳" not in first.kept
    second = Claiming(first.kept, child=False, at_counter=False, near=None)
    assert second.cleaned()["name"]["number"] == NUMBER


def test_a_seal_that_does_not_open_is_an_empty_form():
    assert Claiming("forged", child=False, at_counter=False, near=None).typed == {}
