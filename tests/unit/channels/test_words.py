"""The one sentence that is sent, and the way out that stands in it."""

from __future__ import annotations

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from chengnuo.channels import words
from chengnuo.channels.models import Message
from chengnuo.channels.operations import queueing, stopping
from chengnuo.people.models import Consent
from tests.factories import cases, county, messages

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(monday):
    return messages.agreed()


def consent_of(case):
    return Consent.objects.get(contact=case.contact, purpose="messages")


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_it_is_in_the_persons_language_whoever_sends_it(case, language):
    consent = consent_of(case)
    consent.contact.language = language
    said = set()
    for reader in ("en", "zh-hans"):
        with translation.override(reader):
            said.add(words.text_of(consent, case))
            assert translation.get_language() == reader
    (text,) = said
    assert case.number in text
    assert text.endswith(settings.PUBLIC_ADDRESS + words.stop_address(consent, case))
    assert ("Your request" in text) is (language == "en")


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_whoever_holds_the_telephone_learns_nothing(case, language):
    consent = consent_of(case)
    consent.contact.language = language
    text = words.text_of(consent, case)
    with translation.override(language):
        private = (str(case.promise.title), str(case.office), str(case.village), "欧阳桂兰", messages.NUMBER)
    assert [each for each in private if each in text] == []


@given(pk=st.uuids())
@how(deadline=None)
def test_a_stop_code_is_eight_digits_and_always_the_same(pk):
    code = words.stop_code(SimpleNamespace(pk=pk))
    assert len(code) == words.STOP_DIGITS
    assert code.isdecimal()
    assert code == words.stop_code(SimpleNamespace(pk=pk))


def test_codes_of_many_consents_differ():
    codes = {words.stop_code(SimpleNamespace(pk=uuid4())) for _ in range(200)}
    assert len(codes) > 190


class TestStopping:
    def test_the_address_names_the_consent_and_no_other(self, case):
        cases.ask()
        assert stopping.to_stop(case.number, words.stop_code(consent_of(case))) == consent_of(case)

    def test_a_code_of_another_case_stops_nothing(self, case):
        other = messages.agreed(cases.ask())
        for number, code in (
            (case.number, words.stop_code(consent_of(other))),
            (case.number, "00000000"),
            (case.number, ""),
            ("0" * 12, words.stop_code(consent_of(case))),
        ):
            with pytest.raises(stopping.NothingToStop):
                stopping.stop(number=number, code=code, at=county.MONDAY, key=uuid4())
        assert not Consent.objects.filter(purpose="messages", withdrawn_at__isnull=False)

    def test_a_consent_to_be_called_has_no_way_out_here(self, monday):
        case = cases.ask()
        called = Consent.objects.create(contact=case.contact, purpose="call_back", given_at=county.MONDAY)
        with pytest.raises(stopping.NothingToStop):
            stopping.to_stop(case.number, words.stop_code(called))

    def test_it_ends_this_case_alone_and_says_so_twice(self, case):
        other = messages.agreed(cases.ask())
        code = words.stop_code(consent_of(case))
        for hours in (1, 2):
            stopping.stop(number=case.number, code=code, at=county.MONDAY + hours * cases.HOUR, key=uuid4())
        assert consent_of(case).withdrawn_at == county.MONDAY + cases.HOUR, "the first word counts"
        assert consent_of(other).withdrawn_at is None
        assert queueing.queue(case.pk, at=county.MONDAY + cases.DAY) is None
        assert queueing.queue(other.pk, at=county.MONDAY + cases.DAY) == Message.objects.get()
