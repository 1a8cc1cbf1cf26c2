"""How the public calculator asks: every fact has a question in three scripts, and what hurts is a topic that nobody is asked about."""

import opencc
import pytest

from chengnuo.policies import questions as sheet
from chengnuo.policies.household import facts_of
from chengnuo.policies.programmes import programmes
from chengnuo.policies.questions import Question, questions
from chengnuo.policies.sheet import Unfit

FACTS = {str(fact): fact for by_name in facts_of(programmes()).values() for fact in by_name.values()}
SENSITIVE = {"died": "loss", "disab": "disability", "complication": "complications"}


def test_every_fact_that_a_programme_asks_has_its_question():
    assert set(FACTS) == set(questions().by_fact)


@pytest.mark.parametrize("name", sorted(questions().by_fact))
def test_a_question_asks_says_why_and_offers_that_there_is_none(name):
    question, fact = questions().by_fact[name], FACTS[name]
    assert question.asks.en.endswith("?")
    assert question.asks.hans.endswith("？")
    assert question.why.en.endswith(".")
    assert (question.none is not sheet.NO_SUCH) is fact.perhaps, "said where the fact may not apply, and nowhere else"


def test_the_traditional_script_is_traditional():
    back = opencc.OpenCC("t2s")
    every = [text for each in questions().by_fact.values() for text in (each.asks, each.why, each.hint, each.none)]
    assert not {text.hant for text in every if back.convert(text.hant) != text.hans}


@pytest.mark.parametrize("name", sorted(FACTS))
def test_a_death_a_disability_and_a_complication_are_never_asked_by_themselves(name):
    question = questions().by_fact[name]
    if any(word in FACTS[name].label.en for word in SENSITIVE.values()) or "died" in FACTS[name].label.en:
        assert question.topic or question.taken, "a topic, or taken without asking"


def test_every_topic_is_asked_about_by_a_question():
    assert {each.topic for each in questions().by_fact.values()} - {""} == set(questions().topics)


def test_what_serves_as_an_answer_is_a_fact_of_the_same_kind():
    same = {name: each.same_as for name, each in questions().by_fact.items() if each.same_as}
    assert same == {"child.parent_employed": "person.employed"}
    assert all(FACTS[name].kind == FACTS[other].kind for name, other in same.items())


def test_a_fact_without_a_question_is_asked_for_by_its_label(monkeypatch):
    fact = FACTS["person.rural"]
    monkeypatch.setattr(sheet, "questions", lambda: sheet.Questions({}, {}))
    assert sheet.questions().of(fact) == Question(asks=fact.label)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("topic: grief", "The list is closed"),
        ("afterwards: perhaps", "The list is closed"),
        ("shared: maybe", "It has to be a bool"),
        ("colour: blue", "is not a key here"),
    ],
)
def test_a_line_that_cannot_stand_is_refused(tmp_path, monkeypatch, line, said):
    text = "{hans: 问, hant: 問, en: ask}"
    file = tmp_path / "questions.yaml"
    file.write_text(f"topics: {{loss: {{name: {text}}}}}\nquestions:\n  person.born:\n    asks: {text}\n    {line}\n")
    monkeypatch.setattr(sheet, "FILE", file)
    with pytest.raises(Unfit, match=said):
        questions.__wrapped__()
