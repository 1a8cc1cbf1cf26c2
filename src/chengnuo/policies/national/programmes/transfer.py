"""转入特扶: from the allowance for the old to special assistance, which takes over from its first month."""

from chengnuo.core.rules import DECEMBER, JANUARY, NEW_YEARS_DAY, chosen, met, when
from chengnuo.policies.facts import person
from chengnuo.policies.national.programmes.bereaved import Bereaved
from chengnuo.policies.national.programmes.bereaved import first as bereaved_from
from chengnuo.policies.national.programmes.disabled_child import DisabledChild
from chengnuo.policies.national.programmes.special import from_age

special = met(Bereaved) | met(DisabledChild)
begins = when(met(DisabledChild), from_age, bereaved_from)
# said first, because it settles nearly every family
lost_this_year = person.child_died.applies & (person.child_died.otherwise(NEW_YEARS_DAY) >= NEW_YEARS_DAY)
may_move = chosen("incentive.moves", "month_after") & (chosen("special.age_counts", "from_month") | lost_this_year)
within_the_year = may_move & special & (begins > JANUARY)
until_transfer = when(within_the_year, begins - 1, DECEMBER)
