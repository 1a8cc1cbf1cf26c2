"""特扶（独生子女伤残）: for parents whose only child is disabled in grade 1 to 3."""

from chengnuo.core.rules import DECEMBER, JANUARY, YEARS_END, Programme, accrued, chosen, dated, least, when
from chengnuo.policies.counting import NEVER, last_month
from chengnuo.policies.facts import person
from chengnuo.policies.national.programmes.special import SHARED, from_age, in_time, rural
from chengnuo.policies.words import beside

NO_GRADE = 99
# a child who dies moves the parents to the programme for the bereaved
child_died = person.child_died.otherwise(NEVER)
before_the_year = when(child_died > YEARS_END, DECEMBER, JANUARY - 1)
moves = when(chosen("special.moves", "month_after"), child_died.month, before_the_year)
last = least(last_month("special.year_of_end", person.died, person.ended), moves)


class DisabledChild(Programme):
    words = beside(__file__)
    who = person.PERSON
    stands = "special.disabled"
    conditions = {**SHARED, "grade": person.child_grade.otherwise(NO_GRADE) <= dated("special.grade", "grade")}
    exits = {"death": person.died, "statement": person.ended, "transfer": person.child_died}
    claimed = in_time
    amount = when(rural, accrued("special.disabled_rural", from_age, last), accrued("special.disabled", from_age, last))
