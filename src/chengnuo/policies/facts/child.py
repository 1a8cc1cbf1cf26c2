"""What is asked of a child."""

from chengnuo.core.rules import Entity
from chengnuo.core.text3 import Text3

CHILD = Entity("child", Text3("孩子", "孩子", "child"))

born = CHILD.birth("born", Text3("孩子的出生日期", "孩子的出生日期", "the child's date of birth"))
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
    least=1,
    most=9999,
)
claimed = CHILD.perhaps_day(
    "claimed",
    Text3("这一年申领的日期", "這一年申領的日期", "the day on which this year's subsidy was claimed"),
)
certificate = CHILD.truth(
    "certificate",
    Text3(
        "父母为这个孩子领有独生子女父母光荣证",
        "父母為這個孩子領有獨生子女父母光榮證",
        "the parents hold the Only-Child Parents' Certificate for this child",
    ),
)
which_child = CHILD.whole(
    "which_child",
    Text3(
        "申领人声明：这是第几个孩子（本地条文要求）",
        "申領人聲明：這是第幾個孩子（本地條文要求）",
        "by the claimant's own statement, as the local text asks: which child of theirs this is",
    ),
    least=1,
    most=30,
)
mother_here = CHILD.truth(
    "mother_here", Text3("母亲的户口在本市", "母親的戶口在本市", "the mother is registered in the city")
)
first_here = CHILD.truth(
    "first_here",
    Text3(
        "孩子第一次落户在本县（市、区）",
        "孩子第一次落戶在本縣（市、區）",
        "the child was first registered in the county",
    ),
)
once_received = CHILD.truth(
    "once_received", Text3("已经领过一次性补贴", "已經領過一次性補貼", "the grant that is paid once was received")
)
parent_employed = CHILD.truth(
    "parent_employed",
    Text3("这位家长是用人单位职工", "這位家長是用人單位職工", "this parent is an employee"),
)
semesters = CHILD.whole(
    "semesters",
    Text3(
        "这一年上了几个学期的幼儿园",
        "這一年上了幾個學期的幼兒園",
        "how many semesters of kindergarten the child attended in this year",
    ),
    least=0,
    most=2,
)
semesters_before = CHILD.whole(
    "semesters_before",
    Text3(
        "以前已经领过几个学期的幼儿园补助",
        "以前已經領過幾個學期的幼兒園補助",
        "for how many semesters the kindergarten grant was received before",
    ),
    least=0,
    most=30,
)
home_bought = CHILD.perhaps_day(
    "home_bought",
    Text3("家里在本市买房的日期", "家裡在本市買房的日期", "the day on which the family bought a home in the city"),
)
housing_received = CHILD.truth(
    "housing_received", Text3("已经领过购房补贴", "已經領過購房補貼", "the housing grant was received")
)
rural_daughter = CHILD.truth(
    "rural_daughter",
    Text3("考生是农村户口的女儿", "考生是農村戶口的女兒", "the candidate is a daughter registered as a rural resident"),
)
exam_year = CHILD.perhaps_whole(
    "exam_year",
    Text3("参加高考的年份", "參加高考的年份", "the year of the university entrance examination"),
    "year",
    least=1,
    most=9999,
)
