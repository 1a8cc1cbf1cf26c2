"""What tired people, old machines and attackers send, by kind; and what must be so after every one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse

from chengnuo.cases.models import Case
from chengnuo.foundation.models import ActKey, Errand, LogEntry
from chengnuo.people.models import Account, AnnouncedDay, Consent, Contact, Holding, Office, Post
from chengnuo.promises.models import Duty, Escalation, Pause, PromiseVersion

# nothing that anybody could read; a required answer is asked for again
NOTHING = {
    "empty": "",
    "only spaces": "  \t ",
    "only wide spaces": "\u3000\u00a0",
    "only what shows nothing": "\u200b\u200e\u2060\ufeff",
    "only control characters": "\x00\x07\x1b",
}
# odd, and words all the same: kept as they are, shown as they are, and never run
ODD = {
    "emoji": "👩🏽‍🦽要一份证明🙏",
    "rare characters": "𠮷𡈽𪚥",
    "combining marks": "Z̸̛̗a̷͍͗l̵̰̈́g̴̣͝o̶͎",
    "right to left": "שלום عليكم",
    "wide digits": "２０２６年３月",
    "html": '</textarea><script>alert("1")</script>',
    "an attribute": "\" onfocus=alert(1) x='",
    "an entity": "&lt;b&gt; &amp;amp;",
    "a template": "{{ page }}{% now 'Y' %}${7*7}",
    "a formula": '=HYPERLINK("//x.invalid","y")',
    "another formula": "@SUM(1+1)|cmd",
    "typst": '#import "x.typ": * $ \\ `` #eval("1")',
    "sql": "'; DROP TABLE cases_case; --",
    "a path": "../../../../etc/passwd",
    "percent signs": "100% %s %(words)s {0}",
}
RUN = ('<script>alert("1")', '" onfocus=alert(1) x=', "49 ")
# taken as what somebody meant: what cannot be seen is dropped, what remains is kept
UNSEEN = {
    "a nul": "张\x00桂花",
    "control characters": "张\x07桂\x1b花",
    "turned round": "张\u202e桂花\u202c",
}
CHARTER = {
    "simplified": "她怀孕了，先不办",
    "traditional": "她懷孕了，先不辦",
    "english": "She is pregnant, wait.",
    "split by spaces": "她 怀 孕 了",
    "split by what shows nothing": "她怀\u200b孕了",
    "in wide letters": "ｐｒｅｇｎａｎｔ",
}
NO_CHOICE = {
    "nothing": "",
    "a word": "something else",
    "nobody's id": "00000000-0000-4000-8000-000000000000",
    "a nul": "\x00",
    "html": "<script>1</script>",
    "very long": "x" * 9000,
    "a list": ["a", "b"],
}
NO_DAY = {
    "nothing": ("", "", ""),
    "half of it": ("2026", "", "1"),
    "year nought": ("0000", "1", "1"),
    "the thirtieth of February": ("2027", "2", "30"),
    "month thirteen": ("2027", "13", "1"),
    "a year of five digits": ("10000", "1", "1"),
    "more than a machine counts": ("9" * 25, "1", "1"),
    "more than Python reads": ("9" * 5000, "1", "1"),
    "words": ("next", "<b>month</b>", "first"),
    "a nul": ("20\x0026", "3", "9"),
    "powers": ("²0²6", "3", "9"),
    "less than nothing": ("-2027", "-1", "-1"),
    "a fraction": ("2027", "1", "1.5"),
}
NO_CODE = {
    **NOTHING,
    "too short": "1234",
    "too long": "1" * 59,
    "letters": "abcd efgh ijkl mnop",
    "formula": "=1+1",
    "html": "<script>1</script>",
    "a nul": "1234\x00567812345678",
}
NO_NUMBER = {
    "less than nothing": "-1",
    "a power of ten": "1e3",
    "not a number": "NaN",
    "without end": "inf",
    "too much": "9" * 13,
    "too much behind noughts": "0" * 14 + "9" * 12,
    "more than Python reads": "9" * 5000,
    "words": "<b>many</b>",
    "a nul": "1\x00",
}

WORDS = NOTHING | CHARTER
NO_NAME = {
    "two words": "li na",
    "han": "李娜",
    "html": "<b>li</b>",
    "sql": "li'--",
    "another line": "lina\nroot",
    "very long": "l" * 300,
    "letters that look the same": "lі.nа",
}
NO_DAYS = {
    "words": "tomorrow",
    "the thirtieth of February": "2027-02-30",
    "year nought": "0000-01-01",
    "backwards": "2027-01-05 to 2027-01-01",
    "without end": "2027-01-01 to 2027-12-31",
    "three of them": "2027-01-01 to 2027-01-02 to 2027-01-03",
    "past the end of time": "9999-12-31 to 10000-01-01",
    "years ago": "1999-01-01",
    "html": "<script>1</script>",
}
NO_RULE = {
    "words": "soon",
    "code": "__import__('os').system('true')",
    "nothing in it": "working_days()",
    "too many": "working_days(99999999999999999999)",
    "none": "working_days(0)",
    "less than none": "working_days(-1)",
    "no such day": "by(2, 31)",
    "month thirteen": "by(13, 1)",
    "html": "<b>at_once</b>",
    "never": "every(blue moon)",
    "very long": "working_days(" + "9" * 5000 + ")",
}

# what each kind of field must refuse
REFUSED: dict[str, dict[str, Any]] = {
    "words": WORDS,
    "own words": NOTHING,
    "optional": {},
    "anything": {},
    "optional, for the record": CHARTER,
    "choice": NO_CHOICE,
    "choices": NO_CHOICE,
    "day": NO_DAY,
    "code": NO_CODE,
    "number": NOTHING | NO_NUMBER,
    "name": NOTHING,
    "phone": {label: value for label, value in NO_CODE.items() if label not in NOTHING},
    "password": NOTHING | {"guessed": "12345678", "short": "x1", "the name": "li.na"},
    "sign-in name": NOTHING | NO_NAME,
    "days": NO_DAYS,
    "rule": NOTHING | NO_RULE,
}
NEEDED = ("words", "own words", "choice", "code", "name", "number", "day", "sign-in name", "password", "rule")
TEXT = ("words", "own words", "optional", "optional, for the record", "name")

CHECKED = "Please check this"
SUMMARY = re.compile(r'<div class="summary-of-errors".*?</div>', re.DOTALL)
TELLING = (
    Case,
    Duty,
    Escalation,
    Pause,
    PromiseVersion,
    Contact,
    Consent,
    Account,
    Holding,
    Office,
    Post,
    AnnouncedDay,
)
COUNTED = (*TELLING, ActKey, LogEntry, Errand)


def rows() -> tuple[int, ...]:
    """How many rows stand in every table that a form may write, and how often those with a status were moved."""
    counts = [f"(SELECT count(*) FROM {model._meta.db_table})" for model in COUNTED]
    moves = [f"(SELECT sum(version) FROM {model._meta.db_table})" for model in (Case, PromiseVersion)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts + moves)}")
        return tuple(cursor.fetchone())


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back, also the session: the next bad thing meets the same county."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def spread(field: str, kind: str, value: Any) -> dict[str, Any]:
    """A value as its fields in the form: a day is three of them."""
    if kind == "day":
        return dict(zip((f"{field}_year", f"{field}_month", f"{field}_day"), value, strict=True))
    return {field: value}


def mistakes(answer: HttpResponse) -> list[str]:
    """The sentences of the summary above the form; none where nothing was wrong."""
    found = SUMMARY.search(answer.content.decode())
    return re.findall(r"<li>(?:<a[^>]*>)?(.*?)(?:</a>)?</li>", found[0], re.DOTALL) if found else []


def shows(answer: HttpResponse, typed: Any) -> bool:
    """Whether everything typed stands in the page again, escaped, as it was."""
    page = answer.content.decode()
    values = typed if isinstance(typed, list | tuple) else [typed]
    return all(escape(str(value)) in page for value in values)


def shows_words(page: str, words: str) -> bool:
    """Whether every word stands in a page, escaped; how lines are broken does not matter."""
    return all(escape(word) in page for word in words.split())


def is_sentence(text: str) -> bool:
    """Something to read, that ends as a sentence ends, and no word of a machine."""
    return bool(re.search(r"[.?。”][)”]?\s*$", text)) and not re.search(
        r"Traceback|Error\b|None\b|%\(|\{\w*\}|enter a valid value", text
    )
