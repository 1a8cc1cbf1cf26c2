"""一次性生育补贴: Yichang's grant for a second or later child; in Yidu, and as it is read elsewhere, claimed within a year of the birth."""

from chengnuo.core.rules import TODAY, YEARS_END, Programme, chosen, dated, dated_day, in_force, when
from chengnuo.policies.facts import child
from chengnuo.policies.words import beside

A_YEAR = 12  # months: elsewhere the reading itself says so
in_yidu = in_force("yidu.claim_within")
limited = in_yidu | chosen("yichang.time_limit", "a_year")
months = when(in_yidu, dated("yidu.claim_within", "months"), A_YEAR)
birthday = child.born.after_months(months)


class BirthGrant(Programme):
    words = beside(__file__)
    who = child.CHILD
    stands = "yichang.birth_grant"
    conditions = {
        "born_from": child.born >= dated_day("yichang.born_from"),
        "born": child.born <= TODAY,
        "second_child": child.which_child >= 2,
        "mother_here": child.mother_here,
        "first_here": child.first_here,
        "not_received": ~child.once_received,
        "birthday": ~limited | chosen("yichang.birthday_counts", "counts") | (birthday != TODAY),
    }
    amount = dated("yichang.birth_grant", "fen")
    closes = when(limited, birthday, YEARS_END)
