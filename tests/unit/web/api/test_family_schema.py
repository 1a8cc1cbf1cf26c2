"""How a family is described to programs: every fact, of the kind that the rules read, and nothing that the charter leaves out."""

import pytest

from chengnuo.policies.household import facts_of, household
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import Sheet, Unfit
from chengnuo.web.api.family_schema import MOST_MEMBERS, family_schema

GOOD = {"day": "2025-03-02", "truth": True}
WRONG = {"day": "yesterday", "truth": "yes"}


@pytest.fixture(scope="module")
def described():
    schema = {"title": "Family"}
    family_schema(schema)
    return schema["properties"]


def facts():
    return [fact for by_name in facts_of(programmes()).values() for fact in by_name.values()]


@pytest.mark.parametrize("fact", facts(), ids=str)
def test_every_fact_is_described_with_its_words_and_kind(described, fact):
    said = described[fact.entity]["items"]["properties"][fact.name]
    assert said["description"].startswith(fact.label.en)
    kinds = [each.get("type", each.get("const")) for each in said["anyOf"]]
    assert kinds[0] == {"day": "string", "truth": "boolean"}.get(fact.kind, "integer")
    assert ("none" in kinds) is fact.perhaps
    assert kinds[-1] == "null", "what is not known may be said so"


@pytest.mark.parametrize("fact", facts(), ids=str)
def test_what_the_description_allows_is_read_and_what_it_does_not_is_refused(fact):
    def read(value):
        return household(Sheet("family", {fact.entity: [{fact.name: value}]}), programmes())

    known = GOOD.get(fact.kind, 2)
    assert read(known).members[fact.entity][0][fact.name] is not None
    assert read(None).members[fact.entity][0][fact.name] is None
    with pytest.raises(Unfit):
        read(WRONG.get(fact.kind, "two"))
    if not fact.perhaps:
        with pytest.raises(Unfit):
            read("none")


def test_nobody_is_named_and_no_key_is_open(described):
    for entity in ("person", "child"):
        assert described[entity]["items"]["additionalProperties"] is False
        assert described[entity]["maxItems"] == MOST_MEMBERS
        assert not {"name", "id", "phone", "married"} & set(described[entity]["items"]["properties"])


def test_the_programmes_that_may_be_asked_for_are_listed(described):
    assert described["only"]["items"]["enum"] == [each.words.key for each in programmes()]
    assert set(described["partly"]["items"]["enum"]) == {"child", "person"}
