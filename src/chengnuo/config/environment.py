"""Every environment variable, with what counts when it is not set. `docs/reference/settings.md` is made from this table."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Variable:
    """One variable. `default` is what counts when it is unset or empty; `otherwise` says it in words where it is worked out.

    `reader` is the program that reads it.
    """

    name: str
    meaning: str
    default: str = ""
    otherwise: str = ""
    reader: str = "server, worker and commands"

    def read(self) -> str:
        return os.environ.get(self.name) or self.default


DEMO = Variable(
    name="CHENGNUO_DEMO",
    meaning="1: the demo county, on loopback only, where anybody may step into any role. `./run` sets it unless it is set.",
    default="0",
)
VAR = Variable(
    name="CHENGNUO_VAR",
    meaning="The folder of what is not in the repository: database, key ring, signing key, collected files.",
    otherwise="`var` in the project's folder",
)
DATABASE_URL = Variable(
    name="DATABASE_URL",
    meaning="The database, such as `postgresql://user:password@host/chengnuo`.",
    otherwise="the SQLite file `chengnuo.sqlite3` in CHENGNUO_VAR",
)
SECRET_KEY = Variable(
    name="CHENGNUO_SECRET_KEY",
    meaning="Signs sessions and forms. Every process of one installation needs the same.",
    otherwise="made once and kept in `secret_key` in CHENGNUO_VAR",
)
HOSTS = Variable(
    name="CHENGNUO_HOSTS",
    meaning="The host names under which it answers, joined by commas. The demo does not read it.",
    otherwise="loopback only",
)
ADDRESS = Variable(
    name="CHENGNUO_ADDRESS",
    meaning="The public address, as it stands on slips and in QR codes. `./run` sets it unless it is set.",
    default="http://127.0.0.1:8000",
)
BEHIND_PROXY = Variable(
    name="CHENGNUO_BEHIND_PROXY",
    meaning=(
        "1: a reverse proxy on this machine ends HTTPS and sets X-Forwarded-Proto and X-Forwarded-For itself "
        "(docs/how-to/deploy-on-debian.md). The demo does not read it."
    ),
    default="0",
)
COUNTY = Variable(
    name="CHENGNUO_COUNTY",
    meaning="The first six digits of the county's division code. It stands in the log's origin: never change it later.",
    default="420526",
)
OUTSIDE_BODY = Variable(
    name="CHENGNUO_OUTSIDE_BODY",
    meaning="The key of the office that stands above the county and hears of what its offices break.",
    default="city-supervision",
)
PORT = Variable(
    name="CHENGNUO_PORT",
    meaning="The port on which `./run` serves, on 127.0.0.1.",
    default="8000",
    reader="`./run`, `./run doctor`",
)
BACKUPS = Variable(
    name="CHENGNUO_BACKUPS",
    meaning="The folder of backups, best on another disk. Where it is set, the worker makes one each night and puts it back to try it.",
    otherwise="no nightly backup",
)
BACKUP_DAYS = Variable(
    name="CHENGNUO_BACKUP_DAYS",
    meaning="After so many days the nightly backups are removed: by then, what was erased is gone from the last copy too.",
    default="30",
)
POSTGRESQL_PROGRAMS = Variable(
    name="CHENGNUO_PG_PROGRAMS",
    meaning="The folder with pg_dump and pg_restore of the server's own version.",
    otherwise="those on the PATH, else Debian's folder of that version",
)
FREE_SPACE = Variable(
    name="CHENGNUO_FREE_SPACE",
    meaning="Below which share of free disk, in percent, the doctor warns, uploads, batches and writes are refused.",
    default="15 10 5 2",
)
PASSWORD_DAYS = Variable(
    name="CHENGNUO_PASSWORD_DAYS",
    meaning="After so many days an officer's password must be changed, where an authority asks for it. 0: never, which is safer.",
    default="0",
)
SMS = Variable(
    name="CHENGNUO_SMS",
    meaning="The address of the gateway that sends short messages (docs/how-to/send-messages.md). The demo writes files instead.",
    otherwise="nobody is asked about messages, and none are sent",
)
SMS_TOKEN = Variable(
    name="CHENGNUO_SMS_TOKEN",
    meaning="What that gateway is shown, as `Authorization: Bearer`.",
    otherwise="an empty token",
)
MAIL = Variable(
    name="CHENGNUO_MAIL",
    meaning="The server for officers' e-mail, such as `smtps://user:password@host:465`. The demo writes files instead.",
    otherwise="no officer can choose e-mail, and none is sent",
)
MAIL_FROM = Variable(
    name="CHENGNUO_MAIL_FROM", meaning="From which address that e-mail comes.", default="chengnuo@localhost"
)
METRICS_TOKEN = Variable(
    name="CHENGNUO_METRICS_TOKEN",
    meaning="What a watching machine sends as `Authorization: Bearer` to read /metrics. The demo does not read it.",
    otherwise="nobody reads /metrics",
)
METRICS = Variable(
    name="PROMETHEUS_MULTIPROC_DIR",
    meaning="An empty folder, made anew at each start, where the processes of one server add up what they count.",
    otherwise="each process counts for itself",
)
WEB_PROCESSES = Variable(
    name="CHENGNUO_WEB_PROCESSES",
    meaning="How many processes of the server `./run` keeps.",
    default="2",
    reader="`./run`",
)
CHROMIUM = Variable(
    name="CHENGNUO_CHROMIUM",
    meaning="The browser for the tests of pages.",
    otherwise="the system's Chromium, else one that Playwright fetches",
    reader="`./run test`",
)
TEST_POSTGRES = Variable(
    name="CHENGNUO_TEST_POSTGRES",
    meaning="A PostgreSQL for the tests, as an address like that of DATABASE_URL.",
    otherwise="DATABASE_URL, else a server of its own that the tests start",
    reader="`./run test`",
)
TEST_BESIDE = Variable(
    name="CHENGNUO_TEST_BESIDE",
    meaning="Folders of tests that ask for no database and run beside PostgreSQL all the same.",
    otherwise="`./run test` says which",
    reader="`./run test`",
)
CACHE = Variable(
    name="CHENGNUO_CACHE",
    meaning="The folder of compiled rules, of the user alone: whoever may write there decides what is run.",
    otherwise="`chengnuo` in XDG_CACHE_HOME, else in ~/.cache",
    reader="`./run determine`",
)
CI = Variable(
    name="CI",
    meaning="`true`: a test that was skipped counts as failed. `.ci/run` sets it.",
    otherwise="a skipped test is no failure",
    reader="`./run test`",
)

VARIABLES = (
    DEMO,
    VAR,
    DATABASE_URL,
    SECRET_KEY,
    HOSTS,
    ADDRESS,
    BEHIND_PROXY,
    COUNTY,
    OUTSIDE_BODY,
    PORT,
    WEB_PROCESSES,
    BACKUPS,
    BACKUP_DAYS,
    POSTGRESQL_PROGRAMS,
    FREE_SPACE,
    PASSWORD_DAYS,
    SMS,
    SMS_TOKEN,
    MAIL,
    MAIL_FROM,
    METRICS_TOKEN,
    METRICS,
    CHROMIUM,
    TEST_POSTGRES,
    TEST_BESIDE,
    CACHE,
    CI,
)
