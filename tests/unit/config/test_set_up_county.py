"""A county of one's own, from a pack of files: it stands, nothing is published, and what does not fit is said."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from chengnuo.config.management.commands import set_up_county as command
from chengnuo.foundation import clock
from chengnuo.people.models import Account, Cell, Holding, Office, Place, PlaceCode, Post
from chengnuo.people.operations import county as operations
from chengnuo.people.queries import NoHead, actor_of
from chengnuo.people.roles import Role
from chengnuo.policies import county as files
from chengnuo.promises.models import Promise, PromiseVersion
from chengnuo.promises.operations import catalogue
from tests.factories.county import MONDAY

pytestmark = pytest.mark.django_db
FIRST_WORDS = "four horses count raindrops"


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """The shipped pack, with its first township, two villages of it and two services."""
    folder = tmp_path_factory.mktemp("pack")
    for part in ("offices.yaml", "services/dibao.yaml", "services/old-age-allowance.yaml"):
        (folder / part).parent.mkdir(exist_ok=True)
        shutil.copy(files.XINGSHAN / part, folder / part)
    (folder / "procedures").mkdir()
    shutil.copy(files.XINGSHAN / "procedures" / "missing-list.yaml", folder / "procedures")
    lines = (files.XINGSHAN / "places.csv").read_text(encoding="utf-8").splitlines()
    (folder / "places.csv").write_text("\n".join(lines[:5]) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def empty(settings, monkeypatch):
    """No county yet, and no demo."""
    settings.DEMO = False
    monkeypatch.setattr(command, "getpass", lambda _: FIRST_WORDS)
    for model in (Cell, PromiseVersion, Promise, Post, Office, PlaceCode, Place):
        model.objects.all()._raw_delete(model.objects.db)


def set_up(folder):
    with clock.frozen(MONDAY):
        call_command("set_up_county", folder, administrator="lin", name="林晓")


def test_the_county_stands_and_nothing_is_published(empty, small, capsys):
    set_up(small)
    cell = Cell.objects.get()
    assert (cell.code, cell.demo) == ("420526", False)
    assert Office.objects.filter(level="village").count() == 2
    assert {version.status for version in PromiseVersion.objects.all()} == {"draft"}
    assert PromiseVersion.objects.count() == 3
    assert "3 drafts" in capsys.readouterr().out


def test_the_whole_pack_that_is_shipped_can_be_set_up(empty):
    set_up(files.XINGSHAN)
    shipped = [*files.XINGSHAN.glob("services/*.yaml"), *files.XINGSHAN.glob("procedures/*.yaml")]
    assert PromiseVersion.objects.filter(status="draft").count() == len(shipped)


def test_the_administrator_signs_in_and_sees_to_accounts_only(empty, small):
    set_up(small)
    account = Account.objects.get()
    assert account.check_password(FIRST_WORDS)
    assert actor_of(account, on=MONDAY.date()).roles == {Role.ACCOUNT_ADMIN}


def test_somebody_else_than_the_author_can_check_a_draft(empty, small):
    set_up(small)
    head = Account.objects.create(username="head", name="刘科长")
    Holding.objects.create(
        post=Post.objects.get(office__key="health-bureau", is_head=True),
        account=head,
        begins=date(2025, 1, 1),
    )
    version = PromiseVersion.objects.get(promise__key="missing-list")
    by = actor_of(head, on=MONDAY.date(), signed_in_at=MONDAY)
    checked = catalogue.check(version=version.pk, by=by, at=MONDAY, key=version.pk)
    assert checked.status == "checked"


def test_a_second_county_does_not_go_into_the_same_database(empty, small):
    set_up(small)
    with pytest.raises(CommandError, match="serves a county already"):
        set_up(small)
    assert Account.objects.count() == 1


def test_in_demo_mode_no_real_county_is_set_up(small):
    with pytest.raises(CommandError, match="CHENGNUO_DEMO=0"):
        set_up(small)


@pytest.mark.parametrize("weak", ["", "12345678", "password"])
def test_a_password_that_would_be_guessed_is_refused(empty, small, monkeypatch, weak):
    monkeypatch.setattr(command, "getpass", lambda _: weak)
    with pytest.raises(CommandError):
        set_up(small)
    assert not Cell.objects.exists()


def test_an_outside_body_that_the_pack_does_not_have_is_refused(empty, small, settings):
    settings.OUTSIDE_BODY = "city-friends"
    with pytest.raises(CommandError, match="CHENGNUO_OUTSIDE_BODY"):
        set_up(small)
    assert not Cell.objects.exists()


def test_a_folder_without_a_pack_is_said(empty, tmp_path):
    with pytest.raises(CommandError, match=r"places\.csv"):
        set_up(tmp_path)


def test_a_file_that_does_not_fit_leaves_nothing_behind(empty, small, tmp_path):
    folder = shutil.copytree(small, tmp_path / "pack")
    sheet = folder / "services" / "dibao.yaml"
    sheet.write_text(sheet.read_text().replace("working_days(30)", "soon"))
    with pytest.raises(CommandError, match="deadline"):
        set_up(folder)
    assert not Cell.objects.exists()
    assert not Account.objects.exists()


def test_a_service_of_an_office_that_is_not_there_is_named(empty, small, tmp_path):
    folder = shutil.copytree(small, tmp_path / "pack")
    shutil.copy(files.XINGSHAN / "services" / "disability-certificate.yaml", folder / "services")
    sheet = folder / "services" / "disability-certificate.yaml"
    sheet.write_text(sheet.read_text().replace("office: disabled-federation", "office: no-such-office"))
    with pytest.raises(CommandError, match="no-such-office has no officer's post"):
        set_up(folder)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"above": "health-bureau"}, "civil-affairs"),
        ({"above": ""}, "civil-affairs"),
        ({"above": "health-bureau"}, "city-supervision"),
    ],
)
def test_every_county_office_stands_below_the_outside_body(empty, small, change, where):
    places = files.places(small)
    offices = [replace(office, **change) if office.key == where else office for office in files.offices(small, places)]
    with pytest.raises(operations.NoOutsideBody):
        operations.set_up(
            county="420526", places=places, offices=offices, outside="city-supervision", begins=MONDAY.date(), demo=False
        )  # fmt: skip


def test_every_office_has_a_head_who_answers_for_what_is_late(empty, small):
    places = files.places(small)
    offices = [
        replace(office, posts=[replace(post, head=False) for post in office.posts])
        if office.level == "village"
        else office
        for office in files.offices(small, places)
    ]
    with pytest.raises(NoHead):
        operations.set_up(
            county="420526", places=places, offices=offices, outside="city-supervision", begins=MONDAY.date(), demo=False
        )  # fmt: skip
    assert not Cell.objects.exists()


def test_without_a_post_for_it_there_is_no_administrator(empty):
    with pytest.raises(operations.NoAdministrator):
        operations.first_administrator(username="a", name="b", password=FIRST_WORDS, begins=MONDAY.date())
    assert not Account.objects.exists()
