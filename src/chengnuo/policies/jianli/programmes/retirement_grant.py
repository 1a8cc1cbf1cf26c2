"""监利改制企业退休职工奖励: for holders of the certificate who retired from a restructured enterprise, in yearly parts."""

from chengnuo.core.rules import YEAR_ASKED, YEARS_END, Programme, chosen, dated, when
from chengnuo.policies.facts import person
from chengnuo.policies.words import beside

retired = person.retired.otherwise(YEARS_END).year
first = when(chosen("jianli_retirement.first_part", "same_year"), retired, retired + 1)


class JianliRetirementGrant(Programme):
    words = beside(__file__)
    who = person.PERSON
    stands = "jianli_retirement.part"
    conditions = {
        "certificate": person.certificate,
        "retired": person.retired.applies & (first <= YEAR_ASKED),
        "restructured": person.restructured,
        "parts_left": first + dated("jianli_retirement.parts", "years") > YEAR_ASKED,
    }
    exits = {"death": person.died}
    amount = dated("jianli_retirement.part", "fen")
