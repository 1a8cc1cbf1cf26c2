"""What would change a result, as page, command and interface say it: other readings of open questions, and other years."""

from __future__ import annotations

from dataclasses import dataclass, field

from chengnuo.core.rules import Asked, Determination, Household
from chengnuo.core.rules.outlook import Bind, Otherwise, otherwise
from chengnuo.policies.bound import bound
from chengnuo.policies.course import Course, course_of


@dataclass(frozen=True)
class Outlook:
    """`otherwise`: readings that would make a difference; `course`: what comes in later years."""

    otherwise: tuple[Otherwise, ...] = ()
    course: Course = field(default_factory=Course)


def outlook(found: Determination, household: Household, asked: Asked, bind: Bind = bound) -> Outlook:
    """Of a result for this household. `bind` binds the law of other days and readings."""
    return Outlook(tuple(otherwise(found, household, asked, bind)), course_of(found, household, asked, bind))
