"""Finding a service by what people call it: words, sentences, English, three scripts; the closest first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.policies.catalogue import REFERRAL, Service, load
from chengnuo.policies.county import XINGSHAN
from chengnuo.web.public.finding import Findable, found

SERVICES = {service.key: service for service in load(XINGSHAN / "services")}


def scripts(text) -> tuple[str, str, str]:
    return text.hans, text.hant, text.en


def findable(service: Service) -> Findable:
    texts = (service.summary, service.who, service.result, *(need.name for need in service.needs))
    return Findable.of(scripts(service.title), service.words, [said for text in texts for said in scripts(text)])


ENTRIES = {key: findable(service) for key, service in SERVICES.items()}


def keys(query: str) -> list[str]:
    return found(query, list(ENTRIES), ENTRIES.__getitem__)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("低保", "dibao"),  # two characters
        ("高龄津贴", "old-age-allowance"),
        ("高齡津貼", "old-age-allowance"),  # Traditional
        ("old-age allowance", "old-age-allowance"),
        ("OLD AGE", "old-age-allowance"),
        ("ｏｌｄ ａｇｅ", "old-age-allowance"),  # full width
        ("上户口", "birth-registration"),  # a referral is found too
        ("育儿补贴申领", "childcare-subsidy"),
        ("育兒補貼申領", "childcare-subsidy"),
        ("奶粉", "childcare-subsidy"),  # a word of the people, in no title
        ("我想给孩子领育儿补贴", "childcare-subsidy"),  # a sentence without spaces
        ("育儿补贴，三岁！", "childcare-subsidy"),  # punctuation
        ("childcare subsidy", "childcare-subsidy"),
        ("pension at sixty", "resident-pension-claim"),
        ("生娃补助", "childcare-subsidy"),
        ("二胎", "childcare-subsidy"),
        ("宅基地", "village-disclosure-question"),
        ("butie", "childcare-subsidy"),
        ("补贴", "childcare-subsidy"),  # in its name and among its words
    ],
)
def test_what_people_type_finds_what_they_mean_first(query, first):
    assert keys(query)[0] == first


@pytest.mark.parametrize("query", ["", " ", "，。", "zzz", "不存在的东西啊啊啊", "%", "'; drop table", "\0", "龘"])
def test_what_fits_nothing_finds_nothing(query):
    assert keys(query) == []


def test_english_is_matched_at_the_beginning_of_words_only():
    assert keys("laim") == []
    assert "childcare-subsidy" in keys("claim")


def test_what_fits_more_words_stands_alone():
    """ "allowance" fits many; with "old-age" beside it only what has both is shown."""
    assert len(keys("allowance")) > 1
    assert keys("old-age allowance") == ["old-age-allowance"]


def test_a_title_comes_before_a_mention():
    order = keys("补贴")
    titled = [order.index(key) for key in order if "补贴" in SERVICES[key].title.hans]
    mentioned = [
        order.index(key)
        for key in order
        if "补贴" not in SERVICES[key].title.hans and not any("补贴" in word for word in SERVICES[key].words)
    ]
    assert titled
    assert mentioned
    assert max(titled) < min(mentioned)


def test_a_rare_word_tells_more_than_a_common_one():
    """ "claim" stands in many titles, "pension" in few texts."""
    assert keys("pension claim")[0] == "resident-pension-claim"


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.key)
def test_every_service_is_found_by_its_title_in_each_script(service):
    for title in scripts(service.title):
        assert service.key in keys(title)[:2], title


@pytest.mark.parametrize("service", SERVICES.values(), ids=lambda service: service.key)
def test_every_service_is_found_by_each_of_its_words(service):
    for word in service.words:
        assert service.key in keys(word), word


def test_referrals_are_among_what_is_found():
    assert [key for key, service in SERVICES.items() if service.kind == REFERRAL and key in keys(service.title.hans)]


@given(st.text(max_size=60))
def test_any_text_gives_an_answer_without_repeats(query):
    answer = keys(query)
    assert len(answer) == len(set(answer))
    assert set(answer) <= set(ENTRIES)


@given(st.sampled_from(sorted(ENTRIES)), st.data())
def test_width_case_and_punctuation_never_matter(key, data):
    title = SERVICES[key].title.en
    dressed = "".join(data.draw(st.sampled_from([letter, letter.upper(), letter.lower()])) for letter in title)
    mark = data.draw(st.sampled_from(["", " ", "！", "...", "、"]))
    assert keys(mark + dressed + mark) == keys(title)
