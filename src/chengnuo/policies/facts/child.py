"""What is asked of a child."""

from chengnuo.core.rules import Entity
from chengnuo.core.text3 import Text3

CHILD = Entity("child", Text3("孩子", "孩子", "child"))

born = CHILD.day("born", Text3("孩子的出生日期", "孩子的出生日期", "the child's date of birth"))
died = CHILD.perhaps_day("died", Text3("孩子去世的日期", "孩子去世的日期", "the day on which the child died"))
chinese = CHILD.truth("chinese", Text3("孩子有中国国籍", "孩子有中國國籍", "the child is a Chinese national"))
guardian_claims = CHILD.truth(
    "guardian_claims",
    Text3("由父母一方或其他监护人申领", "由父母一方或其他監護人申領", "a parent or another guardian claims"),
)
first_claimed = CHILD.perhaps_whole(
    "first_claimed",
    Text3("第一次申领的年份", "第一次申領的年份", "the year of the first claim"),
    "year",
)
