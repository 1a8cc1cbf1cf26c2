"""What is asked of an adult who claims for themselves. How many children: only for the texts that name it, by their own statement."""

from chengnuo.core.rules import Entity
from chengnuo.core.text3 import Text3

PERSON = Entity("person", Text3("本人", "本人", "person"))

born = PERSON.day("born", Text3("本人的出生日期", "本人的出生日期", "the person's date of birth"))
died = PERSON.perhaps_day("died", Text3("本人去世的日期", "本人去世的日期", "the day on which the person died"))
ended = PERSON.perhaps_day(
    "ended",
    Text3(
        "年审时本人声明不再符合条件的日期",
        "年審時本人聲明不再符合條件的日期",
        "the day from which, by their own statement at the review, the conditions no longer hold",
    ),
)
first_claimed = PERSON.perhaps_whole(
    "first_claimed",
    Text3("第一次申领这项扶助的年份", "第一次申領這項扶助的年份", "the year in which this support was first claimed"),
    "year",
    least=1,
    most=9999,
)
rural = PERSON.truth(
    "rural", Text3("本人是农村居民户口", "本人是農村居民戶口", "the person is registered as a rural resident")
)
spouse_rural = PERSON.perhaps_truth(
    "spouse_rural", Text3("配偶是农村居民户口", "配偶是農村居民戶口", "the spouse is registered as a rural resident")
)
wife_born = PERSON.perhaps_day(
    "wife_born",
    Text3("丈夫填：妻子的出生日期", "丈夫填：妻子的出生日期", "for a husband: his wife's date of birth"),
)
wife_is_parent = PERSON.truth(
    "wife_is_parent", Text3("妻子是这个孩子的母亲", "妻子是這個孩子的母親", "the wife is the child's mother")
)
children_ever = PERSON.whole(
    "children_ever",
    Text3(
        "本人声明：生育和合法收养过几个子女",
        "本人聲明：生育和合法收養過幾個子女",
        "by the person's own statement: how many children they had or adopted",
    ),
    least=0,
    most=30,
)
children_living = PERSON.whole(
    "children_living",
    Text3(
        "本人声明：现有几个子女",
        "本人聲明：現有幾個子女",
        "by the person's own statement: how many children are living",
    ),
    least=0,
    most=30,
)
two_daughters = PERSON.truth(
    "two_daughters",
    Text3("现有的两个子女都是女儿", "現有的兩個子女都是女兒", "the two living children are daughters"),
)
child_died = PERSON.perhaps_day(
    "child_died", Text3("子女去世的日期", "子女去世的日期", "the day on which the child died")
)
child_grade = PERSON.perhaps_whole(
    "child_grade",
    Text3("子女残疾证上的等级", "子女殘疾證上的等級", "the grade on the child's certificate of disability"),
    "grade",
    least=1,
    most=4,
)
complication_grade = PERSON.perhaps_whole(
    "complication_grade",
    Text3(
        "有资质的机构鉴定的并发症等级",
        "有資質的機構鑑定的併發症等級",
        "the grade of complication that a licensed body certified",
    ),
    "grade",
    least=1,
    most=4,
)
certificate = PERSON.truth(
    "certificate",
    Text3("有独生子女父母光荣证", "有獨生子女父母光榮證", "the person holds the Only-Child Parents' Certificate"),
)
retired = PERSON.perhaps_day("retired", Text3("退休的日期", "退休的日期", "the day of retirement"))
public_body = PERSON.truth(
    "public_body",
    Text3("从机关或事业单位退休", "從機關或事業單位退休", "retired from an authority or a public institution"),
)
pension = PERSON.whole(
    "pension",
    Text3("每月养老金", "每月養老金", "the monthly pension"),
    "fen a month",
    least=0,
    most=10_000_000,
)
employed = PERSON.truth("employed", Text3("本人是用人单位职工", "本人是用人單位職工", "the person is an employee"))
only_child = PERSON.truth("only_child", Text3("本人是独生子女", "本人是獨生子女", "the person is an only child"))
parent_born = PERSON.perhaps_day(
    "parent_born",
    Text3("年长的一位父母的出生日期", "年長的一位父母的出生日期", "the elder living parent's date of birth"),
)
low_income = PERSON.truth(
    "low_income",
    Text3("家庭被认定为困难家庭", "家庭被認定為困難家庭", "the household is recognised as poor"),
)
restructured = PERSON.truth(
    "restructured",
    Text3("从改制企业退休", "從改制企業退休", "the person retired from a restructured enterprise"),
)
resident_pension = PERSON.truth(
    "resident_pension",
    Text3("参加城乡居民基本养老保险", "參加城鄉居民基本養老保險", "the person is insured in the residents' pension"),
)
pension_contribution = PERSON.whole(
    "pension_contribution",
    Text3(
        "这一年缴纳的养老保险费", "這一年繳納的養老保險費", "what the person contributes to the pension in this year"
    ),
    "fen",
    least=0,
    most=10_000_000,
)
disability_grade = PERSON.perhaps_whole(
    "disability_grade",
    Text3("本人残疾证上的等级", "本人殘疾證上的等級", "the grade on the person's own certificate of disability"),
    "grade",
    least=1,
    most=4,
)
