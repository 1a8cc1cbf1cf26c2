"""Ids, instants and texts in three scripts: the small values that everything carries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.ids import uuid7
from chengnuo.core.instants import SHANGHAI, local_date, require_aware
from chengnuo.core.text3 import Text3

chance = st.binary(min_size=10, max_size=16)
moments = st.integers(0, (1 << 48) - 1)


@given(now=moments, random=chance)
def test_an_id_holds_its_time_its_version_and_its_chance(now, random):
    made = uuid7(now, random)
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == now
    bits = int.from_bytes(random[:10])
    assert (made.int >> 64) & 0xFFF == (bits >> 68) & 0xFFF
    assert made.int & (1 << 62) - 1 == bits & (1 << 62) - 1


@given(one=moments, other=moments, random=chance, more=chance)
def test_later_ids_sort_behind_earlier_ones(one, other, random, more):
    if one < other:
        assert uuid7(one, random) < uuid7(other, more)


def test_the_example_of_the_standard():
    """RFC 9562, appendix A.6."""
    random = (0xCC3 << 68 | 0x18C4DC0C0C07398F).to_bytes(10)
    assert str(uuid7(0x017F22E279B0, random)) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC), date(2026, 3, 1)),
        (datetime(2026, 3, 1, 16, 0, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 2, 0, 0, tzinfo=SHANGHAI), date(2026, 3, 2)),
        (datetime(2025, 12, 31, 20, 0, tzinfo=timezone(timedelta(hours=-5))), date(2026, 1, 1)),
        (datetime(1988, 6, 1, 15, 30, tzinfo=UTC), date(1988, 6, 2)),  # the county had summer time that year
    ],
)
def test_a_day_is_the_county_s(instant, day):
    assert local_date(instant) == day


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="says no time zone"):
        local_date(datetime(2026, 3, 2))  # noqa: DTZ001  # the mistake that is refused
    aware = datetime(2026, 3, 2, tzinfo=UTC)
    assert require_aware(aware) is aware


TEXT = Text3("简", "簡", "plain")


@pytest.mark.parametrize(
    ("language", "shown"),
    [("zh-hans", "简"), ("zh-hant", "簡"), ("en", "plain"), ("fr", "plain"), ("", "plain")],
)
def test_a_text_is_read_in_the_reader_s_script(monkeypatch, language, shown):
    assert TEXT.in_language(language) == shown
    monkeypatch.setattr(Text3, "reads", lambda: language)
    assert str(TEXT) == f"{TEXT}" == shown


@given(said=st.builds(Text3, st.text(), st.text(), st.text(), st.booleans()))
def test_a_text_comes_back_from_what_is_stored(said):
    assert Text3.from_dict(said.to_dict()) == said


@pytest.mark.parametrize("said", [{}, {"hans": "简", "hant": "簡"}, {"en": "plain"}])
def test_a_text_without_all_three_scripts_is_none(said):
    with pytest.raises(KeyError):
        Text3.from_dict(said)


def test_a_text_is_not_reviewed_unless_somebody_said_so():
    assert not Text3.from_dict({"hans": "简", "hant": "簡", "en": "plain"}).reviewed
