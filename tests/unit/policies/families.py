"""Families for the tests of explanations: a child and a person, with every answer that the national programmes ask."""

from datetime import date

from chengnuo.core.rules import NOT_APPLICABLE, Asked, Bound, Determination, Household
from chengnuo.policies.loader import parameters
from chengnuo.policies.outlook import Outlook, outlook
from chengnuo.policies.programmes import programmes

ASKED = Asked(date(2026, 12, 31), place="420526000000")
PERSON = {
    "born": date(1966, 10, 20), "died": NOT_APPLICABLE, "ended": NOT_APPLICABLE, "rural": True, "spouse_rural": NOT_APPLICABLE,
    "wife_born": NOT_APPLICABLE, "children_ever": 1, "children_living": 1, "child_died": NOT_APPLICABLE,
    "child_grade": NOT_APPLICABLE, "complication_grade": NOT_APPLICABLE, "first_claimed": NOT_APPLICABLE,
}  # fmt: skip
CHILD = {
    "born": date(2025, 3, 2), "died": NOT_APPLICABLE, "chinese": True, "guardian_claims": True, "first_claimed": NOT_APPLICABLE
}  # fmt: skip


def told(key: str, *, asked: Asked = ASKED, **facts: object) -> tuple[Determination, Outlook]:
    """One programme for the person or the child with these facts changed, and what would change it."""
    (programme,) = (each for each in programmes() if each.words.key == key)
    ordinary = PERSON if programme.who.name == "person" else CHILD
    members = {"person": [PERSON], "child": [CHILD], programme.who.name: [ordinary | facts]}
    family = Household({}, members)
    (found,) = Bound([programme], parameters(), asked).determine(family)
    return found, outlook(found, family, asked)
