"""A closed letter that was told otherwise, through the page of whoever holds it: by which way, or the question stays."""

from __future__ import annotations

import pytest

from chengnuo.channels.operations import writing
from chengnuo.promises.models import Duty
from tests.factories import cases, county, desk
from tests.factories.desk import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def letter():
    return writing.owe(cases.ask().pk, at=county.MONDAY)


@pytest.mark.parametrize("way", ["", "letter", "telegram", "<b>phone</b>"])
def test_a_way_that_is_none_is_asked_for_again_and_nothing_is_told(client, letter, way):
    there = desk.at(client, letter.holder.key)
    answer = there.send("desk:closed_letter_deed", letter.pk, "tell", way=way)
    assert answer.status_code == 200
    assert "Choose how." in said(answer)
    letter.refresh_from_db()
    assert (letter.status, letter.told_by_id) == ("owed", None)


@pytest.mark.parametrize("way", ["phone", "person"])
def test_who_told_it_and_how_is_kept_and_ends_what_is_owed(client, letter, way):
    there = desk.at(client, letter.holder.key)
    assert there.send("desk:closed_letter_deed", letter.pk, "tell", way=way).status_code == 302
    letter.refresh_from_db()
    assert (letter.way, letter.told_by.key) == (way, letter.holder.key)
    assert Duty.objects.get(subject_id=letter.pk).outcome == "kept"


def test_nobody_else_says_so(client, letter):
    there = desk.at(client, f"{cases.ELSEWHERE}.desk")
    assert there.get("desk:closed_letter_deed", letter.pk, "tell").status_code == 404
