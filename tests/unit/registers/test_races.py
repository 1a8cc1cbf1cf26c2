"""Two who put one entry right at once: one of them wins, and the other is told so in a sentence."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event
from time import sleep
from uuid import uuid4

import pytest
from django.db import connections, transaction

from chengnuo.foundation.actor import system
from chengnuo.foundation.models import LogEntry
from chengnuo.registers import queries
from chengnuo.registers.models import Resident, ResidentGram
from chengnuo.registers.operations import putting_right
from chengnuo.registers.operations.putting_right import PutRightMeanwhile
from tests.factories import county, residents

REACHED = 0.4  # seconds in which the second comes as far as it can


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_corrections_at_once_one_wins_and_the_other_is_told():
    """The second has read the entry before the first is in; on SQLite it waits, and reads what the first has written."""
    found, is_open = residents.living(), Event()
    first, second = county.officer("health-bureau.desk"), county.officer("health-bureau.head")

    def correct(by, name):
        said = {"name": name, "born": date(1956, 3, 1), "standing": "living", "since": None}
        return putting_right.put_right(person=found.person, **said, by=by, at=county.MONDAY, key=uuid4())

    def begin():
        with transaction.atomic():
            made = correct(first, "欧阳甲兰")
            is_open.set()
            sleep(REACHED)
        return made

    def follow():
        is_open.wait(10)
        return correct(second, "欧阳乙兰")

    def run(work):
        try:
            return work()
        except Exception as trouble:  # noqa: BLE001  # the trouble is the answer that the test looks at
            return trouble
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        won, told = pool.map(run, (begin, follow))
    assert isinstance(told, PutRightMeanwhile)
    assert Resident.objects.get(queries.COUNTS).pk == won.pk
    assert won.name.reveal(by=system(), reason="a test") == "欧阳甲兰"
    assert set(ResidentGram.objects.values_list("owner", flat=True)) == {found.pk, won.pk}, (
        "of the other nothing is left"
    )
    assert LogEntry.objects.filter(schema="resident.put_right/1").count() == 1
