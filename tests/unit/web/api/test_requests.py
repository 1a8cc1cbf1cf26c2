"""What another system may hand in: which words have the right form, and what of a request it is told again."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from pydantic import ValidationError

from chengnuo.cases.models import Case
from chengnuo.core.text3 import Text3
from chengnuo.people.models import Scope
from chengnuo.web.api import requests
from chengnuo.web.api.keys import caller
from chengnuo.web.api.requests import Asked, Receipt
from chengnuo.web.api.shapes import text
from tests.factories import cases, county, tokens

MONDAY = county.MONDAY


def asked(**changes):
    return Asked(**tokens.WANTED | changes)


@pytest.mark.parametrize(
    ("field", "good"),
    [
        ("service", "a" * 60),
        ("name", "王"),
        ("name", "字" * 60),
        ("phone", ""),
        ("phone", "2234567"),
        ("phone", "+861001234567890"[:16]),
        ("details", "第一行\n第二行\t末"),
        ("details", "字" * 1000),
        ("language", "zh-hant"),
    ],
)
def test_what_has_the_right_form_is_taken_as_it_is(field, good):
    assert getattr(asked(**{field: good}), field) == good


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("service", ""),
        ("service", "a" * 61),
        ("service", "Village-Proof"),
        ("service", "village proof"),
        ("service", "../village-proof"),
        ("village", "42052610120"),
        ("village", "4205261012011"),
        ("village", "42052610120x"),
        ("village", 420526101201),
        ("name", ""),
        ("name", "字" * 61),
        ("name", "王\x07"),
        ("phone", "123456"),
        ("phone", "138123456"),
        ("phone", "1" * 16),
        ("phone", "100-1234-5678"),
        ("phone", "10012345678\nx"),
        ("details", "字" * 1001),
        ("details", "\x00"),
        ("details", "\x7f"),
        ("language", "fr"),
        ("language", "EN"),
        ("call_back", "perhaps"),
    ],
)
def test_what_has_another_form_is_refused_by_its_field(field, bad):
    with pytest.raises(ValidationError) as wrong:
        asked(**{field: bad})
    assert {error["loc"][0] for error in wrong.value.errors()} == {field}


@pytest.mark.parametrize("field", ["service", "village", "name"])
def test_what_a_request_cannot_do_without(field):
    with pytest.raises(ValidationError):
        Asked(**{key: value for key, value in tokens.WANTED.items() if key != field})


@pytest.mark.parametrize("code", ["", "1" * 15, "1" * 17, "1234 5678 1234 5678", "x" * 16])
def test_a_receipt_is_its_sixteen_digits(code):
    with pytest.raises(ValidationError):
        Receipt(receipt=code)


def test_a_text_is_said_in_its_three_scripts():
    assert text(Text3(hans="县", hant="縣", en="county")).dict() == {"hans": "县", "hant": "縣", "en": "county"}


@pytest.mark.django_db
class TestHandingIn:
    @pytest.fixture
    def system(self, monday):
        return caller(tokens.issue([Scope.ASK, Scope.FOLLOW]).secret, Scope.ASK)

    def test_a_key_of_one_token_is_not_a_key_of_another(self, system):
        other, key = caller(tokens.issue(name="other").secret, Scope.ASK), uuid4()
        first, is_new = requests.handed_in(asked(), by=system, at=MONDAY, key=key)
        again, was_new = requests.handed_in(asked(), by=system, at=MONDAY + cases.HOUR, key=key)
        foreign, _new = requests.handed_in(asked(), by=other, at=MONDAY, key=key)
        assert (is_new, was_new, again.pk == first.pk) == (True, False, True)
        assert foreign.pk != first.pk
        assert again.received_at == MONDAY, "the clock runs from the first call"

    @pytest.mark.parametrize(
        ("change", "refused"),
        [
            ({"service": "birth-registration"}, requests.UnknownService),
            ({"service": "nothing"}, requests.UnknownService),
            ({"village": "420526101000"}, requests.UnknownVillage),
            ({"village": "0" * 12}, requests.UnknownVillage),
            ({"phone": "10012345678"}, requests.PhoneNeedsConsent),
        ],
    )
    def test_what_is_refused_leaves_nothing(self, system, change, refused):
        with pytest.raises(refused):
            requests.handed_in(asked(**change), by=system, at=MONDAY, key=uuid4())
        assert not Case.objects.exists()

    def test_its_receipt_says_who_answers_and_its_brief_no_word_of_the_family(self, system):
        case, _new = requests.handed_in(asked(), by=system, at=MONDAY, key=uuid4())
        said = requests.receipt_of(case, now=MONDAY)
        assert (said.number, said.due) == (case.number, cases.duty_of(case).due_at)
        assert len(said.receipt) == 16
        briefly = requests.briefly(case, {})
        assert (briefly["service"], briefly["status"], briefly["due"]) == ("village-proof", "received", None)
        assert "欧阳" not in str(briefly)
        assert "居住证明" not in str(briefly)

    def test_a_complaint_names_no_service(self, monday):
        assert requests.briefly(cases.complaint(), {})["service"] == ""

    def test_without_a_token_the_key_is_its_own(self, system):
        nobody = replace(system, token=None)
        key = uuid4()
        mine, _new = requests.handed_in(asked(), by=system, at=MONDAY, key=key)
        with_none, is_new = requests.handed_in(asked(), by=nobody, at=MONDAY, key=key)
        assert is_new
        assert with_none.pk != mine.pk
