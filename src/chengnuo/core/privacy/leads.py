"""What in a text leads to one person, however it is written: a long number, or where somebody lives below the village."""

from __future__ import annotations

import re
import unicodedata

HAN_DIGITS = dict(zip("〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸", "001234567891123456789236", strict=True))
# up to three signs between two digits do not part a number: spaces, dashes, dots, brackets
BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[\s\-‐-―−.·・。/\\|_()（）\[\]【】]{1,3}(?=[0-9]|[Xx](?![A-Za-z]))")
NUMBER = re.compile("[0-9]{7,}[Xx]?")  # the shortest telephone that reaches one household; cards and papers are longer
UNSEEN = ("Cf", "Me", "Mn")  # kinds of signs: what nobody sees, and what stands upon another sign
DWELLING = re.compile(
    r"[0-9十百拾佰]+\s*(?:村民)?小?[组組](?![织織成合])"
    r"|[0-9十百拾佰]+\s*(?:栋|棟|幢|单元|單元|弄|巷|号楼|號樓|室)"
    r"|(?<![〔〕\[\]【】第0-9十百拾佰])[0-9十百拾佰]+\s*[号號](?![文令])"
    r"|\b(?:group|team|house|room|flat|building|no\.?)\s*[0-9]+",
    re.IGNORECASE,
)


def numbers_in(text: str) -> list[str]:
    """Numbers of seven digits or more, as plain digits: also in full width, in groups, or in Chinese numerals."""
    return NUMBER.findall(BETWEEN_DIGITS.sub("", _plain(text)))


def dwellings_in(text: str) -> list[str]:
    """Where somebody lives below the village: a villagers' group, a street number, a house, a room."""
    return [match[0].strip() for match in DWELLING.finditer(_plain(text))]


def _plain(text: str) -> str:
    """The text with every digit as a plain one, whatever the script; all else as it is read."""
    read = (sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) not in UNSEEN)
    return "".join(HAN_DIGITS.get(sign) or _digit(sign) for sign in read)


def _digit(sign: str) -> str:
    found = unicodedata.digit(sign, None)
    return sign if found is None else str(found)
