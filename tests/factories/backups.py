"""Backups of the tests' county, and a place of its own to put them back into: another folder, another database."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from chengnuo.foundation import keys
from chengnuo.keeping import recipients, stream

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Elsewhere:
    """Another installation: an empty folder, and an empty database."""

    var: Path
    database: str

    def run(self, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
        """A command of ours, there."""
        env = os.environ | {"CHENGNUO_VAR": str(self.var), "PYTHONPATH": "src", "CHENGNUO_DEMO": "1"} | more
        env.pop("DATABASE_URL", None)
        env |= {"DATABASE_URL": self.database} if self.database else {}
        command = [sys.executable, "manage.py", *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=110)

    def asked(self, question: str) -> list[str]:
        """The lines of what a program there says."""
        told = self.run("shell", "--no-imports", "-c", f"import json; {question}")
        assert told.returncode == 0, told.stderr
        return told.stdout.strip().splitlines()


@contextmanager
def elsewhere(folder: Path) -> Iterator[Elsewhere]:
    var = folder / f"elsewhere-{token_hex(3)}"
    var.mkdir()
    if connection.vendor == "sqlite":
        yield Elsewhere(var, "")
        return
    said, name = connection.get_connection_params(), f"elsewhere_{token_hex(4)}"
    where = f"postgresql://{said['user']}@/{{}}?host={said['host']}"
    with closing(psycopg.connect(where.format("postgres"), autocommit=True)) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield Elsewhere(var, where.format(name))
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@dataclass
class Kept:
    """A backup, what opens it, and its sealed ring."""

    archive: Path
    ring: Path
    key: Path


def own_folder(var: Path) -> None:
    """The tests' county in a folder of its own: nothing of one test is found by another."""
    settings.VAR, settings.KEY_RING, settings.BACKUP_KEY = var, var / "keys.json", var / "backup.pub"


def made(folder: Path) -> Kept:
    """A pair of keys, if there is none, and a backup."""
    key = folder / "private"
    if not settings.BACKUP_KEY.exists():
        said("backup_key", str(key))
    said("backup", str(folder))
    return Kept(max(folder.glob("*.backup")), max(folder.glob("*.ring")), key)


def said(*command: str) -> str:
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def put_ring(var: Path, source: Path) -> None:
    """The same keys as every test's, in this folder."""
    keys.put(var / "keys.json", source.read_bytes())


def said_key(path: Path) -> None:
    """Somebody else's private key."""
    recipients.keep(path, recipients.make()[0])


def other_format(path: Path, number: int) -> None:
    """An archive as another version of the format has it."""
    box = path.read_bytes()
    begins = len(stream.MAGIC) + stream.LENGTH
    length = int.from_bytes(box[len(stream.MAGIC) : begins])
    head = json.dumps(json.loads(box[begins : begins + length]) | {"format": number}, sort_keys=True).encode()
    path.write_bytes(stream.MAGIC + len(head).to_bytes(stream.LENGTH) + head + box[begins + length :])
