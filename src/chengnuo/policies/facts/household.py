"""A household as a whole: what is owed to it follows from its members."""

from chengnuo.core.rules import Entity
from chengnuo.core.text3 import Text3

HOUSEHOLD = Entity("household", Text3("家庭", "家庭", "household"))
