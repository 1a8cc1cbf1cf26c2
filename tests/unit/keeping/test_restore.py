"""Before anything is put there, a backup is looked at: whose it is, who signed it, with which keys and by which version."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as real
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from chengnuo.cases import queries
from chengnuo.cases.models import Case
from chengnuo.cases.operations import recode
from chengnuo.cases.operations.receive import receive
from chengnuo.foundation import files, keys
from chengnuo.foundation.actor import resident, visitor
from chengnuo.foundation.log import erasure, heads
from chengnuo.foundation.models import Errand, LogEntry, StoredFile, Tombstone
from chengnuo.foundation.receipts import receipt_code
from chengnuo.foundation.refs import Ref
from chengnuo.keeping import backup, manifest, recipients, restore, rotation
from chengnuo.keeping.restore import NotPossible
from chengnuo.keeping.stream import ArchiveUnfit
from chengnuo.people.models import AccessToken, Account, Consent, Contact
from chengnuo.people.operations.contacts import Person, withdraw_consent
from tests.factories import county, log
from tests.factories.backups import put_ring

AT = county.MONDAY
HOUR = timedelta(hours=1)


@pytest.fixture
def var(settings, tmp_path, monday, db):
    ring = Path(real.KEY_RING)
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()
    settings.KEY_RING, settings.BACKUP_KEY = settings.VAR / "keys.json", settings.VAR / "backup.pub"
    put_ring(settings.VAR, ring)
    LogEntry.objects.all().delete()
    return settings.VAR


def said(**changes) -> dict:
    """A signed manifest."""
    facts = {"counts": {}, "files": {}, "head": {}, "migrations": ["cases.0001_initial"]}
    return manifest.signed(facts | changes, AT)


def test_a_backup_of_another_county_is_not_put_back(var, settings):
    ours = said()["manifest"]
    restore._need_this_county(ours)
    settings.COUNTY = "420527"
    with pytest.raises(NotPossible, match="a backup of the county 420526, and CHENGNUO_COUNTY is 420527"):
        restore._need_this_county(ours)


def test_a_newer_versions_backup_is_not_put_back(var):
    newer = said(migrations=["cases.0001_initial", "cases.0999_from_tomorrow", "somebody_elses.0001_initial"])[
        "manifest"
    ]
    with pytest.raises(NotPossible, match=r"newer version of Chengnuo .*cases\.0999_from_tomorrow"):
        restore._need_this_county(newer)


def test_a_ring_that_lacks_a_key_is_said_with_its_id(var):
    made = said()
    restore._need_this_ring(made)
    name = rotation.begin(AT)
    with_both = said()
    with keys.changing() as ring:
        ring["sealing"] |= {"now": made["manifest"]["ring"]["sealing"][0]}
        del ring["sealing"]["keys"][name]
    with pytest.raises(NotPossible, match=f"The key ring lacks {name}"):
        restore._need_this_ring(with_both)


def test_a_manifest_that_another_county_signed_is_refused(var):
    made = said()
    with keys.changing() as ring:
        name, key = keys.new_key()
        ring["signing"] = {"now": name, "keys": {name: key}, "old": {}}
    with pytest.raises(ArchiveUnfit, match="not signed by this county's key"):
        restore._need_this_ring(made)


def test_the_sealed_ring_comes_back_byte_for_byte_and_is_written_anew(var, tmp_path):
    private, public = recipients.make()
    recipients.keep(real.BACKUP_KEY, public)
    recipients.keep(tmp_path / "private", private)
    to, key = recipients.public_key(real.BACKUP_KEY), recipients.private_key(tmp_path / "private")
    path, content_key = backup._seal_ring(tmp_path, to)
    assert backup.open_ring(path, key) == backup.open_ring(path, content_key) == real.KEY_RING.read_bytes()
    path.write_bytes(b"spoiled by the disk")
    assert backup._seal_ring(tmp_path, to)[0] == path
    assert backup.open_ring(path, key) == real.KEY_RING.read_bytes(), "tomorrow night it is whole again"
    rotation.begin(AT)
    assert backup._seal_ring(tmp_path, to)[0] != path, "an older ring opens older archives: it stays"
    assert path.exists()
    with pytest.raises(ArchiveUnfit, match="There is no key ring"):
        backup.open_ring(tmp_path / "none.ring", key)


def test_tombstones_of_all_places_are_one_list(var, tmp_path):
    lines = [json.dumps({"n": number}) for number in range(4)]
    (tmp_path / "theirs").write_text(f"{lines[0]}\n\n{lines[1]}\n")
    (var / erasure.FILE).write_text(f"{lines[1]}\n{lines[2]}\n")
    (tmp_path / "given").write_text(f"{lines[3]}\n")
    restore._merge(tmp_path / "theirs", tmp_path / "given")
    assert (var / erasure.FILE).read_text().splitlines() == lines
    assert (var / erasure.FILE).stat().st_mode & 0o077 == 0
    restore._merge(tmp_path / "none", None)
    assert (var / erasure.FILE).read_text().splitlines() == lines


@pytest.mark.parametrize("text", ["", "[]", "{", "3", '{"heads": 3}', '{"heads": []}'])
def test_what_is_no_list_of_heads_is_said(tmp_path, text):
    (tmp_path / "heads.json").write_text(text)
    with pytest.raises(NotPossible, match="holds no heads"):
        restore.read_heads(tmp_path / "heads.json")


def test_one_head_or_all_of_them_can_be_given(tmp_path):
    (tmp_path / "a").write_text(json.dumps({"heads": [{"epoch": 1}]}))
    (tmp_path / "b").write_text(json.dumps([{"epoch": 1}]))
    (tmp_path / "c").write_text(json.dumps({"epoch": 1}))
    assert [restore.read_heads(tmp_path / name) for name in "abc"] == [[{"epoch": 1}]] * 3


def test_a_copy_that_was_put_back_otherwise_goes_on_the_same_way(var, capsys, tmp_path):
    """`./run manage restored`: by another road, and with nothing left out."""
    log.request(AT)
    log.settle(AT + HOUR)
    Session.objects.create(session_key="old", session_data="x", expire_date=timezone.now() + HOUR)
    Errand.objects.create(topic="letter/1", handler="h", payload={}, created_at=AT, next_at=AT)
    office = county.officer(f"{county.VILLAGE}.desk").hats[0].office
    AccessToken.objects.create(
        name="hotline", office_id=office, digest=b"d", ending="abcd", issued_by=county.account_of(f"{county.VILLAGE}.desk"),
        issued_at=AT, ends=(AT + 9 * HOUR).date(),
    )  # fmt: skip
    call_command("restored", str(log.paper(tmp_path, log.kept())))
    told = capsys.readouterr().out
    assert "1 of letter/1" in told
    assert not Session.objects.exists()
    assert Errand.objects.get().last_error == restore.HELD
    assert AccessToken.objects.get().revoked_at is not None
    assert not Account.objects.filter(is_active=True).exists()
    assert "open_again" in told
    assert LogEntry.objects.filter(schema="county.restore/1", seq=None).exists()
    assert heads.restores()[0].lost == 0
    with pytest.raises(CommandError, match="not all the heads"):
        call_command("restored", str(log.paper(tmp_path, {"heads": [{"epoch": 1}]})))


def test_a_kind_that_nobody_knows_how_to_erase_is_said(var):
    LogEntry.objects.create(
        schema="x/1", group="plain", public={}, private={"a": "b"}, salt=bytes(32), commitment="0" * 64, leaf=bytes(32),
        ref_kind="mystery", ref_id="1", written_at=AT,
    )  # fmt: skip
    entry = LogEntry.objects.get(ref_kind="mystery")
    Tombstone.objects.create(entry=entry.pk, leaf=entry.leaf, erased_at=AT)
    found = restore.continued([], AT)
    assert found.unknown == ("mystery",)
    assert any(line.startswith("LOOK:") for line in found.told())
    assert LogEntry.objects.get(pk=entry.pk).private is None, "at least the log forgets"


def test_files_that_were_erased_go_again(var):
    with files.kept(b"photo", owner=Ref("case", log.request(AT).case.pk), media_type="image/jpeg", at=AT) as file:
        file.save(force_insert=True)
    Tombstone.objects.create(entry=file.pk, leaf=bytes(32), erased_at=AT)
    assert restore.continued([], AT).files_erased == 1
    assert not StoredFile.objects.exists()
    assert not any(files.folder().iterdir())


def test_a_ring_is_put_only_where_there_is_none(var, tmp_path):
    whole = real.KEY_RING.read_bytes()
    with pytest.raises(FileExistsError):
        keys.put(real.KEY_RING, whole)
    for bad in (b"", b"{}", b"[]", whole.replace(b"chengnuo.keys/1", b"chengnuo.keys/9"), b64encode(whole)):
        with pytest.raises(ValueError, match=r".*"):
            keys.put(tmp_path / "new.json", bad)
    assert not (tmp_path / "new.json").exists()


def test_a_line_that_cannot_be_read_is_passed_over_and_said(var):
    begun = log.request(AT)
    entry = LogEntry.objects.filter(ref_id=str(begun.case.pk)).earliest("written_at", "pk")
    whole = {"entry": str(entry.pk), "leaf": bytes(entry.leaf).hex(), "at": AT.isoformat()}
    torn = json.dumps(whole)[:40].encode()
    (var / erasure.FILE).write_bytes(torn + b"\n\xff\x00\n" + json.dumps(whole).encode() + b"\n")
    found = restore.continued([], AT + HOUR)
    assert (found.erased, found.unreadable) == (1, 2)
    assert any(line.startswith("LOOK: 2 lines of tombstones.jsonl") for line in found.told())


def test_what_was_withdrawn_or_replaced_since_stays_so(var, django_capture_on_commit_callbacks):
    """The copy knows the telephone, the consent and the code that somebody saw; the tombstones know better."""
    person = Person(name="王桂兰", phone="10012345678", consents=["messages"])
    case = begun_by(person)
    copied = Case.objects.filter(pk=case.pk).values("codes", "receipt_index", "recoded_at").get()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_consent(contact=case.contact_id, purpose="messages", by=resident(case.pk), at=AT + HOUR, key=uuid4())
        given_anew(case)
        given_anew(case)
    Case.objects.filter(pk=case.pk).update(**copied)
    Consent.objects.update(withdrawn_at=None)
    contact = case.contact
    contact.phone = person.phone
    contact.save(update_fields=["phone"])
    Tombstone.objects.all().delete()
    assert opened_by(case) == [True, False, False], "this is what the copy says"
    for _twice in range(2):
        restore.continued([], AT + 2 * HOUR)
        assert opened_by(case) == [False, False, True], "the slip that the family holds opens it, and no other"
        assert not Consent.objects.filter(withdrawn_at=None).exists()
        assert not Contact.objects.get(pk=contact.pk).phone.reveal(by=resident(case.pk), reason="test", of=case.pk)


def begun_by(person: Person) -> Case:
    service, village = county.service("village-proof"), county.village().pk
    return receive(promise=service, village=village, person=person, details="", by=visitor(), at=AT, key=uuid4()).case


def given_anew(case: Case) -> None:
    """Another code, by two officers."""
    desk, head = (county.officer(f"{county.VILLAGE}.{post}", at=AT + HOUR) for post in ("desk", "head"))
    asked = recode.ask(case=case.pk, reason="seen", known_by="known", by=desk, at=AT + HOUR, key=uuid4())
    recode.confirm(new_code=asked.pk, by=head, at=AT + HOUR, key=uuid4())
    recode.hand_out(new_code=asked.pk, by=desk, at=AT + HOUR, key=uuid4())


def opened_by(case: Case) -> list[bool]:
    """Whether the first, the second and the third code open the case."""
    return [queries.by_receipt(receipt_code(case.pk, codes)) == case.pk for codes in range(3)]
