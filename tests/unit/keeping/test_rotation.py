"""Another key: everything opens as before, nothing is lost when it is killed, and no row is passed over in silence."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from chengnuo.cases.models import Case
from chengnuo.config.doctor import keeping as looks
from chengnuo.foundation import files, keys
from chengnuo.foundation.actor import system
from chengnuo.foundation.keys import ring
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.refs import Ref
from chengnuo.keeping import places, rotation
from chengnuo.people.models import Contact
from tests.factories import county, log

AT = county.MONDAY
WORDS = "需要一份居住证明"

# a rotation that says so after each step, and takes its time
ROTATION = """
import sys, time
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.KEY_RING = sys.argv[2]
django.setup()
from chengnuo.keeping import places, rotation
rotation.FIRST = rotation.MOST = 3
def told(name, count):
    print(name, count, flush=True)
    time.sleep(0.05)
rotation.renew(told=told)
"""


@pytest.fixture
def own_ring(settings, tmp_path):
    """A ring that may be changed: the same keys as every test's."""
    settings.KEY_RING = Path(tmp_path / "keys.json")
    keys.put(settings.KEY_RING, Path(settings.VAR, "keys.json").read_bytes())
    return settings.KEY_RING


def opened(case: Case) -> str:
    return Case.objects.get(pk=case.pk).details.reveal(by=system(), reason="test")


def rotate(*arguments: str) -> str:
    said = io.StringIO()
    call_command("rotate_keys", *arguments, stdout=said, stderr=said)
    return said.getvalue()


@pytest.fixture
def cases(db):
    return [log.request(AT).case for _ in range(7)]


def test_everything_is_sealed_with_the_new_key_and_opens_as_before(own_ring, cases, monday):
    old = ring().sealing_id
    said = rotate()
    assert ring().sealing_id != old
    assert "Left on older keys: 0." in said
    assert rotation.left().total() == 0
    assert {opened(case) for case in cases} == {WORDS}
    assert set(sum((place.counted() for place in places.places()), places.Counter())) == {ring().sealing_id}
    assert LogEntry.objects.filter(schema="key.rotate/1", ref_id=ring().sealing_id).exists()


def test_what_is_sealed_meanwhile_uses_the_new_key_and_the_rest_is_counted(own_ring, cases, monday):
    before = sum((place.counted() for place in places.places()), places.Counter()).total()
    rotation.begin(AT)
    late = log.request(AT).case
    assert rotation.left().total() == before
    assert opened(late) == opened(cases[0]) == WORDS


def test_an_old_key_goes_when_nothing_needs_it_and_not_before(own_ring, cases, monday):
    old = ring().sealing_id
    rotation.begin(AT)
    monday.move(timedelta(minutes=11))
    with pytest.raises(CommandError, match="still sealed with an older key"):
        rotate("--retire")
    assert old in ring().sealing
    assert "goes on, and no further key" in rotate()
    assert old in rotate("--retire")
    assert list(ring().sealing) == [ring().sealing_id]
    assert {opened(case) for case in cases} == {WORDS}
    assert "nothing, there is one key" in rotate("--retire")


def test_an_old_key_stays_for_ten_minutes(own_ring, cases, monday):
    rotate()
    with pytest.raises(CommandError, match="younger than ten minutes"):
        rotate("--retire")


def test_a_row_that_does_not_open_is_named_and_keeps_its_key(own_ring, cases, monday):
    """Typed in by whoever owns the database: neither passed over nor sealed as if it were whole."""
    table, row = Case._meta.db_table, cases[3].pk
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT details FROM {table} WHERE id = %s", [db_id(row)])
        box = bytearray(cursor.fetchone()[0])
        box[-1] ^= 1
        cursor.execute(f"UPDATE {table} SET details = %s WHERE id = %s", [bytes(box), db_id(row)])
    said = io.StringIO()
    with pytest.raises(CommandError, match="1 rows do not open"):
        call_command("rotate_keys", stdout=said, stderr=said)
    assert f"cases.case.details of {row}" in said.getvalue()
    assert "Left on older keys: 1." in said.getvalue()
    monday.move(timedelta(hours=1))
    with pytest.raises(CommandError, match="still sealed"):
        rotate("--retire")
    assert [str(found.wrong) for found in looks.old_keys(AT)] == ["1 seals are on a key that was replaced."]


def db_id(pk):
    return pk if connection.vendor == "postgresql" else pk.hex


def test_who_writes_meanwhile_is_not_overwritten(own_ring, cases, monday):
    """Between the reading and the writing of a step somebody saved other words."""
    rotation.begin(AT)
    column = next(place for place in places.places() if place.name == "cases.case.details")
    pk, old, *_ = column._elsewhere(None, 1)[0]
    case = Case.objects.get(pk=pk)
    case.details = "另一句话"
    case.save(update_fields=["details"])
    assert column._swap(pk, bytes(old), places.Box(bytes(old))) == 0
    assert opened(case) == "另一句话"


def test_second_factors_are_sealed_anew(own_ring, db, monday):
    account = county.account_of(f"{county.VILLAGE}.desk")
    secret, spare = get_adapter().encrypt("JBSWY3DPEHPK3PXP"), get_adapter().encrypt("11112222")
    Authenticator.objects.create(user=account, type="totp", data={"secret": secret})
    Authenticator.objects.create(user=account, type="recovery_codes", data={"migrated_codes": [spare], "used_mask": 0})
    rotate()
    monday.move(timedelta(hours=1))
    rotate("--retire")
    held = Authenticator.objects.order_by("pk").values_list("data", flat=True)
    assert held[0]["secret"] != secret
    assert get_adapter().decrypt(held[0]["secret"]) == "JBSWY3DPEHPK3PXP"
    assert get_adapter().decrypt(held[1]["migrated_codes"][0]) == "11112222"
    assert held[1]["used_mask"] == 0


