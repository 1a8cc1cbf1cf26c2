"""并发症特扶: by the grade that a licensed body certified; nothing else of the person's health is asked or kept."""

from chengnuo.core.rules import JANUARY, Programme, accrued, chosen, dated, met, when
from chengnuo.policies.counting import last_month, reaches
from chengnuo.policies.facts import person
from chengnuo.policies.national.programmes.bereaved import Bereaved
from chengnuo.policies.national.programmes.disabled_child import DisabledChild
from chengnuo.policies.words import beside

NO_GRADE = 99
grade = person.complication_grade.otherwise(NO_GRADE)
last = last_month("complications.year_of_end", person.died, person.ended)
first, second, third = (accrued(f"complications.grade{number}", JANUARY, last) for number in (1, 2, 3))


class Complications(Programme):
    words = beside(__file__)
    who = person.PERSON
    stands = "complications.grade3"
    conditions = {
        "certified": grade <= dated("complications.least_grade", "grade"),
        "no_double": ~(chosen("complications.beside_special", "barred") & (met(Bereaved) | met(DisabledChild))),
    }
    exits = {"death": person.died, "statement": person.ended}
    claimed = reaches("complications.years_made_up", person.first_claimed)
    amount = when(grade == 1, first, when(grade == 2, second, third))
