"""Whom an office may tell: facts from a closed list, never a family; everyone of an age where facts cannot decide; who brings it."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.text3 import Text3
from chengnuo.policies import finders as policy
from chengnuo.policies.charter_words import tells_of
from chengnuo.policies.claims import claims
from chengnuo.policies.county import XINGSHAN
from chengnuo.policies.facts import child, household, person
from chengnuo.policies.finders import FILE, Finder, finders
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import Unfit
from chengnuo.policies.stages import is_guarded, stages

TODAY = date(2026, 11, 27)
# what no letter names: a programme, a loss, an illness, how many children there are
TELLS = re.compile(
    "独生|獨生|失独|失獨|去世|死亡|丧|喪|伤残|傷殘|残疾|殘疾|并发症|併發症|特别扶助|特別扶助|奖励扶助|獎勵扶助|计划生育|計劃生育|bereave|disab|only child|complication"
)


def written():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def read(tmp_path, said):
    path = tmp_path / "finders.yaml"
    path.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return policy.read(path)


def changed(tmp_path, key="at-sixty", **other):
    """The file with another row of a finder; a value of None takes its key out."""
    said = written()
    row = next(row for row in said["finders"] if row["key"] == key)
    row |= other
    for name in [name for name, value in row.items() if value is None]:
        del row[name]
    return read(tmp_path, said)


def on(day=TODAY):
    return finders().on(day)


# ---- the charter: what no finder may use --------------------------------------------------------------------------------
FAMILY = [
    "children", "children_ever", "children_living", "child_died", "child_grade", "one_child", "only_child", "birth_order", "order", "two_daughters",
    "son", "death_of_a_child", "bereaved", "marriage", "married", "marital_status", "spouse", "wife_born", "husband", "widow", "divorced", "sex", "gender",
    "health", "illness", "disability", "disabled", "grade", "complication_grade", "pregnancy", "pregnant", "operation", "method", "newborn", "births",
    "person.children_ever", "child.died", "子女数", "孩次", "婚姻", "丧子", "失独", "残疾", "病", "怀孕", "女方出生", "独生子女父母光荣证",
]  # fmt: skip


def test_a_finder_that_looks_into_a_family_is_refused_whatever_word_it_uses(tmp_path):
    for word in FAMILY:
        with pytest.raises(Unfit, match="uses: names") as refused:
            changed(tmp_path, uses=["age", word])
        assert "charter, right 1" in refused.value.why, word
        with pytest.raises(Unfit, match="a key: names"):
            changed(tmp_path, **{word: 1})


def test_a_certificate_that_tells_of_children_is_none(tmp_path):
    said = written()
    said["certificates"] = {"only-child-parents": {"hans": "光荣证", "hant": "光榮證", "en": "Certificate"}}
    with pytest.raises(Unfit, match="certificates: names only-child-parents"):
        read(tmp_path, said)


def test_a_certificate_must_be_one_that_is_held(tmp_path):
    with pytest.raises(Unfit, match="certificate"):
        changed(tmp_path, uses=["age", "certificate"])
    with pytest.raises(Unfit, match="no certificate is held here"):
        changed(tmp_path, uses=["age", "certificate"], certificate="veteran")
    said = written()
    said["certificates"] = {"veteran": {"hans": "退役军人证", "hant": "退役軍人證", "en": "Veteran's card"}}
    next(row for row in said["finders"] if row["key"] == "at-sixty").update(
        uses=["age", "certificate"], certificate="veteran"
    )
    assert read(tmp_path, said)


def test_no_fact_that_a_claimant_states_is_one_of_a_finder(tmp_path):
    """Whatever the rules ask a person about themselves, their household or their child."""
    modules = {"child": child, "household": household, "person": person}
    stated = [
        f"{of}.{name}"
        for of, module in modules.items()
        for name, fact in vars(module).items()
        if type(fact).__module__.startswith("chengnuo.core.rules") and name.islower()
    ]
    assert len(stated) > 40
    for name in stated:
        for word in (name, name.partition(".")[2]):
            with pytest.raises(Unfit, match=r"uses: names|no certificate|certificate: is missing"):
                changed(tmp_path, uses=["age", word])


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"uses": ["age", "income"]}, "names income"),
        ({"uses": ["age", "award"], "awards": ["rural-incentive"]}, "an award and an age"),
        ({"ages": {"from": 60, "until": 60}}, "until: is 60"),
        ({"ages": {"from": 60}}, "until: is missing"),
        ({"sent_by": "leader"}, "sent_by: is 'leader'"),
        ({"programmes": ["five-guarantees"]}, "programmes: holds"),
        ({"programmes": []}, "programmes: holds|programmes: is empty"),
        ({"says": {"hans": "信", "hant": "信", "en": ""}}, "no words for en"),
        ({"source": None}, "source: is missing"),
        ({"office": None}, "office: is missing"),
        ({"uses": [], "ages": None}, "uses: is \\[\\]"),
        ({"sent_by": "counter"}, "uses: is \\['age'\\]"),
        ({"note": "seen at the market"}, "note: is not a key"),
        ({"uses": ["place"], "ages": None}, "place: is missing"),
    ],
)
def test_a_row_that_cannot_stand_is_said_with_its_place(tmp_path, other, said):
    with pytest.raises(Unfit, match=said):
        changed(tmp_path, **other)


def test_a_place_is_enough_and_narrows_an_age(tmp_path):
    found = changed(tmp_path, uses=["age", "place"], place="420526101")
    row = found.on(TODAY)["at-sixty"]
    assert (row.first, row.place) == (60, "420526101")
    alone = changed(tmp_path, uses=["place"], place="420526101", ages=None).on(TODAY)["at-sixty"]
    assert (alone.first, alone.until, alone.place) == (0, 0, "420526101")


# ---- who brings it ------------------------------------------------------------------------------------------------------
def test_a_village_never_sends_what_may_tell_of_a_loss_or_an_illness(tmp_path):
    near = {each.words.key for each in programmes() if is_guarded(each) or each.words.sensitive} & set(claims())
    assert near > stages().guarded & set(claims())
    for programme in sorted(near):
        with pytest.raises(Unfit, match=f"lets the village send {programme}"):
            changed(tmp_path, programmes=["rural-incentive", programme])
        assert changed(tmp_path, programmes=["rural-incentive", programme, "only-child-retirement"], sent_by="county")
    with pytest.raises(Unfit, match="lets the village send"):
        changed(tmp_path, "beside-an-award", sent_by="village")


def test_what_stands_in_the_file_keeps_to_it():
    for row in finders().rows:
        guarded = [key for key in row.programmes if key in stages().guarded]
        assert row.sent_by != "village" or not guarded, row.key
    assert {row.sent_by for row in on().values() if "special-bereaved" in (*row.programmes, *row.awards)} == {"county"}
    assert XINGSHAN.name


# ---- everybody is told ----------------------------------------------------------------------------------------------------
def test_everyone_of_forty_nine_and_of_sixty_is_meant_whoever_they_are():
    for age, key in ((49, "at-forty-nine"), (55, "at-forty-nine"), (60, "at-sixty"), (90, "at-sixty")):
        meant = [
            row.key for row in on().values() if row.first and row.born(TODAY)[0] <= birthday(age) <= row.born(TODAY)[1]
        ]
        assert meant == [key], age
    for key in ("at-forty-nine", "at-sixty"):
        assert on()[key].uses == ("age",), "nothing but the age decides"


def birthday(age):
    return TODAY.replace(year=TODAY.year - age)


def test_every_programme_that_is_claimed_here_has_a_finder_or_says_why_not(tmp_path):
    said = {key for row in finders().rows for key in row.programmes}
    assert said | set(finders().without) == set(claims())
    assert not said & set(finders().without)
    short = written()
    del short["without"]["loan-priority"]
    with pytest.raises(Unfit, match="says nothing of loan-priority"):
        read(tmp_path, short)


def test_families_of_newborns_are_looked_for_by_nobody():
    row = on()["newborn"]
    assert (row.uses, row.sent_by, row.first, row.awards) == ((), "counter", 0, ())
    assert "childcare-subsidy" in row.programmes


def test_the_newest_row_that_has_begun_counts(tmp_path):
    said = written()
    row = dict(next(row for row in said["finders"] if row["key"] == "at-sixty"))
    said["finders"].append(row | {"from": date(2028, 1, 1), "ages": {"from": 58, "until": 120}})
    found = read(tmp_path, said)
    assert found.on(date(2025, 12, 31)).get("at-sixty") is None
    assert found.on(date(2027, 12, 31))["at-sixty"].first == 60
    assert found.on(date(2028, 1, 1))["at-sixty"].first == 58


# ---- the ages -------------------------------------------------------------------------------------------------------------
def finder(first, until):
    words = Text3("信", "信", "letter")
    return Finder(
        key="x", begins=date(2020, 1, 1), uses=("age",), first=first, until=until, place="", awards=(), sent_by="county",
        office="health-bureau", programmes=(), says=words, source=finders().rows[0].source,
    )  # fmt: skip


@given(
    st.dates(date(2020, 1, 1), date(2080, 12, 31)),
    st.integers(0, 99),
    st.integers(1, 30),
    st.dates(date(1900, 1, 1), date(2080, 12, 31)),
)
def test_somebody_is_meant_who_reaches_the_age_before_the_year_is_over_and_not_the_second(day, age, more, born):
    """By years, as the programmes count: whose birthday is still to come in this year counts as of age."""
    first, last = finder(age, age + more).born(day)
    reached = day.year - born.year
    assert (first <= born <= last) is (age <= reached < age + more)
    assert last - first >= timedelta(days=364)


# ---- what it says -----------------------------------------------------------------------------------------------------------
def scripts(text):
    return [text.hans, text.hant, text.en]


def test_no_letter_names_a_programme_or_a_family_and_every_envelope_has_one_heading():
    names = {name for each in programmes() for name in scripts(each.words.name)}
    known = finders()
    texts = [*scripts(known.label), *(s for row in known.rows for s in scripts(row.says))]
    texts += [
        s
        for text in (known.letter.why, known.letter.alone, known.letter.helper, known.letter.stop)
        for s in scripts(text)
    ]
    for text in texts:
        assert not TELLS.search(text), text
        assert not tells_of(text), text
        assert not [name for name in names if name in text], text


def test_the_helper_and_every_office_are_of_this_county():
    offices = {
        each["key"]
        for each in yaml.safe_load((FILE.parent / "yichang/xingshan/offices.yaml").read_text(encoding="utf-8"))[
            "offices"
        ]
    }
    assert {finders().helper, *(row.office for row in finders().rows)} <= offices
