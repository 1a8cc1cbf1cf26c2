"""A result in plain sentences, in three languages: what decided it, what the texts leave open, and what would change it."""

from datetime import date

import opencc
import pytest
import yaml

from chengnuo.core.rules import NOT_APPLICABLE, Asked
from chengnuo.policies.explaining import explained
from chengnuo.policies.household import facts_of
from chengnuo.policies.loader import PACKS, parameters
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import texts
from chengnuo.policies.values import PHRASES, value
from tests.unit.policies.families import ASKED, told


def lines(key: str, language: str = "en", **facts) -> list[str]:
    return [line.strip() for line in explained(*told(key, **facts), language)]


def test_a_family_that_is_entitled_reads_how_much_by_when_from_whom_and_why():
    said = lines("childcare-subsidy")
    assert said[:3] == [
        "Childcare subsidy (child 1): entitled, 3,600 yuan a year",
        "Paid by: the public budget. Done by: the township takes the claim, the county health bureau confirms it",
        "Claim by 2026-12-31",
    ]
    assert "✓ the child is a Chinese national, 育儿补贴制度实施方案 (2025-07-28)" in said
    assert any("3,600 yuan from 2025-01-01, certainty A" in line for line in said)
    assert not any("in force" in line for line in said), "what every programme has is said only where it fails"


def test_who_pays_and_does_it_is_one_line():
    said = lines("parental-leave", born=date(2025, 3, 2), parent_employed=True)
    assert said[:2] == [
        "Parental leave (child 1): entitled, 10 days a year",
        "Paid or done by: the employer",
    ]


def test_the_same_in_simplified_and_traditional_characters():
    assert lines("childcare-subsidy", "zh-hans")[0] == "育儿补贴（孩子1）：可以享受，每年3,600元"
    assert lines("childcare-subsidy", "zh-hant")[0] == "育兒補貼（孩子1）：可以享受，每年3,600元"


def test_a_condition_that_is_neither_recorded_nor_tested_is_told():
    said = " ".join(lines("rural-incentive"))
    assert "The text also says “no birth against the family-planning rules between 1973 and 2001”" in said
    assert "which this system neither records nor tests" in said
    assert "neither records" not in " ".join(lines("rural-incentive", rural=False)), "where it makes no difference"


def test_an_open_reading_is_told_where_another_one_would_change_the_result():
    said = lines("childcare-subsidy")
    assert "If it were “the birth year is made up at once”: entitled, 7,200 yuan a year" in said
    assert sum(line.startswith("The texts leave open") for line in said) == 1, "the child lives: the other one is idle"
    assert not any("leave open" in line for line in lines("childcare-subsidy", born=date(2024, 5, 1)))


def test_what_does_not_hold_is_told_and_if_it_is_all_that_so():
    said = lines("special-bereaved")
    assert said[0].endswith("(person 1): not entitled")
    assert [line[:24] for line in said if line.startswith("✗")] == [
        "✗ no child is living (by",
        "✗ the child died by the ",
    ]
    assert "Only this does not hold: reaches 60 by 31 December" in lines("rural-incentive", born=date(1970, 1, 1))


def test_later_years_are_told_as_the_page_tells_them():
    said = lines("rural-incentive", born=date(1970, 1, 1))
    assert "If nothing else changes, from 2030: entitled, 960 yuan a year." in said
    said = lines("childcare-subsidy", born=date(2025, 5, 1))
    assert "2026 to 2028, each year: 3,600 yuan" in said, "the first claim is made this year, not each year anew"
    assert "It ends with 2028." in " ".join(said)
    said = lines("rural-incentive", born=date(1970, 1, 1), spouse_rural=None)
    assert "From 2030 on this may be due; more answers count then." in said


def test_only_what_decided_is_told():
    said = " ".join(lines("rural-incentive", two_daughters=None))
    assert "two living children" not in said, "one child lives: nobody cares about two"
    assert "years that are paid" not in " ".join(lines("childcare-subsidy", born=date(2024, 5, 1)))


