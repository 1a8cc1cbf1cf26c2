"""Names and words are found by two characters, in every way of writing them, with nothing in clear."""

from __future__ import annotations

import pytest
from django.apps.registry import Apps
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.foundation.grams import GRAM_BYTES, Gram, grams, matching
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.keys import create


class NameGram(Gram):
    class Meta(Gram.Meta):
        apps = Apps()
        app_label = "shelf"


@pytest.fixture(scope="module", autouse=True)
def _table(tables):
    tables(NameGram)


@pytest.fixture
def people(db):
    """Ids by name."""
    ids = {name: new_id() for name in ("张三丰", "张三", "李三丰", "欧阳娜娜", "阿依古丽·买买提", "Ｌｉ Ｗｅｉ", "丰")}
    NameGram.objects.bulk_create(NameGram(owner=pk, gram=gram) for name, pk in ids.items() for gram in grams(name))
    return ids


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("张三", {"张三丰", "张三"}),
        ("三丰", {"张三丰", "李三丰"}),
        ("张三丰", {"张三丰"}),
        ("娜娜", {"欧阳娜娜"}),
        ("古丽•买买", {"阿依古丽·买买提"}),
        ("li wei", {"Ｌｉ Ｗｅｉ"}),
        ("LIWEI", {"Ｌｉ Ｗｅｉ"}),
        (" 张 三 ", {"张三丰", "张三"}),
        ("丰", {"丰"}),
        ("三张", set()),
        ("王五", set()),
        ("", set()),
        ("·—!", set()),
    ],
)
def test_found(people, query, found):
    assert set(matching(NameGram, query).values_list("owner", flat=True)) == {people[name] for name in found}


def test_one_question_serves_inside_another(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        rows = NameGram.objects.filter(owner__in=matching(NameGram, "张三丰"))
        assert {row.owner for row in rows} == {people["张三丰"]}


def test_no_run_is_in_clear_nor_a_plain_digest(people, settings, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("SELECT gram FROM shelf_namegram")
        stored = {bytes(row[0]) for row in cursor.fetchall()}
    assert grams("张三") <= stored
    assert {len(gram) for gram in stored} == {GRAM_BYTES}
    settings.KEY_RING = tmp_path / "keys.json"
    create(settings.KEY_RING)
    assert grams("张三").isdisjoint(stored)


@given(text=st.text(max_size=20), start=st.integers(0, 20), size=st.integers(2, 20))
def test_every_part_of_a_text_is_among_its_runs(text, start, size):
    plain = "".join(filter(str.isalnum, text))
    part = plain[start : start + size]
    if len(part) > 1 and part == part.casefold() and plain.isascii():
        assert grams(part) <= grams(plain)
