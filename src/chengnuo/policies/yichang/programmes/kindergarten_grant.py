"""幼儿园保教费补助: Yichang's grant a semester for a second or later child in kindergarten, up to a sum for each child."""

from chengnuo.core.rules import Programme, chosen, dated, dated_day, least, most
from chengnuo.policies.facts import child
from chengnuo.policies.words import beside

a_semester = dated("yichang.kindergarten", "fen")
left = most(dated("yichang.kindergarten_cap", "fen") - a_semester * child.semesters_before, 0).named("left")


class KindergartenGrant(Programme):
    words = beside(__file__)
    who = child.CHILD
    stands = "yichang.kindergarten"
    conditions = {
        "born_from": chosen("yichang.kindergarten_for", "all") | (child.born >= dated_day("yichang.born_from")),
        "attends": child.semesters >= 1,
        "second_child": child.which_child >= 2,
        "mother_here": child.mother_here,
        "first_here": child.first_here,
    }
    amount = least(a_semester * child.semesters, left)
