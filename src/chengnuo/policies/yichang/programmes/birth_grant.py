"""一次性生育补贴: Yichang's grant for a second or later child, claimed within a year of the birth."""

from chengnuo.core.rules import TODAY, Programme, dated, dated_day
from chengnuo.policies.facts import child
from chengnuo.policies.words import beside


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
    }
    amount = dated("yichang.birth_grant", "fen")
    closes = child.born.after_months(dated("yichang.claim_within", "months"))
