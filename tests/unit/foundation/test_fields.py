"""A text in three scripts comes back as one."""

from __future__ import annotations

import pytest
from django.apps.registry import Apps
from django.core import serializers
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.text3 import Text3
from chengnuo.foundation.fields import Text3Field

TEXT = Text3("生育服务登记", "生育服務登記", "Registration", reviewed=True)


class Sign(models.Model):
    title = Text3Field()
    note = Text3Field(null=True)

    class Meta:
        apps = Apps()
        app_label = "shelf"


@pytest.fixture(scope="module", autouse=True)
def _table(tables):
    tables(Sign)


def test_it_comes_back(db):
    Sign.objects.create(title=TEXT)
    assert Sign.objects.get().title == TEXT
    assert Sign.objects.get().note is None
    Sign.objects.update(title=Text3("甲", "甲", "A"))
    assert Sign.objects.get().title == Text3("甲", "甲", "A")


def test_equal_texts_are_read_once(db):
    Sign.objects.bulk_create([Sign(title=TEXT), Sign(title=TEXT), Sign(title=Text3("甲", "甲", "A"))])
    first, second, other = Sign.objects.order_by("pk").values_list("title", flat=True)
    assert first is second
    assert first == TEXT
    assert other != TEXT


def test_bulk_create_and_single_scripts(db):
    Sign.objects.bulk_create([Sign(title=TEXT), Sign(title=Text3("乙", "乙", "B"))])
    assert set(Sign.objects.values_list("title__hans", flat=True)) == {"生育服务登记", "乙"}
    assert Sign.objects.get(title__en="B").title.hant == "乙"
    assert Sign.objects.get(title=TEXT).title == TEXT


def test_what_is_no_text_in_three_scripts_is_refused(db):
    with pytest.raises(KeyError):
        Text3.from_dict({"hans": "甲"})


@given(st.builds(Text3, st.text(), st.text(), st.text(), st.booleans()))
def test_a_field_reads_what_it_wrote(text):
    field = Sign._meta.get_field("title")
    assert field.to_python(text.to_dict()) == field.to_python(text) == text
    assert field.value_to_string(Sign(title=text)) == text.to_dict()


def test_fixtures_hold_plain_json(db):
    sign = Sign.objects.create(title=TEXT)
    assert serializers.serialize("python", [sign])[0]["fields"]["title"] == TEXT.to_dict()
