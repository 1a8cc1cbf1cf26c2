"""What the charter's first right keeps out of the record, and what must not be taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.policies.charter_words import names_a_birth, tells_of

TELLING = {
    "她已怀孕三个月": ["怀孕"],
    "她已懷孕三個月": ["懷孕"],
    "准备上环，去年结扎的": ["上环", "结扎"],
    "正在备孕，想要孩子": ["备孕", "想要孩子"],
    "做了孕前优生检查": ["孕前优生"],
    "怀 孕": ["怀孕"],
    "怀\u200b孕": ["怀孕"],
    "上\u3000环": ["上环"],
    "She is Pregnant": ["Pregnant"],
    "had an abortion, uses an IUD": ["abortion", "IUD"],
    "用的是避孕套": ["避孕套"],
}
HARMLESS = [
    "计划生育协会来开会", "人口与计划生育法第三十二条", "农村部分计划生育家庭奖励扶助", "计划生育手术并发症人员特别扶助",
    "计划生育特殊家庭", "獨生子女父母光榮證", "生育保险和养老保险", "育儿补贴", "线上环节已完成", "争取环境改善", "检查环保设施",
    "物流产业园", "吸引产业", "面临产能不足", "等待产品到货", "李先生二孩补贴", "学生二胎家庭", "团结扎实", "季节育苗", "稻子孕穗期",
    "暂停经营", "拒绝经办", "本月经费已拨", "人流量大", "需要孩子的户口本", "孩子2024年5月出生，已看过户籍", "做了心脏手术",
    "超生产能力", "检查轮胎", "Family Planning Association", "Population and Family Planning Law", "condominium",
    "birth control surgery complications", "certified a grade, nothing else", "the due date of the reply", "abort the upload",
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), TELLING.items())
def test_what_is_never_recorded_is_found(text, words):
    assert tells_of(text) == words


@pytest.mark.parametrize("text", HARMLESS)
def test_what_an_officer_needs_to_write_is_let_through(text):
    assert tells_of(text) == []


def test_an_ordinary_word_hides_only_itself():
    assert tells_of("计划生育手术并发症人员，现已怀孕") == ["怀孕"]
    assert tells_of("流产业产") == []


def test_what_stands_left_and_right_of_an_ordinary_word_does_not_grow_together():
    assert tells_of("怀先生孕") == ["孕"]
    assert tells_of("上生产环") == []


def test_a_birth_is_no_subject_of_a_case_and_a_word_that_an_officer_may_write():
    assert names_a_birth("新生儿出生登记") == ["新生儿", "出生登记"]
    assert tells_of("新生儿出生登记") == []


@given(st.text(), st.sampled_from(["怀孕", "結紮", "vasectomy"]), st.text())
def test_no_text_around_it_in_lines_of_its_own_hides_a_word(before, word, after):
    assert word in tells_of(f"{before}\n{word}\n{after}")
