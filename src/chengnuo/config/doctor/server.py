"""Whether a real server stands as docs/how-to/deploy-on-debian.md has it: names, HTTPS, secrets, database, clock, worker."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from stat import S_IMODE
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef

from chengnuo.config.doctor.finding import Finding
from chengnuo.config.security import LOOPBACK
from chengnuo.core.instants import local_date
from chengnuo.foundation.keys import OTHERS
from chengnuo.foundation.models import ClockMark
from chengnuo.people.models import Holding
from chengnuo.people.queries import held_on
from chengnuo.web.account.accounts import SECOND_FACTORS

OLDEST_POSTGRESQL = 15
CHARACTERS, FEW_CHARACTERS = 50, 20
TWO_MINUTES = timedelta(minutes=2)
HOSTS = "Name the host under which people come, and 127.0.0.1 for who watches on the machine, joined by a comma."
ADDRESS = "It stands on every slip: set it to what people type, such as https://promises.example.org."
PROXY = "Put a proxy that speaks HTTPS before it, and set this to 1 (docs/how-to/deploy-on-debian.md, step 5)."
SIGNING = "Leave CHENGNUO_SECRET_KEY out: one is made and kept. Everybody signs in again."
WATCH = "Set what `openssl rand -hex 24` says, here and at the machine that watches."
ASK_THE_CLOCK = ("timedatectl", "show", "--property=NTPSynchronized", "--value")


def settings_beside_the_guide(_at: datetime) -> Iterator[Finding]:
    hosts, token, address = set(settings.ALLOWED_HOSTS), settings.METRICS_TOKEN, urlsplit(settings.PUBLIC_ADDRESS)
    is_address = address.scheme == "https" and address.hostname in hosts
    wrongs = (
        ("*" in hosts, "CHENGNUO_HOSTS is *: it answers under any name, also one that somebody made up.", HOSTS),
        (hosts <= set(LOOPBACK), "CHENGNUO_HOSTS names no host: from elsewhere, every page is refused.", HOSTS),
        (not hosts & {"*", "127.0.0.1"}, "CHENGNUO_HOSTS does not name 127.0.0.1: who watches here is refused.", HOSTS),
        (
            not is_address,
            f"CHENGNUO_ADDRESS is no https address of a host in CHENGNUO_HOSTS: {address.geturl()}",
            ADDRESS,
        ),
        (
            not settings.BEHIND_PROXY,
            "CHENGNUO_BEHIND_PROXY is not 1: every page sends on to itself without end.",
            PROXY,
        ),
        (len(settings.SECRET_KEY) < CHARACTERS, f"The signing key has fewer than {CHARACTERS} characters.", SIGNING),
        (not token, "CHENGNUO_METRICS_TOKEN is not set: nobody can watch this server.", WATCH),
        (0 < len(token) < FEW_CHARACTERS, "CHENGNUO_METRICS_TOKEN is short enough to be guessed.", WATCH),
    )
    yield from (Finding(wrong, remedy) for is_wrong, wrong, remedy in wrongs if is_wrong)


def open_folder(_at: datetime) -> Iterator[Finding]:
    folder = Path(settings.VAR)
    if S_IMODE(folder.stat().st_mode) & OTHERS:
        yield Finding(f"Others on this machine may look into {folder}.", f"Say: chmod 700 {folder}")
    if folder.is_relative_to(settings.ROOT):
        yield Finding(
            f"{folder}, with keys and database, lies in the project's folder: whoever copies the one has the other.",
            "Stop, move it elsewhere, name it in CHENGNUO_VAR, and start.",
        )
    if settings.BACKUPS and settings.BACKUPS.is_relative_to(folder):
        yield Finding(
            f"The backups in {settings.BACKUPS} lie beside what they are for, and are lost with it.",
            "Name a folder on another disk in CHENGNUO_BACKUPS (docs/how-to/back-up-and-restore.md).",
        )


def lacking_second_factors(at: datetime) -> Iterator[Finding]:
    factor = Authenticator.objects.filter(user=OuterRef("account"), type__in=SECOND_FACTORS)
    holding = Holding.objects.filter(held_on(local_date(at)), ~Exists(factor), account__is_active=True)
    if count := holding.values("account").distinct().count():
        yield Finding(
            f"{count} accounts with a post have no second factor yet: their password alone stands before it.",
            "They are led to it when they sign in. Close accounts that nobody uses.",
        )


def weak_database(_at: datetime) -> Iterator[Finding]:
    """What the guard of each connection does not refuse already. SQLite has nothing to set."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('data_checksums'), current_setting('server_version_num')::int / 10000")
        checksums, version = cursor.fetchone()
    if checksums != "on":
        yield Finding(
            "PostgreSQL notices no damage of the disk: data_checksums is off.",
            "Stop it and say, as its owner: pg_checksums --enable --pgdata=<its folder>",
        )
    if version < OLDEST_POSTGRESQL:
        yield Finding(
            f"PostgreSQL {version} is older than what this was tried with.", f"Take {OLDEST_POSTGRESQL} or newer."
        )


def unset_clock(_at: datetime) -> Iterator[Finding]:
    """Where nobody can be asked, nothing is said."""
    if shutil.which(ASK_THE_CLOCK[0]):
        told = subprocess.run(ASK_THE_CLOCK, capture_output=True, text=True, check=False).stdout.strip()
        if told == "no":
            yield Finding(
                "Nothing keeps this machine's clock right: deadlines rest on it.",
                "Say: apt install systemd-timesyncd, or name a time server of your network to it.",
            )


def sleeping_worker(at: datetime) -> Iterator[Finding]:
    mark = ClockMark.objects.filter(pk=ClockMark.ONLY).first()
    worked = mark.worked_at if mark else None
    if worked is None or worked < at - TWO_MINUTES:
        since = f"since {worked:%Y-%m-%d %H:%M} UTC" if worked else "yet"
        yield Finding(
            f"The worker has ended no round {since}.",
            "Look whether it runs (./run starts it; else: ./run manage work). While the night's backup is made, this is so rightly.",
        )
