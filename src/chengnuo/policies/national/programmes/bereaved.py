"""特扶（独生子女死亡）: for parents whose only child died."""

from chengnuo.core.rules import JANUARY, NEW_YEARS_DAY, YEARS_END, Programme, accrued, chosen, most, when
from chengnuo.policies.counting import last_month
from chengnuo.policies.facts import person
from chengnuo.policies.national.programmes.special import SHARED, from_age, in_time, rural
from chengnuo.policies.words import beside

month_after = person.child_died.otherwise(NEW_YEARS_DAY).month + 1
first = most(from_age, when(chosen("special.moves", "month_after"), month_after, JANUARY))
last = last_month("special.year_of_end", person.died, person.ended)


class Bereaved(Programme):
    words = beside(__file__)
    who = person.PERSON
    stands = "special.bereaved"
    conditions = {
        **SHARED,
        "one_child": (person.children_ever == 1)
        | (chosen("special.several_lost", "included") & (person.children_ever > 1)),
        "none_left": person.children_living == 0,
        "child_died": person.child_died.applies & (person.child_died.otherwise(YEARS_END) <= YEARS_END),
    }
    exits = {"death": person.died, "statement": person.ended}
    claimed = in_time
    amount = when(rural, accrued("special.bereaved_rural", first, last), accrued("special.bereaved", first, last))
