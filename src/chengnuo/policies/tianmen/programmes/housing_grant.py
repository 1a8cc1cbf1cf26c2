"""天门购房补贴: once for a family with a second or third child that buys a home, as far as the cap of the whole policy leaves it."""

from chengnuo.core.rules import TODAY, Programme, Whole, dated, dated_day, least, when
from chengnuo.policies.facts import child
from chengnuo.policies.words import beside

third = child.which_child >= 3
bought = child.home_bought.otherwise(TODAY)
while_it_stood = (dated_day("tianmen.born_from") <= bought) & (bought <= dated_day("tianmen.until"))
months = dated("tianmen.age", "years").in_months


def granted(which: str) -> Whole:
    """What the cap leaves beside the grant after the birth and the monthly grant until the child is three."""
    besides = dated(f"tianmen.{which}_child", "fen") + dated(f"tianmen.{which}_a_month", "fen a month") * months
    return least(dated(f"tianmen.housing_{which}", "fen"), dated(f"tianmen.cap_{which}", "fen") - besides)


class TianmenHousingGrant(Programme):
    words = beside(__file__)
    who = child.CHILD
    stands = "tianmen.housing_second"
    conditions = {
        "born_from": child.born >= dated_day("tianmen.born_from"),
        "born_until": child.born <= dated_day("tianmen.until"),
        "second_child": child.which_child >= 2,
        "bought": child.home_bought.applies & while_it_stood & (bought <= TODAY),
        "not_received": ~child.housing_received,
    }
    amount = when(third, granted("third"), granted("second"))