def test_what_is_missing_is_asked_for_by_its_name():
    said = lines("childcare-subsidy", chinese=None, died=None)
    assert said[0].endswith("not yet decided")
    assert said[1] == "Still to be known: the child is a Chinese national, the day on which the child died"
    assert any(line.startswith("? the child did not die") and "not known" in line for line in said)


def test_a_programme_that_does_not_stand_here_is_told_in_two_lines():
    assert lines("tianmen-birth-grant") == [
        "Tianmen grant after a birth (child 1): not entitled",
        "Only this does not hold: the programme was in force in this year, by the day asked for",
    ]


def test_a_sum_that_is_not_known_here_is_asked_at_the_office():
    facts = {"which_child": 2, "mother_here": True, "first_here": True, "semesters": None, "semesters_before": 0}
    said = lines("yichang-kindergarten-grant", **facts)
    assert said[0].endswith("not yet decided")
    assert said[1:3] == [
        "The sum is not known here: ask the office.",
        "Still to be known: how many semesters of kindergarten the child attended in this year",
    ]
    assert lines("yichang-kindergarten-grant", **facts | {"semesters": 2})[1] == said[1]


def test_two_dates_of_knowledge():
    asked = Asked(date(2022, 12, 31), known=date(2022, 5, 9), place=ASKED.place)
    facts = {"child_died": date(2010, 1, 1), "children_living": 0}
    assert "4,080 yuan" in lines("special-bereaved", asked=asked, **facts)[0], (
        "the notice is the first text here that names the rate of 2018"
    )
    assert "6,240 yuan" in lines("special-bereaved", asked=Asked(date(2022, 12, 31), place=ASKED.place), **facts)[0]


@pytest.mark.parametrize(
    ("known", "unit", "said"),
    [
        (123456, "fen", "1,234.56 yuan"),
        (100, "fen a month", "1 yuan"),
        (24311, "month", "2025-12"),
        (12, "months", "12 months"),
        (1, "months", "1 month"),
        (3, "years", "3 years"),
        (2026, "year", "2026"),
        (1, "grade", "grade 1"),
        (2, "count", "2"),
        (10, "days", "10 days"),
        (5, "marks", "5 marks"),
        (5, "percent", "5%"),
        (True, "truth", "yes"),
        (False, "truth", "no"),
        (None, "fen", "not known"),
        (NOT_APPLICABLE, "day", "none"),
        (date(2026, 1, 2), "day", "2026-01-02"),
        ("own", "reading", "own"),
    ],
)
def test_a_value_as_people_say_it(known, unit, said):
    assert value(known, unit, "en") == said


def test_every_text_of_every_programme_is_in_the_characters_it_says():
    """Converted back, the traditional text is the simplified one: no text was left half converted."""
    back, every = opencc.OpenCC("t2s"), list(texts(PHRASES).values())
    for programme in programmes():
        words = programme.words
        every += [
            words.name,
            words.payer,
            words.provider or words.payer,
            words.on_paper or words.name,
            words.period,
            *words.exits.values(),
            *words.steps.values(),
            *words.notes,
        ]
        every += [line.name for line in (*programme.lines, *words.untested)]
    quotes = str.maketrans("「」", "“”")
    assert not [text.hant for text in every if back.convert(text.hant).translate(quotes) != text.hans]


def test_so_is_every_question_and_every_number_of_law():
    back, known = opencc.OpenCC("t2s"), parameters()
    rows = [known.history(name)[0] for name in known.names()]
    texts = [row.label for row in rows] + [text for row in rows for text in row.options.values()]
    texts += [fact.label for facts in facts_of(programmes()).values() for fact in facts.values()]
    quotes = str.maketrans("「」", "“”")
    said = {text.hans: back.convert(text.hant).translate(quotes).replace("资讯", "信息") for text in texts}
    assert not {hans for hans, again in said.items() if again != hans}


def test_every_phrase_fills_in_the_same_words_in_each_script():
    for key, row in yaml.safe_load(PHRASES.read_text(encoding="utf-8")).items():
        filled = [sorted(part.split("}")[0] for part in text.split("{")[1:]) for text in row.values()]
        assert filled[0] == filled[1] == filled[2], key


def test_a_programme_is_short():
    for path in PACKS.rglob("programmes/*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 60, path.name
