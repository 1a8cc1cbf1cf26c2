"""The one check for what an officer writes: what may not be kept is named, and nothing of it is."""

from __future__ import annotations

import pytest

from chengnuo.core.text3 import Text3
from chengnuo.foundation.actor import Actor, Hat, resident, system, visitor
from chengnuo.foundation.plain import NotForThePublic, NotForTheRecord, plain, public, said_by

OFFICER = Actor(name="", hats=(Hat("village_officer"),), account=7)


@pytest.mark.parametrize(
    ("said", "kept"),
    [("  办好了，请来取。\n", "办好了，请来取。"), ("", ""), ("检查环保设施", "检查环保设施")],
)
def test_ordinary_words_are_kept_without_the_space_around_them(said, kept):
    assert plain(said) == kept


def test_the_words_that_may_not_be_kept_are_named_once_each():
    with pytest.raises(NotForTheRecord) as refused:
        plain("她怀孕了，准备上环；怀孕三个月")
    assert refused.value.facts["words"] == "怀孕、上环"


@pytest.mark.parametrize("by", [visitor(), resident(), system()])
def test_a_resident_s_own_words_are_their_own(by):
    assert said_by(by, " 我怀孕了 ") == " 我怀孕了 "


def test_the_same_words_typed_by_an_officer_are_refused():
    with pytest.raises(NotForTheRecord):
        said_by(OFFICER, "她怀孕了")
    assert said_by(OFFICER, " 带来了 ") == "带来了"


PUBLIC = (
    "家庭支持申请审核公示",
    "张*三",
    "BCDFG",
    "龙池村",
    "Longchi Village",
    "March 2, 2026 to March 9, 2026",
    "12345",
)
LEADS = {
    "张玲 138 1234 5678": "13812345678",
    "一一〇一〇五一九四九一二三一〇〇二": "11010519491231002",
    "龙池村三组": "3组",
    "独生子女死亡": "独生子女、死亡",
    "計劃生育手術併發症": "併發症",
    "伤 残": "伤残",
    "She is disabled": "disabled",
    "已怀孕": "怀孕",
    "身份证号": "身份证号",
}


@pytest.mark.parametrize("said", [*PUBLIC, PUBLIC, {"list": [{"name": "张*三"}]}, "名单".encode("gb18030"), None, 12])
def test_what_names_nobody_may_be_published(said):
    public(said)


@pytest.mark.parametrize(("said", "words"), LEADS.items())
@pytest.mark.parametrize(
    "wrapped",
    [
        lambda said: said,
        lambda said: f"{said}.pdf",
        lambda said: {"lines": [("张*", {"more": said})]},
        lambda said: {said: ""},
        lambda said: Text3("好", said, "good"),
        lambda said: said.encode("utf-8"),
        lambda said: said.encode("utf-16"),
        lambda said: (each for each in [said]),
    ],
    ids=["text", "file name", "data", "key", "script", "utf-8", "utf-16", "stream"],
)
def test_what_leads_to_a_person_stops_it_wherever_it_stands(wrapped, said, words):
    with pytest.raises(NotForThePublic) as refused:
        public(wrapped(said))
    assert refused.value.facts["words"] == words


def test_a_number_that_is_no_text_is_looked_at_too():
    with pytest.raises(NotForThePublic):
        public({"phone": 13812345678})


def test_an_offices_own_number_is_public_and_no_other():
    public("电话 0717-258 1234", known=["07172581234", ""])
    with pytest.raises(NotForThePublic):
        public("电话 0717-258 1235", known=["07172581234"])
    with pytest.raises(NotForThePublic):
        public("电话 0717-258 1234 13812345678", known=["07172581234"])


@pytest.mark.parametrize("file", [b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xd8\xff\xe0\0\x10JFIF", b"%PDF-1.7\0"])
def test_a_file_into_which_nobody_has_looked_is_not_published(file):
    with pytest.raises(NotForThePublic):
        public(file)
