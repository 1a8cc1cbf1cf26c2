"""Why a letter came is said truly: by the age or the place, or by an award, and never as if nobody had looked where somebody did."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.policies import finders as policy
from chengnuo.policies.charter_words import tells_of
from chengnuo.policies.claims import claims
from chengnuo.policies.finders import AGED, AWARD, CERTIFICATE, FACTS, FAMILY, FILE, finders
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import Unfit

TODAY = date(2026, 11, 27)
SCRIPTS = ("hans", "hant", "en")


def written():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def read(tmp_path, said):
    path = tmp_path / "finders.yaml"
    path.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return policy.read(path)


def row_of(said, key="at-sixty"):
    return next(row for row in said["finders"] if row["key"] == key)


# ---- why it came --------------------------------------------------------------------------------------------------------
def test_each_finder_gives_the_reason_by_which_it_finds():
    known = finders()
    for row in known.rows:
        expected = known.letter.supported if AWARD in row.uses else known.letter.why
        assert known.why(row) == expected, row.key
    assert known.letter.why != known.letter.supported
    by_award = [row.key for row in known.rows if known.why(row) == known.letter.supported]
    assert by_award == ["beside-an-award"]


def test_what_an_award_decides_is_not_said_to_come_by_an_age_in_any_script(tmp_path):
    untrue = {
        "hans": ("年龄到了的人都会收到。", "没有人查过您家的情况。"),
        "hant": ("年齡到了的人都會收到。", "沒有人查過您家的情況。"),
        "en": ("Everyone of this age gets it.", "Nobody has looked into your family."),
    }
    for script, sentences in untrue.items():
        for sentence in sentences:
            said = written()
            said["letter"]["supported"][script] = sentence
            with pytest.raises(Unfit, match="supported: names an age") as refused:
                read(tmp_path, said)
            assert "because of it" in refused.value.why
    said = written()
    said["letter"]["supported"] = said["letter"]["why"]
    with pytest.raises(Unfit, match="supported: names an age"):
        read(tmp_path, said)


def test_a_word_in_which_an_age_only_hides_is_none():
    for innocent in ("a page of the agency", "manage", "average", "package"):
        assert not AGED.search(innocent), innocent
    for told in ("of an age", "age 60", "the age."):
        assert AGED.search(told), told


def test_a_letter_lacks_no_sentence_and_has_no_other(tmp_path):
    for name in ("why", "supported", "alone", "helper", "stop"):
        said = written()
        del said["letter"][name]
        with pytest.raises(Unfit, match=f"{name}: is missing"):
            read(tmp_path, said)
        for script in SCRIPTS:
            said = written()
            said["letter"][name][script] = ""
            with pytest.raises(Unfit, match=f"no words for {script}"):
                read(tmp_path, said)
    said = written()
    said["letter"]["greeting"] = said["letter"]["why"]
    with pytest.raises(Unfit, match="greeting: is not a key"):
        read(tmp_path, said)


def test_the_reason_beside_an_award_names_none_and_the_envelope_is_the_same_for_all():
    known = finders()
    names = {getattr(each.words.name, script) for each in programmes() for script in SCRIPTS}
    for text in (known.letter.supported, known.label, *known.without.values()):
        for script in SCRIPTS:
            words = getattr(text, script)
            assert not [name for name in names if name in words], words
    for script in SCRIPTS:
        assert not tells_of(getattr(known.letter.supported, script))
    assert known.label not in {row.says for row in known.rows}


# ---- what decides -------------------------------------------------------------------------------------------------------
@given(st.text(max_size=12))
def test_a_fact_is_one_of_four_whatever_is_written(word):
    said = written()
    row_of(said)["uses"] = ["age", word]
    if word in FACTS:
        return
    with pytest.raises(Unfit, match=r"uses: (names|is|holds)"):
        policy._finder(policy.Sheet("finders.yaml", row_of(said)), [])


@given(
    st.sampled_from(["child", "DEATH", "Married", "widow", "健康", "婚", "孩", "gender", "Grade", "sick"]),
    st.text("_-.xyz ", max_size=4),
)
def test_no_spelling_hides_a_family(word, around):
    assert FAMILY.search(f"{around}{word}{around}".lower())
    assert not any(FAMILY.search(fact) for fact in FACTS if fact != CERTIFICATE)


def test_an_award_beside_an_age_or_without_its_programmes_is_refused(tmp_path):
    for other, match in (
        ({"uses": ["award", "age"], "awards": ["rural-incentive"]}, "an award and an age"),
        ({"uses": ["award"]}, "awards: is missing"),
        ({"uses": ["award"], "awards": ["five-guarantees"]}, "awards: holds"),
        ({"uses": ["award"], "awards": ["rural-incentive"]}, "ages: is not a key"),
        ({"uses": ["age"], "place": "420526"}, "place: is not a key"),
        ({"uses": ["age"], "awards": ["rural-incentive"]}, "awards: is not a key"),
    ):
        said = written()
        row_of(said).update(other)
        with pytest.raises(Unfit, match=match):
            read(tmp_path, said)


def test_the_age_at_which_nobody_is_meant_any_more_is_greater_than_the_first(tmp_path):
    for first, until, is_right in ((60, 61, True), (60, 60, False), (60, 59, False), (0, 1, True), (-1, 60, False)):
        said = written()
        row_of(said)["ages"] = {"from": first, "until": until}
        if is_right:
            found = read(tmp_path, said).on(TODAY)["at-sixty"]
            assert (found.first, found.until) == (first, until)
        else:
            with pytest.raises(Unfit):
                read(tmp_path, said)


def test_two_finders_of_an_age_have_nobody_between_them_and_nobody_in_both():
    known = finders().on(TODAY)
    near, far = known["at-forty-nine"], known["at-sixty"]
    assert near.until == far.first
    for year in range(2026, 2041):
        first, last = near.born(date(year, 1, 1)), near.born(date(year, 12, 31))
        assert first == last, "the day in the year decides nothing"
        assert (first[0] - far.born(date(year, 6, 1))[1]).days == 1
        assert (first[0], first[1]) == (date(year - 59, 1, 1), date(year - 49, 12, 31))


def test_a_programme_may_be_looked_for_and_explained_away_by_no_one(tmp_path):
    """One that is in neither is named; one that is known to nobody is no line."""
    for missing in sorted(finders().without):
        said = written()
        del said["without"][missing]
        with pytest.raises(Unfit, match=f"says nothing of {missing}"):
            read(tmp_path, said)
    told = {key for row in finders().rows for key in row.programmes}
    assert told | set(finders().without) == set(claims())
