"""A thousand numbers, of identity cards, telephones and receipts, go in through the real forms; none may stand in clear anywhere else.

Looked through: the database's files and its rows (sessions unpacked), what server and worker printed, every page that says
that something went wrong, and what this rig itself prints.
"""

from __future__ import annotations

import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from random import Random
from uuid import uuid4

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connection, connections

from bench import tell
from bench.rigs.cell import Cell, cell
from bench.rigs.lasting import Lasting
from bench.rigs.people import Family, Officer, Stage, Wrong, send
from bench.rigs.phone import NoAnswer, Phone, Reply
from bench.scale import Scale

NUMBERS = 1_000
CLIENTS = 3
CODE = re.compile(r'class="code16"[^>]*>([^<]+)<')
LEAST_DIGITS, SIZES = 11, (11, 16, 18)  # a telephone's, a receipt's, a card's
WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"


@dataclass
class Planted:
    """`numbers` are all that were put in or handed out; `pages` those that said that something went wrong."""

    numbers: set[str] = field(default_factory=set)
    pages: list[tuple[str, Reply]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def measure(scale: Scale) -> None:
    """Exit 1 when a number was found in clear, or when one that was planted in clear was not."""
    planted, began = Planted(), Stage.found()
    with cell(settings.VAR) as server:
        connections.close_all()
        server.start()
        stories = [Random(f"canary {n}") for n in range(max(3, scale.of(NUMBERS) // 3))]
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(lambda chance: _story(began, server, chance, planted), stories))
        _provoke(began, server, planted)
        places = dict(_places(planted))
    seen = _search_sees()
    found = [f"{where}: {number}" for where, content in places.items() for number in in_clear(content, planted.numbers)]
    tell.figure("numbers planted", len(planted.numbers), note=f"({len(stories)} families, as many officers' deeds)")
    tell.figure("places looked through", len(places), note=f"({sum(map(len, places.values())) / 1e6:.1f} MB)")
    tell.figure("pages that said that something went wrong", len(planted.pages), note=_statuses(planted))
    tell.figure("numbers in clear", len(found), goal=0)
    # what is printed is cut short: a finding must not be the leak
    found = [f"{words[:-8]}…" for words in found]
    tell.verdict(
        [*found, *planted.wrong, *([] if seen else ["a number in clear was not seen"])], "no number stood in clear"
    )
    sys.exit(bool(found or planted.wrong) or not seen)


def _statuses(planted: Planted) -> str:
    return "(" + ", ".join(sorted({str(page.status) for _where, page in planted.pages})) + ")"


def identity(chance: Random) -> str:
    """Eighteen digits that look like a person's, with a right check digit."""
    body = f"420526{chance.randint(1940, 2005)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}{chance.randrange(1000):03}"
    return body + CHECKS[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def _story(stage: Stage, server: Cell, chance: Random, planted: Planted) -> None:
    """A family writes two numbers and is given a third; an officer answers with the first."""
    person, telephone = identity(chance), f"1{chance.randint(3 * 10**9, 10**10 - 1)}"
    family = Family(stage, Phone(server.port), number=telephone, name=f"王{person}")
    planted.numbers |= {person, telephone}
    try:
        family.begin(f"我的身份证 {person}，电话 {telephone}")
        asked = send(family.form("", uuid4()))
        page = family.phone.get(f"/request/{asked.case}/received/").text
        code = CODE.search(page)
        planted.numbers |= {re.sub(r"\D", "", code[1])} if code else set()
        desk = Officer(stage, Phone(server.port))
        desk.step_in()
        desk.phone.get(f"/desk/cases/{asked.case}/")
        send(desk.deed(asked.about, "ask_once", other=f"身份证 {person}", words=f"打 {telephone}"))
    except (NoAnswer, Wrong) as trouble:
        planted.wrong.append(f"a story broke off: {trouble}"[:200])


def _provoke(stage: Stage, server: Cell, planted: Planted) -> None:
    """Every kind of page that says that something went wrong, with a number in the address or among what was typed."""
    chance = Random("provoked")
    numbers = [identity(chance) for _ in range(12)]
    planted.numbers.update(numbers)
    phone, (a, b, c, d, e, f) = Phone(server.port), numbers[:6]
    asked = {
        "400": lambda: phone.get("/follow/", Host=f"{a}.example"),
        "404": lambda: phone.get(f"/no-such-page-{b}/"),
        "405": lambda: phone.post("/services/", {"q": c}),
        "403": lambda: Phone(server.port, {"csrftoken": ""}).post("/follow/", {"code": d}),
        "wrong code": lambda: phone.post("/follow/", {"code": f"{e[:16]}"}),
        "wrong phone": lambda: phone.post("/ask/village-proof/contact/", {"phone": f"{f}12345678901234567890"}),
    }
    for name, ask in asked.items():
        planted.pages.append((name, ask()))
    _break_the_database(stage, server, planted, numbers[6:])


def _break_the_database(stage: Stage, server: Cell, planted: Planted, numbers: list[str]) -> None:
    """No contact can be written any more: the server's own errors, with whatever the database says of the row."""
    make, undo = _REFUSALS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(make)
    connections.close_all()
    for number in numbers:
        family = Family(stage, Phone(server.port), number=f"1{number[7:17]}", name=number)
        planted.numbers.add(family.number)
        family.begin(f"身份证 {number}")
        form = family.form("", uuid4())
        try:
            family.phone.post(form.address, form.typed)
            planted.wrong.append("a database that refuses everything was not noticed")
        except NoAnswer as answer:
            planted.pages += [("500", answer.reply)] if answer.reply else []
    with connection.cursor() as cursor:
        cursor.execute(undo)


_REFUSALS = {
    "sqlite": (
        "CREATE TRIGGER refuse_all BEFORE INSERT ON people_contact BEGIN SELECT RAISE(ABORT, 'refused'); END",
        "DROP TRIGGER refuse_all",
    ),
    "postgresql": (
        "ALTER TABLE people_contact ADD CONSTRAINT refuse_all CHECK (false) NOT VALID",
        "ALTER TABLE people_contact DROP CONSTRAINT refuse_all",
    ),
}


def _places(planted: Planted) -> Iterator[tuple[str, bytes]]:
    """Everything that could hold one, by name."""
    for path in _files(Path(settings.VAR)):
        yield str(path.relative_to(settings.VAR)), path.read_bytes()
    if (database := Lasting.here()) is not None:
        for path in _files(database.folder / "data"):
            yield f"PostgreSQL {path.relative_to(database.folder)}", path.read_bytes()
        yield "PostgreSQL's log", (database.folder / "log").read_bytes()
    for name in sorted(connection.introspection.table_names()):
        yield f"rows of {name}", "\n".join(map(str, _rows(name))).encode()
    yield (
        "sessions, unpacked",
        b"\n".join(_unpacked(data) for data in Session.objects.values_list("session_data", flat=True)),
    )
    for number, (name, page) in enumerate(planted.pages):
        # what somebody typed into a form, and the address that they asked for, stay before their own eyes
        if page.status >= HTTPStatus.BAD_REQUEST and name != "404":
            yield f"page {number}, {name}", page.body + str(page.headers).encode()


def _unpacked(data: str) -> bytes:
    """As Django packs what it signs only: whoever has the database reads that."""
    payload = data.partition(":")[0]
    try:
        content = signing.b64_decode(payload.lstrip(".").encode())
        return zlib.decompress(content) if payload.startswith(".") else content
    except (ValueError, zlib.error):
        return b""


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and "static" not in path.parts)


def _rows(table: str) -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # a name from the database itself
        return [
            tuple(bytes(each) if isinstance(each, memoryview) else each for each in row) for row in cursor.fetchall()
        ]


DIGITS = re.compile(rb"\d(?:[ -]?\d){%d,}[Xx]?" % (LEAST_DIGITS - 1))
IN_HEX = re.compile(rb"(?:3\d){%d,}(?:58)?" % LEAST_DIGITS)


def in_clear(content: bytes, numbers: set[str]) -> set[str]:
    """The numbers that stand in it, also grouped by blanks, in two bytes a letter, or as hexadecimal text."""
    runs = [*DIGITS.findall(content), *DIGITS.findall(content.replace(b"\0", b""))]
    runs += [bytes.fromhex(run.decode()) for run in IN_HEX.findall(content)]
    found: set[str] = set()
    for run in runs:
        digits = re.sub(rb"[ -]", b"", run).decode()
        found |= {digits[at : at + size] for size in SIZES for at in range(len(digits) - size + 1)} & numbers
    return found


def _search_sees() -> bool:
    """The search finds a number in every form in which one could stand."""
    number = identity(Random("seen"))
    grouped = " ".join(number[at : at + 4] for at in range(0, 18, 4))
    forms = (number.encode(), grouped.encode(), number.encode("utf-16-le"), number.encode().hex().encode())
    seen = all(in_clear(b"\xffabc" + form + b"xyz", {number}) for form in forms)
    tell.remark(f"planted in clear, in {len(forms)} forms: {'found' if seen else 'NOT FOUND'}")
    return seen
