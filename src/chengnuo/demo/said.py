"""What the demo's people say. Residents write in their own script; officers in the county's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chengnuo.core.text3 import Text3


@dataclass(frozen=True)
class Asked:
    """What another office is asked, and what it answers."""

    words: str
    answer: str
    needs_name: bool = False


BROUGHT = (
    Text3("都带来了。", "都帶來了。", "I have brought everything."),
    Text3("照片和复印件补上了，请看看。", "照片和影本補上了，請看看。", "Here are the photographs and the copies."),
    Text3("缺的那张找到了。", "缺的那張找到了。", "I have found the paper that was missing."),
)
RESOLVED = (
    Text3("", "", ""),
    Text3("办得很快，谢谢。", "辦得很快，謝謝。", "That was quick, thank you."),
    Text3("收到了。", "收到了。", "It has come."),
    Text3("", "", ""),
)
NOT_RESOLVED = (
    Text3("说办好了，我还没有收到。", "說辦好了，我還沒有收到。", "It is called done, but nothing has come."),
    Text3("名字写错了一个字。", "名字寫錯了一個字。", "My name is misspelt on it."),
    Text3("只答了一半，金额没有说。", "只答了一半，金額沒有說。", "Only half is answered: the amount is not."),
)
RESOLVED_AFTER_ALL = (
    Text3("这次好了。", "這次好了。", "It is right now."),
    Text3("改好了，麻烦你们了。", "改好了，麻煩你們了。", "Corrected; thank you for your trouble."),
)
COMPLAINTS = (
    Text3("跑了三趟，每次说的不一样。", "跑了三趟，每次說的不一樣。", "I came three times and was told three things."),
    Text3("过了期限没有人告诉我一声。", "過了期限沒有人告訴我一聲。", "The time ran out and nobody told me."),
    Text3("窗口上班时间没有人。", "窗口上班時間沒有人。", "Nobody was at the counter in office hours."),
)

RESULTS = (
    "办好了，请来领取。",
    "已经办结，结果寄给您了。",
    "核对无误，钱下个月到账。",
    "表已收下，上报完成。",
    "已当面答复，并留了书面材料。",
)
AGAIN = ("已重新办理，当面交给您了。", "更正好了，旧的收回。")
REASONS = (
    "不符合这一项的条件：户口不在本乡镇。可以到户口所在地申请。",
    "这一项今年已经领过，同一年不重复发放。",
    "收入核对后超过标准。附核对结果，可以要求复核。",
)
REPLIES = (
    "已向工作人员核实，情况属实，已作检讨；今后由专人告知进度。",
    "查明：材料曾转错窗口，已更正流程，向您致歉。",
    "窗口当日确有空缺，已安排替班，值班表已公示。",
)
FREED = ("申请人一家已迁往外县，由迁入地办理，本县不再欠办。", "同一事项已由县级窗口一并办结。")
MOVED_AWAY = "已由别处办结，本件到此为止，请来电核对。"
ANSWERS = {
    0: ("已责成工作人员五个工作日内重新办理，结果由我来电告知。", "已调阅全部材料，确有差错，今日退回重办。"),
    1: ("工作人员外出培训，已由我接手，本周内给您答复。", "等待外单位回函，已电话催办，明天告知进展。"),
    2: ("已约谈该办负责人，限三个工作日办结。", "已派人到现场查看，材料齐全，立即办理。"),
    3: ("列入县级督办，逐日报告进度。", "已通报，并要求说明拖延的原因。"),
}

# by the key of the office that is asked
STEPS = {
    "public-security-household": Asked("请核对户口所在的村（社区）。", "户口信息核对一致。", needs_name=True),
    "human-resources": Asked("请核对社会保障卡能否收款。", "卡已激活，可以收款。", needs_name=True),
    "medical-insurance": Asked("请核对今年的参保缴费是否到账。", "缴费已到账，记录完整。", needs_name=True),
    "civil-affairs": Asked("请核对这一门牌的标准地名。", "地名核对无误。"),
}
HELP = Asked("材料都齐了，口径拿不准，请上级帮忙看一看。", "已电话答复：按住所地办理，可以办。")
CANNOT = "没有查到这一项记录，请带证明到本单位核对。"
PRESSURE = "已查看该办窗口，撤下请人打高分的提示牌，并当场说明：评不评、评几分，由家里人自己定。"

# the impact assessment of each finder that runs: what is done, why, why nothing less would do, what it may do to people, what guards them
_GUARDS = "人人一样的信，信封上只有统一的标题；一次只看一封，没有名单；说一声不要，就再也不写。"
_NEEDED = "只用出生日期和所在村：少了就不知道寄给谁，多了没有用处。不看家庭、婚姻、健康。"
ASSESSED: dict[str, dict[str, Any]] = {
    "at-sixty": {
        "what": "给今年年底前满60周岁的每一位居民送同一封信，由所在村送到本人手里。",
        "why": "有的人因为没有人告诉，多年没有领到补助。",
        "necessity": _NEEDED,
        "risks": "邻居看到信，可能会猜家里的事；有的人不愿意收信。",
        "measures": _GUARDS,
    },
    "at-forty-nine": {
        "what": "给今年年底前满49周岁、不满60周岁的每一位居民寄同一封信，由县里寄，不经过村里。",
        "why": "这个年龄有几项补助，最需要的人往往最不愿意开口问。",
        "necessity": _NEEDED,
        "risks": "同住的人看到信，可能会起疑；不识字的人看不懂。",
        "measures": _GUARDS + "村里不知道谁收到了信。",
    },
}

# at a meeting
HALL = "村委会院内"
AGENDA = {
    "village-representatives": ["报告第三季度收支", "卫生费", "体检下乡"],
    "villagers-assembly": ["报告全年收支", "修改村规民约"],
}
ASKED_AT_MEETING = "体检车什么时候到村里来？请说明日期和地点。"
ANSWERED_TO_MEETING = "体检车12月3日上午到村委会院内，不用预约。"
MINUTES = "主任报告第三季度收支，逐项回答了提问。\n卫生费：每户每年六十元，表决通过。\n体检下乡：大家问体检车什么时候来，决定请卫生健康局答复。"
CORRECTION = "卫生费是从明年一月起，记录里没有写。"
