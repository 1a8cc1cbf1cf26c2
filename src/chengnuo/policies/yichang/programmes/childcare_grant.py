"""育儿补贴金: Yichang's monthly grant for a second or later child until it is three."""

from chengnuo.core.rules import Programme, accrued, chosen, dated, dated_day, in_force, least, met, most, when
from chengnuo.policies.counting import last_month
from chengnuo.policies.facts import child
from chengnuo.policies.national.programmes.childcare import ChildcareSubsidy
from chengnuo.policies.words import beside

until = child.born.after_months(dated("yichang.childcare_age", "years").in_months).month - 1
last = least(last_month("yichang.year_of_end", child.died), until)
local = accrued("yichang.childcare", child.born.month, last).named("local")
national = when(met(ChildcareSubsidy), ChildcareSubsidy.amount, 0).named("national")
difference = when(chosen("yichang.beside_national", "difference"), most(local - national, 0), 0)
beside_national = when(chosen("yichang.beside_national", "both"), local, difference)


class ChildcareGrant(Programme):
    words = beside(__file__)
    who = child.CHILD
    stands = "yichang.childcare"
    conditions = {
        "born_from": child.born >= dated_day("yichang.born_from"),
        "second_child": child.which_child >= 2,
        "mother_here": child.mother_here,
        "first_here": child.first_here,
    }
    exits = {"death": child.died}
    amount = when(in_force("childcare.a_year"), beside_national, local)
