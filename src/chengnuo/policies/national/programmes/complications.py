"""并发症特扶: by the grade that a licensed body certified; nothing else of the person's health is asked or kept."""

from chengnuo.core.rules import JANUARY, Programme, accrued, dated, when
from chengnuo.policies.counting import last_month
from chengnuo.policies.facts import person
from chengnuo.policies.words import beside

NO_GRADE = 99
grade = person.complication_grade.otherwise(NO_GRADE)
last = last_month("complications.year_of_end", person.died, person.ended)
first, second, third = (accrued(f"complications.grade{number}", JANUARY, last) for number in (1, 2, 3))


class Complications(Programme):
    words = beside(__file__)
    who = person.PERSON
    stands = "complications.grade3"
    conditions = {"certified": grade <= dated("complications.least_grade", "grade")}
    exits = {"death": person.died, "statement": person.ended}
    amount = when(grade == 1, first, when(grade == 2, second, third))
