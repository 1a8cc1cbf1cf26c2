"""The register: a table of 100,000 residents from the file to the register and out of it, and 500,000 people looked through for duplicates.

Of what is planted (a digit mistyped, another area, two days turned round) enough must be found; nothing of it may touch a disk.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from bench import tell
from bench.rigs.tables import COMMITTED, HELD, MOST_MEBIBYTES, REHEARSED
from bench.scale import Scale
from chengnuo.core.identity import check_digit
from chengnuo.foundation import clock
from chengnuo.foundation.actor import Actor, Hat
from chengnuo.imports.models import ImportBatch
from chengnuo.imports.operations import applying, onward, undoing
from chengnuo.imports.operations.stage import stage
from chengnuo.people.models import Post
from chengnuo.people.roles import Role
from chengnuo.registers import duplicates
from chengnuo.registers.internal.writing import Known, write
from chengnuo.registers.models import Pair, Resident
from chengnuo.registers.places import villages
from chengnuo.registers.queries import COUNTS
from tests.factories import tables

PEOPLE, ROWS, PLANTED = 500_000, 100_000, 1_000
LINKED, FOUND = 180, 0.9
CHUNK = 2_000
KEEPER = "health-bureau.desk"
HEAD = ["身份证号", "姓名", "出生日期", "村（居）代码"]
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷"
GIVEN = "英华秀兰玉明芳桂梅国建文德丽平军春红志永金云海林凤珍荣福生清祥贵成忠庆元光辉龙胜强勇伟杰波涛超鹏飞斌浩宇博雪琴琳洁静敏慧娟艳萍霞燕娜婷颖莉蓉菊香翠莲爱巧银水木火土山石田禾"
AREA = "990000"  # of no place: nobody has such a number


def measure(scale: Scale) -> None:
    """Exit 1 when a row went astray, or too few of the planted pairs were found."""
    wrong = _table(scale.of(ROWS))
    wrong += _linkage(scale.of(PEOPLE), scale.of(PLANTED))
    tell.verdict(wrong, "every row went in and out again, and who stands there twice is found")
    sys.exit(bool(wrong))


def _people(seed: str) -> Iterator[Known]:
    """As many as wanted, each another one, in the villages of the county."""
    chance, seen = Random(seed), set[str]()
    places = sorted(villages().values())
    while True:
        born = date(chance.randint(1930, 2008), chance.randint(1, 12), chance.randint(1, 28))
        number = _number(born, chance.randrange(1000))
        if number not in seen:
            seen.add(number)
            village, township = chance.choice(places)
            yield Known(name=_name(chance), identity=number, born=born, village=village, township=township)


def _name(chance: Random) -> str:
    """Common names are common: the first signs of each row are taken more often."""
    signs = [row[int(len(row) * chance.random() ** 2)] for row in (SURNAMES, GIVEN, GIVEN)]
    return "".join(signs)


def _number(born: date, order: int, area: str = AREA) -> str:
    body = f"{area}{born:%Y%m%d}{order:03}"
    return body + check_digit(body)


def _again(known: Known, chance: Random) -> Known:
    """The same person, entered once more by somebody else."""
    order, born = int(known.identity[14:17]), known.born
    match chance.randrange(3):
        case 0:
            number = _number(born, order, "990100")
        case 1:
            number = _number(born, (order + chance.randint(1, 9)) % 1000 // 10 * 10 + (order + 1) % 10)
        case _:
            number = _number(born.replace(day=born.day % 28 + 1), order)
    return Known(name=known.name, identity=number, born=born, village=known.village, township=known.township)


def _linkage(count: int, planted: int) -> list[str]:
    chance, people = Random("again"), _people("people")
    whole = list(islice(people, count - planted))
    twice = chance.sample(whole, planted)
    known = {each.identity for each in whole}
    both = [(first, second) for first in twice if (second := _again(first, chance)).identity not in known]
    rows = _written([*whole, *(second for _first, second in both)])
    pairs = {frozenset((rows[first.identity], rows[second.identity])) for first, second in both}
    _new, seconds = _timed(lambda: duplicates.find(at=clock.now()))
    found = {frozenset(pair) for pair in Pair.objects.values_list("first", "second")}
    share = len(pairs & found) / len(pairs)
    tell.figure("people looked through", len(rows), note=f"({len(found)} pairs, {len(pairs)} of them planted)")
    tell.figure("opened, compared, and kept", seconds, "s", goal=LINKED)
    tell.figure("of the planted pairs were found", share * 100, "%")
    tell.figure("the most memory of our process", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MiB")
    return [] if share >= FOUND else [f"only {share:.0%} of the planted pairs were found"]


def _written(people: list[Known]) -> dict[str, UUID]:
    """Persons by number."""
    persons: dict[str, UUID] = {}
    for start in range(0, len(people), CHUNK):
        part = {each.identity: each for each in people[start : start + CHUNK] if each.identity not in persons}
        with transaction.atomic():
            made = write(list(part.values()), [None] * len(part), batch=None)
        persons |= {number: row.person for number, row in zip(part, made, strict=True)}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return persons


def _table(count: int) -> list[str]:
    """From a workbook to the register, seen at one stroke, and out of it again."""
    codes = {place: code for code, place in villages().items()}
    rows = [
        [each.identity, each.name, each.born.isoformat(), codes[each.village, each.township]]
        for each in islice(_people("table"), count)
    ]
    content = tables.workbook([HEAD, *rows])
    keeper = Post.objects.get(key=KEEPER)
    hat = Hat(Role.COUNTY_OFFICER, post=keeper.pk, office=keeper.office_id)
    by = Actor(name="", account=1, hats=(hat,), signed_in_at=clock.now())
    told, there = {"by": by, "at": clock.now()}, _standing()
    batch, seconds = _timed(lambda: stage(target="residents", content=content, key=uuid4(), **told))
    _nothing, more = _timed(lambda: onward.go_on(at=clock.now(), limit=1))
    tell.figure("residents in a workbook", count, note=f"({len(content) / 1e6:.1f} MB)")
    tell.figure("read and rehearsed", seconds + more, "s", goal=REHEARSED)
    applying.apply(batch=batch.pk, key=uuid4(), **told)
    wrong = _moved("committed", batch.pk, there, there + count, COMMITTED)
    undoing.undo(batch=batch.pk, key=uuid4(), **told)
    wrong += _moved("undone", batch.pk, there, there, None)
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tell.figure("the most memory of our process", ours, "MiB", goal=MOST_MEBIBYTES)
    return wrong


def _standing() -> int:
    """How many people stand in the register: those of the demo county from the first."""
    return Resident.objects.filter(COUNTS).count()


def _moved(what: str, batch: UUID, there: int, expected: int, goal: float | None) -> list[str]:
    """Goes on until nothing waits; every part is an act, and holds the writer no longer than its whole takes."""
    held, wrong, began = 0.0, list[str](), time.monotonic()
    while ImportBatch.objects.get(pk=batch).status in {"applying", "undoing"}:
        if what == "committed" and _standing() != there:
            wrong.append("a part of the rows was seen before all of them were in")
        _done, seconds = _timed(lambda: onward.go_on(at=clock.now(), limit=1))
        held = max(held, seconds * 1000)
    tell.figure(what, time.monotonic() - began, "s", goal=goal)
    tell.figure(f"{what}: the longest part", held, "ms", goal=HELD)
    seen = _standing()
    return wrong if seen == expected else [*wrong, f"{what}: {seen} rows where {expected} should stand"]


def _timed(does: Callable[[], object]) -> tuple[Any, float]:
    began = time.monotonic()
    found = does()
    return found, time.monotonic() - began
