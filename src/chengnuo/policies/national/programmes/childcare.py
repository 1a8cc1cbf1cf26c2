"""育儿补贴: the national subsidy for children under three, with the official months of those born before it began."""

from chengnuo.core.rules import (
    JANUARY,
    TODAY,
    YEAR_ASKED,
    YEARS_END,
    Programme,
    chosen,
    dated,
    dated_day,
    least,
    look_up,
    most,
    when,
)
from chengnuo.policies.counting import NEVER
from chengnuo.policies.facts import child
from chengnuo.policies.words import beside

starts, a_month = dated_day("childcare.starts"), dated("childcare.a_month", "fen a month")
early = child.born < starts
first = child.first_claimed.otherwise(YEAR_ASKED)

# born before it began: a month for each month of birth since January 2022, whole years first
owed = child.born.month - dated_day("childcare.born_from").month + 1
months = least(most(owed - (JANUARY - starts.month), 0), 12).named("months")

# born since: three payments, each of a whole year
since = YEAR_ASKED - first
made_up = chosen("childcare.claimed_in_second_year", "made_up") & (first > child.born.year)
payments = when(made_up, look_up(since, {0: 2, 1: 1}, unit="years"), look_up(since, {0: 1, 1: 1, 2: 1}, unit="years"))
whole = when(early, a_month * months, dated("childcare.a_year", "fen a year") * payments.named("payments"))

died = child.died.otherwise(NEVER)
lived = (died.month - most(JANUARY, child.born.month) + 1).named("lived")
claimed_before = child.claimed.applies & (child.claimed.otherwise(YEARS_END) <= died)
kept = chosen("childcare.year_of_death", "whole_year") | (
    chosen("childcare.year_of_death", "if_claimed") & claimed_before
)
part = when(chosen("childcare.year_of_death", "months_lived"), least(whole, a_month * lived), 0)


class ChildcareSubsidy(Programme):
    words = beside(__file__)
    who = child.CHILD
    stands = "childcare.a_year"
    conditions = {
        "born_from": child.born >= dated_day("childcare.born_from"),
        "born_by": child.born <= TODAY,
        "chinese": child.chinese,
        "guardian": child.guardian_claims,
        "first_claim": early | (first <= child.born.year + 1),
    }
    exits = {"death": child.died}
    amount = when((died > YEARS_END) | kept, whole, part)
    closes = YEARS_END
