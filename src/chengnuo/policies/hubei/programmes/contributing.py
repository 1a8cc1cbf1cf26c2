"""Between which ages somebody contributes to the residents' pension: from the year of the one birthday to that of the other."""

from chengnuo.core.rules import YEAR_ASKED, dated
from chengnuo.policies.facts import person

old_enough = person.born.year + dated("pension.from_age", "years") <= YEAR_ASKED
young_enough = person.born.year + dated("pension.until_age", "years") >= YEAR_ASKED
