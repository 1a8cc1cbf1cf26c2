"""特扶: what special assistance for the bereaved and for parents of a disabled only child have in common."""

from chengnuo.core.rules import JANUARY, YEAR_ASKED, chosen, dated, dated_day, most, when
from chengnuo.policies.counting import reaches
from chengnuo.policies.facts import person

# a couple enters when the wife is of age, neither before; whoever has no wife counts their own age
whose = when(
    chosen("special.wife_not_parent", "own_age") & ~person.wife_is_parent,
    person.born,
    person.wife_born.otherwise(person.born),
)
age = dated("special.age", "years")
from_age = when(chosen("special.age_counts", "whole_year"), JANUARY, most(JANUARY, whose.month + age.in_months))

# the two rates differed in 2014 and 2015 only
rural = person.rural & (chosen("special.mixed_couple", "own") | person.spouse_rural.otherwise(default=True))

in_time = reaches("special.years_made_up", person.first_claimed)

SHARED = {
    "born_from": person.born >= dated_day("special.born_from"),
    "age": whose.year + age <= YEAR_ASKED,
    "one_child": person.children_ever == 1,
}
