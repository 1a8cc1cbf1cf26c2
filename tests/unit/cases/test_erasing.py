"""Erased at a person's word: nothing of it is left in the files of the database, and every proof still holds."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from chengnuo.cases.models import Case, Chapter
from chengnuo.cases.operations import own_data
from chengnuo.cases.operations.receive import receive
from chengnuo.cases.operations.retention import forget_again
from chengnuo.config.sweeping import sweep
from chengnuo.foundation import files
from chengnuo.foundation.actor import resident, visitor
from chengnuo.foundation.log import erasure, proofs
from chengnuo.foundation.models import LogEntry, StoredFile, Tombstone
from chengnuo.foundation.receipts import receipt_code
from chengnuo.foundation.seals import EMPTY_BYTES
from chengnuo.people.models import Contact, ContactGram
from chengnuo.people.operations.contacts import Person
from tests.factories import cases, county, log, photos

pytestmark = pytest.mark.django_db(transaction=True)
NAME, PHONE, WORDS, PAPER = "司徒望舒", "10087654321", "要一份老宅的居住证明", "族谱第三册"
SEALED = (
    ("cases_case", "details"),
    ("cases_case", "missing"),
    ("cases_case", "receipt_index"),
    ("cases_chapter", "words"),
    ("people_contact", "name"),
    ("people_contact", "phone"),
    ("people_contactgram", "gram"),
)


@pytest.fixture
def case(monday, settings, tmp_path):
    settings.VAR = tmp_path  # tombstones of one test are no other's
    person = Person(name=NAME, phone=PHONE, consents=("call_back",))
    where = {"promise": county.service("village-proof"), "village": county.village().pk}
    begun = receive(**where, person=person, details=WORDS, by=visitor(), at=county.MONDAY, key=uuid4())
    cases.ask_once(begun.case, at=county.MONDAY, missing=[PAPER])
    photos.add(begun.case)
    log.settle(county.MONDAY)
    return cases.withdraw(begun.case, at=county.MONDAY)


def erase(case):
    return own_data.erase(case=case.pk, by=resident(case.pk), at=county.MONDAY, key=uuid4())


def secrets(case) -> dict[str, bytes]:
    """What was said in clear, and the very bytes that stand sealed or digested in the tables."""
    found = {word: word.encode() for word in (NAME, PHONE, WORDS, PAPER)} | {"code": receipt_code(case.pk).encode()}
    with connection.cursor() as cursor:
        for table, column in SEALED:
            cursor.execute(f"SELECT {column} FROM {table}")
            for number, (box,) in enumerate(cursor.fetchall()):
                if box is not None and len(bytes(box)) != EMPTY_BYTES:  # an empty text is sealed too, and stays
                    found[f"{table}.{column} {number}"] = bytes(box)
        cursor.execute("SELECT gram FROM people_contactgram")
        found |= {f"gram {number}": bytes(gram) for number, (gram,) in enumerate(cursor.fetchall())}
        cursor.execute("SELECT receipt_index FROM cases_case")
        found |= {f"index {number}": bytes(index) for number, (index,) in enumerate(cursor.fetchall())}
    return found


def lying() -> Iterator[tuple[str, bytes]]:
    """Every file of the database and beside it, read by another process: whoever closes SQLite's file gives up all the locks that
    their own process has on it, and the next process to leave takes the journal away from under it.
    """
    name = Path(str(connection.settings_dict["NAME"]))
    for path in (*name.parent.glob(f"{name.name}*"), *Path(settings.VAR).rglob("*")):
        if path.is_file() and path.stat().st_size:
            yield path.name, subprocess.run(["cat", path], capture_output=True, check=True).stdout


def hits(needles) -> list[str]:
    return sorted(f"{what} in {name}" for name, content in lying() for what, needle in needles.items() if needle in content)  # fmt: skip


@pytest.mark.sqlite
def test_no_byte_of_it_is_left_in_the_files(case):
    needles = secrets(case)
    before = hits(needles)
    assert {hit.partition(" ")[0].partition(".")[0] for hit in before} >= {"cases_case", "cases_chapter", "people_contact", "gram", "index"}  # fmt: skip
    picture = files.folder() / str(StoredFile.objects.get().pk)
    needles["photo"] = picture.read_bytes()
    with connection.cursor() as cursor:
        cursor.execute(
            "PRAGMA wal_checkpoint(TRUNCATE)"
        )  # else whether file or journal holds it is a matter of how full that was
    erase(case)
    assert not picture.exists()
    assert hits(needles), "until the night, the file holds what the journal has not brought to it yet"
    sweep(county.MONDAY)
    assert hits(needles) == []


@pytest.mark.postgres
def test_no_byte_of_it_is_left_in_the_tables(case):
    """The space is PostgreSQL's own: after VACUUM FULL a table's file is written anew."""
    needles = secrets(case)
    erase(case)
    after = secrets(Case.objects.get(pk=case.pk))
    assert not {after[name] for name in after if name != "code"} & {needles[name] for name in needles if "." in name or "gram" in name}  # fmt: skip
    with connection.cursor() as cursor:
        for table in sorted({table for table, _column in SEALED}):
            cursor.execute(f"VACUUM FULL {table}")
            cursor.execute("SELECT current_setting('data_directory'), pg_relation_filepath(%s)", [table])
            folder, path = cursor.fetchone()
            cursor.execute("CHECKPOINT")
            content = (Path(folder) / path).read_bytes()
            assert [what for what, needle in needles.items() if needle in content] == []


def test_what_figures_and_proofs_need_stays(case, tmp_path):
    leaves = [entry["leaf"] for entry in proofs.of(Case.kind, case.pk)]
    duties = list(cases.duties_of(case.pk))
    erase(case)
    gone = Case.objects.select_related("contact").get(pk=case.pk)
    assert (gone.status, gone.office_id, gone.received_at, gone.forgotten_at) == ("withdrawn", case.office_id, case.received_at, county.MONDAY)  # fmt: skip
    assert [duty.pk for duty in cases.duties_of(case.pk)] == [duty.pk for duty in duties]
    buried = {bytes(stone.leaf).hex() for stone in Tombstone.objects.all()}
    assert buried >= set(leaves)
    still = {bytes(leaf).hex() for leaf in LogEntry.objects.values_list("leaf", flat=True)}
    assert still >= set(leaves)
    log.settle(county.MONDAY + cases.DAY)
    verdict = log.outsider(tmp_path)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


def test_a_copy_that_is_put_back_does_not_bring_it_back(case):
    """The tombstone file knows what was erased after the copy was made."""
    held = {entry.pk: (entry.private, entry.salt, entry.ref_id) for entry in LogEntry.objects.filter(ref_id=str(case.pk))}  # fmt: skip
    erase(case)
    for pk, (private, salt, ref_id) in held.items():
        LogEntry.objects.filter(pk=pk).update(private=private, salt=salt, ref_id=ref_id)
    back = Case.objects.select_related("contact").get(pk=case.pk)
    back.forgotten_at, back.details, back.contact.name = None, WORDS, NAME
    back.contact.save()
    back.save()
    assert erasure.brought_back()[Case.kind] == [str(case.pk)]
    forget_again([str(case.pk)], county.MONDAY)
    again = Case.objects.select_related("contact").get(pk=case.pk)
    assert not again.details
    assert not again.contact.name


def test_others_lose_nothing(case):
    other = cases.ask(name=NAME)
    erase(case)
    assert cases.opened(Contact.objects.get(case=other).name, of=other.pk) == NAME
    assert ContactGram.objects.filter(owner=other.contact_id).exists()
    assert Chapter.objects.filter(case=other).exists()
