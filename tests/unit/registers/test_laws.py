"""What must be so whatever anybody does: nothing in clear, never a list, no reader of findings, no large package on a server."""

from __future__ import annotations

import ast
import subprocess
import sys
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from chengnuo.foundation import outbox
from chengnuo.foundation.models import Look
from chengnuo.registers.models import Finding, Resident
from chengnuo.registers.operations import checking, comparing, mending, putting_right
from tests.contracts.repository import PACKAGE, ROOT, SRC, name, python, tree
from tests.factories import claims, county, desk, money, register_situations, residents
from tests.unit.registers.test_tables import applied, row

KEEPER, TOWNSHIP_DESK = "health-bureau.desk", f"{county.TOWNSHIP}.desk"
database = pytest.mark.django_db


def everything():
    """All that stands in any table, as its owner reads it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # names of our own tables
            yield (
                table,
                str([[bytes(cell) if isinstance(cell, memoryview) else cell for cell in line] for line in cursor]),
            )


@database
def test_no_name_and_no_number_stands_in_clear_after_all_that_can_be_done(client, monday):
    rows = [row(order, name=f"欧阳桂{given}") for order, given in enumerate("兰芝芬芳梅", 1)]
    applied(rows)
    told = {"by": county.officer(TOWNSHIP_DESK), "at": county.MONDAY}
    people = list(Resident.objects.order_by("pk").values_list("person", flat=True))
    fixed = {"name": "欧阳桂英", "born": date(1956, 3, 2), "standing": "living", "since": None}
    putting_right.put_right(person=people[0], **fixed, **told, key=uuid4())
    checking.check_all(at=county.MONDAY)
    mending.keep(finding=Finding.objects.get().pk, words="欧阳桂英户口簿", **told, key=uuid4())
    pair = register_situations.pair(name="欧阳桂兰")
    keeps = {"keeps": str(pair.first), "by": county.officer(KEEPER), "at": county.MONDAY}
    comparing.join(pair=pair.pk, **keeps, key=uuid4())
    here = desk.at(client, KEEPER)
    here.client.post(reverse("registers:home"), {"words": rows[1][0], "why": "claim"}, follow=True)
    outbox.drain(county.MONDAY, "a test")
    numbers = [residents.number(order=order) for order in (1, 2, 3, 4, 5, 21, 22)]
    found = {(table, said) for table, text in everything() for said in (*numbers, "欧阳桂") if said in text}
    assert not found
    assert Look.objects.exists()


@database
def test_no_page_shows_more_than_one_person_but_for_two_that_are_compared(client, monday):
    """A person's number is looked for on every page of the register and of tables, and wherever the inbox leads."""
    for order in range(1, 9):
        residents.living(residents.number(order=order), born=date(1956, 3, 2))
    checking.check_all(at=county.MONDAY)
    pair, finding = register_situations.pair(), Finding.objects.first()
    numbers = [residents.number(order=order) for order in (*range(1, 9), 21, 22)]
    pages = {
        "registers:home": ([], 0),
        "registers:errors": ([], 0),
        "registers:finding": ([finding.pk], 0),
        "registers:person": ([finding.about], 1),
        "registers:pair": ([pair.pk], 2),
        "registers:pair_deed": ([pair.pk, "join"], 2),
        "desk:inbox": ([], 0),
        "desk:print": ([], 0),
        "desk:export": ([], 0),
        "desk:cases": ([], 0),
        "tables:list": ([], 0),
        "money:home": ([], 0),
    }
    here = desk.at(client, KEEPER)
    for page, (args, most) in pages.items():
        for query in ("", "?q=欧阳", "?words=欧阳桂兰", "?why=claim&born_year=1956"):
            answer = here.client.get(reverse(page, args=args) + query, follow=True)
            said = b"".join(answer) if answer.streaming else answer.content
            assert sum(number in said.decode() for number in numbers) <= most, (page, query)
    several = here.client.post(reverse("registers:home"), {"words": "欧阳桂兰", "why": "claim"}, follow=True)
    assert not [number for number in numbers if number in several.content.decode()]


@database
def test_to_look_for_somebody_opens_nothing_and_to_see_them_is_kept(client, monday):
    person = residents.living().person
    here = desk.at(client, KEEPER)
    sought = here.client.post(reverse("registers:home"), {"words": "桂兰", "why": "reach"})
    assert set(Look.objects.values_list("label", flat=True)) == {"registers.resident.sought"}, (
        "that one looked for somebody"
    )
    assert sought.headers["Location"] == f"{reverse('registers:person', args=[person])}?why=reach"
    here.client.get(sought.headers["Location"])
    here.client.get(reverse("registers:person", args=[person]) + "?why=anything else")
    reasons = list(
        Look.objects.exclude(label="registers.resident.sought").order_by("pk").values_list("label", "reason")
    )
    labels = ["registers.resident.name", "registers.resident.identity"]
    assert sorted(reasons) == sorted(
        (label, why) for label in labels for why in ("somebody to be reached", "a request or claim at the counter")
    ), "no reason is an officer's own words"


@database
def test_an_open_finding_changes_nothing_that_a_payee_is_told(monday):
    award = money.awarded(1)
    before = money.again(award)
    residents.living(claims.number(1), standing="died", since=date(2026, 2, 1))
    checking.check_all(at=money.LATER)
    after = money.again(award)
    assert Finding.objects.filter(about=award.pk).count() == 1
    columns = [
        field.attname
        for field in award._meta.concrete_fields
        if field.attname not in {"name", "identity", "child", "facts"}
    ]
    assert [getattr(before, each) for each in columns] == [getattr(after, each) for each in columns]


def test_nothing_but_the_register_and_its_pages_reads_findings_or_pairs():
    """Whatever could pause a payment, refuse a claim or hold a message back would have to ask for them first."""
    mine = ("src/chengnuo/registers/", "src/chengnuo/web/registers/", "src/chengnuo/config/wiring.py")
    found = []
    for path in python("src/"):
        if name(path).startswith(mine):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("chengnuo.registers"):
                found += [
                    (name(path), each.name)
                    for each in node.names
                    if each.name in {"Finding", "Pair", "sides", "next_pair"}
                ]
    assert not found


def test_what_is_above_knows_of_the_register_only_what_a_check_needs():
    allowed = {"checks": {"LOOK", "Suspect", "remembered"}, "tables": set()}
    for app in ("benefits", "payments"):
        for path in (PACKAGE / app).rglob("*.py"):
            names = {
                each.name
                for node in ast.walk(tree(path))
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("chengnuo.registers.checks")
                for each in node.names
            }
            assert names <= allowed.get(path.stem, set()), path


def test_no_server_and_no_worker_loads_what_duplicates_are_found_with():
    program = (
        "import django, sys; django.setup(); import chengnuo.config.urls, chengnuo.config.worker; "
        "print(sorted({'duckdb', 'splink', 'pyarrow', 'chengnuo.registers.linkage'} & set(sys.modules)))"
    )
    env = {
        "PYTHONPATH": str(SRC),
        "DJANGO_SETTINGS_MODULE": "chengnuo.config.settings",
        "CHENGNUO_DEMO": "1",
        "PATH": "/usr/bin:/bin",
    }
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert told.stdout.strip() == "[]", told.stderr
