"""Whatever an officer types in a case is looked through before it is kept; what a resident says is kept as it was said."""

from __future__ import annotations

from uuid import uuid4

import pytest

from chengnuo.cases.models import Case, Chapter
from chengnuo.cases.operations import answer, baton, handle
from chengnuo.foundation.actor import resident
from chengnuo.foundation.models import ActKey, LogEntry
from chengnuo.foundation.plain import NotForTheRecord
from tests.factories import cases, county
from tests.factories.cases import DESK, TOWNSHIP_DESK

pytestmark = pytest.mark.django_db
NOW = county.MONDAY

# in each script, spaced and in the middle of a sentence; the last ones stand in ordinary words by chance
NEVER = [
    "她怀孕了",
    "她懷孕了",
    "is she pregnant?",
    "请先去 做 孕 检",
    "已经上环",
    "打算生二胎",
    "Needs a birth plan first",
]
ORDINARY = ["物流产业园的证明", "生猪人工授精补贴", "环境卫生", "婚姻登记"]


def offered(case):
    return cases.offer(case, TOWNSHIP_DESK, at=NOW)


def waiting(case):
    return cases.ask_once(case, at=NOW)


# every text that an officer can type: how the case stands, who types, and where the words go
TEXTS = {
    "what is missing": (None, DESK, lambda words: (handle.ask_once, {"missing": [words], "words": ""})),
    "beside the list": (None, DESK, lambda words: (handle.ask_once, {"missing": ["户口簿"], "words": words})),
    "what was brought": (waiting, DESK, lambda words: (handle.supply, {"words": words})),
    "why the clock stops": (None, DESK, lambda words: (handle.pause, {"reason": "expert", "words": words})),
    "what was done": (None, DESK, lambda words: (handle.finish, {"result": words})),
    "why it is refused": (None, DESK, lambda words: (handle.refuse, {"reasons": words, "law": "第六条"})),
    "by which law": (None, DESK, lambda words: (handle.refuse, {"reasons": "不符合", "law": words})),
    "why it is sent back": (offered, TOWNSHIP_DESK, lambda words: (baton.decline, {"words": words})),
    "why the offer is taken back": (offered, DESK, lambda words: (baton.decline, {"words": words})),
}


@pytest.mark.parametrize("where", TEXTS)
@pytest.mark.parametrize("words", NEVER)
def test_words_that_are_never_recorded_are_refused_and_nothing_is_kept(where, words):
    prepare, post, typed = TEXTS[where]
    case = prepare(cases.ask()) if prepare else cases.ask()
    kept = [model.objects.count() for model in (Chapter, LogEntry, ActKey)]
    operation, said = typed(words)
    with pytest.raises(NotForTheRecord) as refused:
        cases.does(operation, case, post, at=NOW, **said)
    # the refusal names the words, so that they can be taken out
    assert refused.value.facts["words"]
    assert [model.objects.count() for model in (Chapter, LogEntry, ActKey)] == kept
    assert Case.objects.get(pk=case.pk).version == case.version


@pytest.mark.parametrize("where", TEXTS)
@pytest.mark.parametrize("words", ORDINARY)
def test_ordinary_words_are_kept_without_their_edges(where, words):
    prepare, post, typed = TEXTS[where]
    case = prepare(cases.ask()) if prepare else cases.ask()
    operation, said = typed(f"  {words}\n")
    cases.does(operation, case, post, at=NOW, **said)
    told = cases.told(case)[-1]
    assert words in told
    assert f"  {words}" not in told


@pytest.mark.parametrize("words", NEVER)
def test_what_an_officer_types_for_a_family_at_the_counter_is_an_officer_s_text_too(words):
    desk = county.officer(DESK)
    for said in ({"details": words}, {"name": words}):
        with pytest.raises(NotForTheRecord):
            cases.ask(by=desk, **said)
    assert not Case.objects.exists()


@pytest.mark.parametrize("words", NEVER)
def test_a_resident_s_own_words_are_not_judged(words):
    case = cases.ask(details=words)
    assert case.details.reveal(by=resident(case.pk), reason="test") == words
    cases.does(handle.supply, waiting(case), resident(case.pk), at=NOW, words=words)
    cases.finish(case, at=NOW)
    answer.say_not(case=case.pk, words=words, by=resident(case.pk), at=NOW, key=uuid4())
    assert sum(words in line for line in cases.told(case)) == 2


def test_on_the_page_what_was_typed_stays(monday):
    case = cases.ask()
    page = cases.deed(case, "finish", DESK, result="她怀孕了，以后再办").content.decode()
    assert "她怀孕了，以后再办" in page
    assert "never records" in page
    assert "怀孕" in page