def test_stored_files_are_sealed_anew_and_open_as_before(own_ring, cases, monday, settings, tmp_path):
    settings.VAR = tmp_path
    kept = [a_file(cases[0].pk, bytes([n])) for n in range(5)]
    old = ring().sealing_id
    (files.folder() / str(kept[3].pk)).unlink()
    (files.folder() / str(kept[4].pk)).write_bytes((files.folder() / str(kept[2].pk)).read_bytes())
    said = io.StringIO()
    with pytest.raises(CommandError, match="1 rows do not open"):
        call_command("rotate_keys", stdout=said, stderr=said)
    assert f"foundation.file of {kept[4].pk}" in said.getvalue()
    assert [files.content(file, by=system(), reason="test") for file in kept[:3]] == [b"\0", b"\1", b"\2"]
    assert {files.key_of(file) for file in kept[:3]} == {ring().sealing_id}
    assert files.key_of(kept[4]) == old, "what does not open keeps the key that might open it"


def a_file(case, content):
    with files.kept(content, owner=Ref("case", case), media_type="image/jpeg", at=AT) as file:
        file.save(force_insert=True)
    return file


def test_receipts_stay_what_they_are(own_ring, db, monday):
    """They are on paper with families: the pepper of blind indexes is not rotated."""
    begun = log.request(AT)
    rotate()
    found = Case.objects.get(pk=begun.case.pk)
    assert bytes(found.receipt_index) == bytes(begun.case.receipt_index)


def test_the_writer_is_never_held_longer_than_a_quarter_of_a_second(own_ring, db, monday):
    """The better of two times: what else this machine does is no fault of ours."""
    Contact.objects.bulk_create(Contact(owner=uuid4(), name=f"张{n}", phone="13800000000") for n in range(600))
    longest = []
    for _ in range(2):
        rotation.begin(AT)
        outcome = rotation.renew()
        assert outcome.count >= 1200
        longest.append(outcome.longest)
    assert min(longest) < 0.25


def test_a_slow_database_gets_its_writer_back_in_the_middle_of_a_step(own_ring, cases, monday, monkeypatch):
    swap = places.Column._swap

    def slowly(*given):
        time.sleep(0.06)
        return swap(*given)

    monkeypatch.setattr(places.Column, "_swap", slowly)
    rotation.begin(AT)
    column = next(place for place in places.places() if place.name == "cases.case.details")
    first = column.renew(None, 7)
    assert (first.count, first.seconds < 0.25) == (2, True)
    following = column.renew(first.last, 7)
    assert following.last != first.last
    assert rotation.renew().count == sum((p.counted() for p in places.places()), places.Counter()).total() - 4


@pytest.mark.parametrize(
    ("limit", "seconds", "wanted"), [(20, 0.01, 40), (200, 0.01, 200), (40, 0.05, 40), (40, 0.2, 20), (5, 0.2, 5)]
)
def test_steps_grow_while_they_are_short_and_shrink_when_they_are_long(limit, seconds, wanted):
    assert rotation.following(limit, seconds) == wanted


def test_a_process_that_runs_learns_of_the_new_key(own_ring):
    first = ring()
    with keys.changing() as said:
        name, key = keys.new_key()
        said["sealing"]["keys"][name] = key
    assert set(ring().sealing) == {*first.sealing, name}
    assert [file.name for file in own_ring.parent.iterdir()] == ["keys.json"]
    assert own_ring.stat().st_mode & 0o077 == 0


def test_a_change_that_would_damage_the_ring_is_not_written(own_ring):
    def damage():
        with keys.changing() as said:
            said["sealing"]["now"] = "00000000"

    before = own_ring.read_bytes()
    with pytest.raises(ValueError, match=r"^$"):
        damage()
    assert own_ring.read_bytes() == before


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_it_goes_on(own_ring, monday):
    cases = [log.request(AT).case for _ in range(20)]
    rotation.begin(AT)
    before = rotation.left().total()
    for rounds in range(1, 4):
        kill_after(rounds)
    done = before - rotation.left().total()
    assert 0 < done < before
    assert {opened(case) for case in cases} == {WORDS}
    assert rotation.renew().count == before - done
    assert rotation.left().total() == 0
    assert {opened(case) for case in cases} == {WORDS}


def kill_after(rounds: int) -> None:
    name = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-c", ROTATION, name, str(keys.settings.KEY_RING)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": "src"}) as child:
        for _ in range(rounds):
            assert child.stdout.readline()
        time.sleep(0.02)
        child.send_signal(signal.SIGKILL)


def test_the_doctor_is_content_with_one_key_and_tells_of_a_rest(own_ring, cases, monday):
    assert not list(looks.old_keys(AT))
    rotation.begin(AT)
    (found,) = looks.old_keys(AT)
    assert "rotate_keys" in found.remedy


def test_what_is_rolled_back_was_not_renewed(own_ring, cases, monday):
    def renewed_in_vain():
        with transaction.atomic():
            rotation.renew()
            raise ZeroDivisionError

    rotation.begin(AT)
    before = rotation.left().total()
    with pytest.raises(ZeroDivisionError):
        renewed_in_vain()
    assert rotation.left().total() == before
    assert json.loads(own_ring.read_text())["sealing"]["since"] == AT.isoformat()
