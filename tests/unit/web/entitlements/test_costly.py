"""What one press may cost: nobody makes the law be bound again and again by asking from place to place."""

import pytest

from chengnuo.policies import bound
from chengnuo.policies.outlook import outlook
from chengnuo.web.entitlements.answers import MOST_ANSWERS, MOST_CHILDREN, Answers
from chengnuo.web.entitlements.asking import Asking
from chengnuo.web.entitlements.facts import facts
from chengnuo.web.entitlements.general import places
from tests.unit.web.entitlements.asked import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
SAID = {"day": "2025-03-02", "truth": "yes", "year": "none"}
ELSE = dict.fromkeys(("died", "ended", "claimed", "child_died", "first_claimed", "exam_year"), "none")


def all_of(entity: str, number: int, born: str) -> dict[str, str]:
    own = ELSE | {"born": born}
    named = facts()[entity].items()
    return {f"{entity}.{number}.{name}": own.get(name, SAID.get(fact.kind, "1")) for name, fact in named}


def largest(place: str) -> Answers:
    """A parent, nine children, and every question answered so that as many years as can be are reckoned."""
    said = {"place": place, "who": "both", "children": str(MOST_CHILDREN), "more": "none"}
    for number in range(1, MOST_CHILDREN + 1):
        said |= all_of("child", number, f"202{3 + number % 3}-0{number}-05")
    return Answers(TODAY, said | all_of("person", 1, "1972-03-04"))


def test_the_law_of_all_places_and_years_is_bound_once_and_kept():
    bound._bound.cache_clear()
    for place in places(Answers(TODAY)):
        asking = Asking(largest(place))
        for each in asking.found:
            outlook(each, asking.household, asking.answers.asked)
    kept = bound._bound.cache_info()
    assert kept.misses > 500, "else this family asks for nothing that is dear"
    assert kept.misses == kept.currsize < 0.8 * kept.maxsize, (
        "nothing was pushed out, and there is room for another day"
    )


def test_the_largest_family_has_room_among_the_answers():
    """What lies beyond is not even read."""
    assert len(largest("?").said) < MOST_ANSWERS
