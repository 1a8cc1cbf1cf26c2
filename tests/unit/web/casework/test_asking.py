"""The questions of a request: what they take, what they refuse, and that a journey never loses or mixes up an answer."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengnuo.people.models import Place
from chengnuo.policies.charter_words import tells_of
from chengnuo.web.casework.asking import (
    Asking,
    ContactForm,
    CounterNameForm,
    CounterWordsForm,
    NameForm,
    WordsForm,
    person_of,
)
from chengnuo.web.journey import CHECK
from tests.factories import county

DIGITS = "0123456789０１２３４５６７８９"


def typed(**fields: str | list[str]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in fields.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        ("10012345678", "10012345678"),
        ("１００ １２３４ ５６７８", "10012345678"),
        ("0717-2581234", "07172581234"),
        ("+86 100-1234-5678", "+8610012345678"),
        ("2581234", "2581234"),
        ("258123", None),
        ("1" * 16, None),
        ("12 34 56 7x", None),
        ("12345；678", None),
    ],
)
def test_a_telephone_is_read_however_it_is_written(number, kept):
    form = ContactForm(typed(phone=number, consents=["call_back"]))
    assert form.is_valid() is (kept is not None)
    assert kept is None or form.cleaned_data["phone"] == kept


@given(
    st.text(DIGITS + " -·.", min_size=7, max_size=20).filter(
        lambda text: sum(sign in DIGITS for sign in text) in range(6, 15)
    )
)
def test_digits_in_any_groups_are_one_number(more):
    number = f"0{more}"  # of any length: what begins with 1 has eleven
    form = ContactForm(typed(phone=number, consents=["call_back"]))
    assert form.is_valid()
    assert form.cleaned_data["phone"].isascii()
    assert len(form.cleaned_data["phone"]) == sum(sign in DIGITS for sign in number)


@pytest.mark.parametrize(
    ("phone", "consents", "wrong"),
    [
        ("", [], []),
        ("10012345678", ["call_back"], []),
        ("10012345678", ["messages"], []),
        ("10012345678", [], ["consents"]),
        ("", ["call_back"], ["phone"]),
        ("abc", ["call_back"], ["phone"]),
        ("abc", [], ["phone"]),
        ("10012345678", ["everything"], ["consents"]),
    ],
)
def test_a_number_is_kept_only_for_what_was_ticked(phone, consents, wrong):
    form = ContactForm(typed(phone=phone, consents=consents))
    assert sorted(form.errors) == wrong


def test_messages_are_asked_for_only_where_something_sends_them(settings):
    settings.SMS = ""
    assert ContactForm(typed(phone="10012345678", consents=["messages"])).errors


@pytest.mark.parametrize("name", ["王", "古丽·阿依夏", "Anna-Maria O'Neill", "小王他娘", "𠮷田"])
def test_any_name_will_do(name):
    form = NameForm(typed(name=name))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == name


@pytest.mark.parametrize("name", ["", " ", "\u3000", "\x00", "长" * 41])
def test_what_is_no_name(name):
    assert not NameForm(typed(name=name)).is_valid()


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_an_officers_words_pass_exactly_when_nothing_in_them_is_forbidden(words):
    for form, field in ((CounterWordsForm, "words"), (CounterNameForm, "name")):
        said = words[:40].strip() if field == "name" else words
        made = form(typed(**{field: said}))
        refused = made.is_valid() is False and said != "" and bool(tells_of(said))
        assert refused is bool(tells_of(said))


@pytest.mark.parametrize("words", ["她怀孕了", "要做 结 扎", "pregnant", "備孕"])
def test_what_a_family_writes_itself_is_never_refused(words):
    assert tells_of(words)
    assert WordsForm(typed(words=words)).is_valid()
    assert not CounterWordsForm(typed(words=words)).is_valid()


def answer(journey: Asking, **answers: dict[str, str | list[str]]) -> None:
    for step, fields in answers.items():
        form = journey.form(step, typed(**fields))
        assert form.is_valid(), (step, form.errors)
        journey.keep(step, form)


def everything() -> dict[str, dict[str, str | list[str]]]:
    village = county.village()
    return {
        "township": {"township": str(village.above_id)},
        "village": {"village": str(village.pk)},
        "words": {"words": "要证明"},
        "name": {"name": "王桂兰"},
        "contact": {"phone": "100 1234 5678", "consents": ["call_back"]},
    }


@pytest.mark.django_db
def test_who_asks_is_as_they_said_it():
    journey = Asking({}, service="village-proof", at_counter=False)
    answer(journey, **everything())
    assert journey.next() == CHECK
    with translation.override("zh-hant"):
        person = person_of(journey.cleaned())
    assert (person.name, person.phone, person.language) == ("王桂兰", "10012345678", "zh-hant")
    assert person.consents == ("call_back",)


@pytest.mark.django_db
def test_another_township_asks_for_the_village_again_and_keeps_the_rest():
    journey = Asking({}, service="village-proof", at_counter=False)
    answer(journey, **everything())
    other = Place.objects.filter(level="township").exclude(pk=county.village().above_id).first()
    answer(journey, township={"township": str(other.pk)})
    assert journey.next() == "village"
    offered = {value for value, _words in journey.form("village").fields["village"].choices}
    assert offered == {str(place.pk) for place in Place.objects.filter(above=other)}
    answer(journey, village={"village": offered.pop()})
    assert journey.next() == CHECK


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(["township", "village", "words", "name", "contact"]))
def test_no_order_of_typing_loses_an_answer(order):
    """Whoever has two tabs open answers in any order; the journey asks for what is missing and ends at the check."""
    session: dict[str, object] = {}
    for step in order:
        journey = Asking(session, service="village-proof", at_counter=False)
        form = journey.form(step, typed(**everything()[step]))
        if form.is_valid():
            journey.keep(step, form)
    left = Asking(session, service="village-proof", at_counter=False)
    while (step := left.next()) != CHECK:
        answer(left, **{step: everything()[step]})
    assert left.cleaned()["name"] == {"name": "王桂兰"}


@pytest.mark.django_db
def test_services_and_counters_do_not_share_answers():
    session: dict[str, object] = {}
    answer(Asking(session, service="village-proof", at_counter=False), **everything())
    assert Asking(session, service="village-proof", at_counter=False).next() == CHECK
    assert Asking(session, service="dibao", at_counter=False).next() == "township"
    assert Asking(session, service="village-proof", at_counter=True).next() == "township"
