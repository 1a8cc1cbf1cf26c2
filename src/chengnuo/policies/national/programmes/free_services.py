"""免费基本服务: the basic services of the law, without charge. Nothing is asked and nothing is kept: whoever wishes goes there."""

from chengnuo.core.rules import Gives, Programme
from chengnuo.policies.facts import person
from chengnuo.policies.words import beside


class FreeServices(Programme):
    words = beside(__file__)
    who = person.PERSON
    gives = Gives.SERVICE
    stands = "law.free_services"
    conditions = {}
