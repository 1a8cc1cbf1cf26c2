"""Masks for names and numbers. A mask shows the least by which a person knows their own entry.

No national standard was found; practice keeps the first character of a name of two, and first and last of longer ones.
"""

from __future__ import annotations

import re
import unicodedata

STAR = "*"
REST = STAR * 2  # of names whose length would tell
HAN = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
IN_TWO_CHARACTERS = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容
仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐
段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙
南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 纳兰 爱新 叶赫 完颜 富察 费莫 钮祜
歐陽 東方 獨孤 南宮 聞人 諸葛 尉遲 赫連 濮陽 公孫 仲孫 鍾離 長孫 鮮于 閭丘 子車 巫馬 司馬 顓孫 壤駟 樂正 穀梁 夾谷 軒轅
東郭 南門 公戶 公儀 公門 公堅 西門 貫丘 南榮 東里 東宮 仲長 子書 達奚 褚師 納蘭 澹臺 葉赫 完顏 愛新 費莫 鈕祜
"""
COMPOUND_SURNAMES = frozenset(IN_TWO_CHARACTERS.split())
MOBILE = re.compile("1[0-9]{10}")
SHOWABLE = 7  # digits; of a shorter number two would be too many


def mask_name(name: str) -> str:
    """张三 → 张*, 张小三 → 张*三, longer: first and last; 欧阳修 → 欧阳*, 诸葛孔明 → 诸葛*明.

    A name with other letters, or in parts (阿卜杜拉·买买提, Anna Müller), keeps its first letter only: the parts tell
    the father's name too, and their lengths tell the rest.
    """
    plain = "".join(unicodedata.normalize("NFC", name).split())
    if not HAN.fullmatch(plain):
        return _first_letter(plain) + REST
    surname = plain[:2] if plain[:2] in COMPOUND_SURNAMES and plain[2:] else plain[:1]
    given = plain[len(surname) :]
    if not given:
        return STAR
    return surname + (STAR if len(given) == 1 else STAR * (len(given) - 1) + given[-1])


def is_mask(text: str) -> bool:
    """Whether this is a masked name and nothing else: 戴*环 is somebody called 戴小环, not the word of its two ends."""
    return mask_name(text.replace(STAR, "某")) == text


def mask_phone(phone: str) -> str:
    """138 1234 5678 → 138****5678; of other numbers the last two digits; of short ones nothing.

    A landline with its area code may be as long as a mobile, but all of a town begin alike: four more would tell it.
    """
    digits = _digits(phone)
    if MOBILE.fullmatch(digits):
        return digits[:3] + STAR * 4 + digits[-4:]
    return STAR * len(digits) if len(digits) < SHOWABLE else STAR * (len(digits) - 2) + digits[-2:]


def mask_identity(number: str) -> str:
    """First and last character. The six of the area and the eight of the birth would tell village and age."""
    plain = "".join(unicodedata.normalize("NFKC", number).split())
    return plain[0] + STAR * (len(plain) - 2) + plain[-1] if len(plain) > SHOWABLE else STAR * len(plain)


def _first_letter(name: str) -> str:
    """The first letter with the marks that stand on it; nothing of what does not begin with a letter."""
    if not name[:1].isalpha():
        return ""
    marks = re.match(".[\u0300-\u036f\u064b-\u065f\u0f71-\u0f84\u0f90-\u0fbc]*", name)
    return marks[0] if marks else ""


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", text))
