"""Which ids tell nothing of anybody. As texts they are letters from a to z, digits, - and _ with a digit among them: no name in any
script is written so, and no number of a person hides between or behind other characters.
"""

from __future__ import annotations

import re
from unicodedata import normalize

import pyarrow as pa
import pyarrow.compute as pc

from chengnuo.population.arrays import whole
from chengnuo.population.identity import MOBILES, masked, personal, suspects

LONGEST = 64  # characters: a digest's
FITS = re.compile(r"[A-Za-z_-]*[0-9][A-Za-z0-9_-]*")
# what may hide a number, and is looked at more closely; digits amid the letters of a hexadecimal number are chance
SUSPECT = r"(\A|[^0-9A-Fa-f])([0-9][-_]?){11,}(\z|[^0-9A-Fa-f])"
BETWEEN = re.compile(r"[\W_]+")
BEFORE = re.compile(r"\A0*(86(?=1[3-9][0-9]{9}\Z))?")
CARD = re.compile(r"(?<![0-9A-Fa-f])62[0-9]{14,17}(?![0-9A-Fa-f])")
# a mobile number behind that of the country, and cards of 16 to 19 digits
RANGES = ((8_613_000_000_000, 8_620_000_000_000), *((62 * 10**zeros, 63 * 10**zeros) for zeros in range(14, 18)))


def unfit(ids: pa.Array) -> dict[str, str]:
    """The ids that are not opaque, and what each looks like."""
    texts = _numbers(ids) if pa.types.is_integer(ids.type) else ids.filter(_suspect(ids)).to_pylist()
    return {text: what for text in texts if (what := likeness(text))}


def likeness(text: str) -> str:
    """What an id looks like; "" for an opaque one."""
    if len(text) > LONGEST:
        return f"a text of more than {LONGEST} characters"
    return _number(text) or ("" if FITS.fullmatch(text) else "a word")


def shown(text: str) -> str:
    """A value as a report may show it: masked where it may single somebody out."""
    return text if text.isascii() and not _number(text) else masked(text)


def _number(text: str) -> str:
    """Also one that is written apart, in other digits, or behind noughts or the number of the country."""
    closed = BEFORE.sub("", BETWEEN.sub("", normalize("NFKC", text)))
    card = next((each for each in CARD.findall(closed) if _is_card(each)), "")
    return personal(text) or personal(closed) or ("a bank card" if card else "")


def _is_card(digits: str) -> bool:
    """ISO/IEC 7812-1: every second digit from the right counts twice."""
    told = [int(each) for each in reversed(digits)]
    return (sum(told[::2]) + sum(sum(divmod(2 * each, 10)) for each in told[1::2])) % 10 == 0


def _numbers(ids: pa.Array) -> list[str]:
    told = pc.min_max(ids).as_py()
    if not len(ids) or max(told["max"], -told["min"]) < MOBILES[0]:
        return []
    numbers = abs(whole(ids))
    found = suspects(numbers)
    for least, most in RANGES:
        found |= (numbers >= least) & (numbers < most)
    return [str(each) for each in numbers[found].tolist()]


def _suspect(ids: pa.Array) -> pa.Array:
    fits = pc.match_substring_regex(ids, rf"\A{FITS.pattern}\z")
    long = pc.greater(pc.binary_length(ids), LONGEST)
    return pc.or_(pc.or_(pc.invert(fits), long), pc.match_substring_regex(ids, SUSPECT))
