"""What every test stands on: a database of its own, no way out of the machine, and a browser of two sizes."""

from __future__ import annotations

import importlib
import io
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import django
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import connection
from django.template.backends.django import Template
from django.test import Client
from django.utils import translation
from playwright.sync_api import BrowserContext, Page
from pytest_django.plugin import blocking_manager_key

# before the settings are loaded: a folder of this run alone, and the demo's settings, which answer on loopback
FOLDER = tempfile.TemporaryDirectory(prefix="cn-test-", ignore_cleanup_errors=True)
os.environ["CHENGNUO_VAR"] = FOLDER.name
os.environ.setdefault("CHENGNUO_DEMO", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengnuo.config.settings")
os.environ.setdefault("FAIL_INVALID_TEMPLATE_VARS", "true")
# Playwright keeps an event loop in the main thread, where the tests use the database as ever
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

IN_CI = os.environ.get("CI") == "true"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
CHROMIUM_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]
# sign-in pages are allauth's, in our frame
THEIRS = ("account/", "mfa/", "allauth/", "usersessions/")
LOOPBACK = ("127.", "::1", "localhost")
DATABASE = {"db", "transactional_db", "live_server"}
# What hangs on no database is tried on one (decision 0049): how pages look and what they say here, who may open each of them there,
# the tables of moves here. The first that fits counts; "" is both.
ONCE = {
    "tests/journeys/test_bad_input_*": "",
    "tests/journeys/test_a_county_that_was_lost.py": "",
    "tests/journeys/test_a_family_asks.py": "",
    "tests/journeys/test_a_family_follows.py": "",
    "tests/journeys/test_a_claim_goes_its_whole_way.py": "",
    "tests/journeys/test_a_letter_that_everyone_gets.py": "",
    "tests/journeys/test_a_mother_whom_nobody_told.py": "",
    "tests/journeys/test_a_public_notice.py": "",
    "tests/journeys/test_a_register_that_is_true.py": "",
    "tests/journeys/test_a_yearly_review.py": "",
    "tests/journeys/test_an_objection.py": "",
    "tests/journeys/test_money_from_a_level_to_a_payee.py": "",
    "tests/journeys/*": "sqlite",
    "tests/browser/*": "sqlite",
    "tests/unit/web/*": "sqlite",
    "tests/unit/demo/*": "sqlite",
    "tests/unit/*/test_lifecycle*": "sqlite",
    "tests/unit/payments/test_wrong_files.py": "sqlite",
    "tests/contracts/test_matrix.py": "postgres",
}


def pytest_configure(config: pytest.Config) -> None:
    if config.pluginmanager.hasplugin("django"):
        # names without a hash of the content: collecting files is `./run`'s work, and has a contract test of its own
        plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
        settings.WHITENOISE_AUTOREFRESH = True
        django.setup()
        call_command("compile_words", stdout=io.StringIO())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of the other database, and on PostgreSQL those that ask for no database, are left out: not skipped."""
    for item in items:
        if {"page", "wide_page", "new_context"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
        on = next((database for path, database in ONCE.items() if fnmatch(item.nodeid.partition("::")[0], path)), "")
        if on and not (item.get_closest_marker("postgres") or item.get_closest_marker("sqlite")):
            item.add_marker(on)
    if config.pluginmanager.hasplugin("django"):
        stands_on_sqlite = "sqlite" in settings.DATABASES["default"]["ENGINE"]
        left_out = [item for item in items if not (_on_sqlite(item) if stands_on_sqlite else _on_postgres(item))]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _on_sqlite(item: pytest.Item) -> bool:
    return not item.get_closest_marker("postgres")


def _on_postgres(item: pytest.Item) -> bool:
    """What asks for no database can reach none: it needs to pass once only, some of it here (`tools/testing.py`)."""
    if item.nodeid.startswith(tuple(os.environ.get("CHENGNUO_TEST_BESIDE", "").split())):
        return True
    asks = item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("postgres") or (asks and not item.get_closest_marker("sqlite")))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """Where the forge runs the tests, one that was skipped has not passed."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI counts as a failure: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def _no_way_out() -> Iterator[None]:
    """A connection to any other machine is refused; a test that needs one is wrong."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
            raise ConnectionRefusedError(f"a test wanted to reach {address}")
        real(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """SQLite as shipped: a file in WAL mode, so that threads and processes meet the locks they will meet in life."""
    one = settings.DATABASES["default"]
    if "sqlite" in one["ENGINE"]:
        one["TEST"] = one.get("TEST", {}) | {"NAME": Path(FOLDER.name) / "test.sqlite3"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The county stands in every test's database. (Imported here: the settings must be loaded first.)"""
    build = importlib.import_module("tests.factories.county").build
    keys = importlib.import_module("chengnuo.foundation.keys")
    if not Path(settings.KEY_RING).exists():
        keys.create(Path(settings.KEY_RING))
    with django_db_blocker.unblock():
        build()
    yield
    with django_db_blocker.unblock():
        _hang_up()


def _hang_up() -> None:
    """Ends every other connection to the test's PostgreSQL: a thread of a server under test may still keep its own, open for
    the browser's next request, and a database that somebody uses cannot be dropped.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test that really commits empties the tables behind it: the next one finds the county again."""
    done = yield
    marker = item.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())) or (
        marker and marker.kwargs.get("transaction")
    )
    if commits and nextitem is not None:
        with item.config.stash[blocking_manager_key].unblock():
            cache.clear()  # its table is no model's: nothing else empties it
            importlib.import_module("chengnuo.foundation.memo").forget()
            importlib.import_module("tests.factories.county").build()
    return done


@pytest.fixture(autouse=True)
def _what_was_rolled_back_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A holiday that a test announced is gone with its transaction, and from what the process remembers for a minute."""
    memo = importlib.import_module("chengnuo.foundation.memo")
    real, cleared = memo._clear, []
    monkeypatch.setattr(memo, "_clear", lambda: cleared.append(real()))
    yield
    if cleared:
        real()


@pytest.fixture(autouse=True)
def _nobody_has_asked_before() -> None:
    """What a process counts of its callers begins anew with each test."""
    caches["process"].clear()


@pytest.fixture(autouse=True)
def _no_minute_turns_within_a_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements are counted: which of them ask again what is remembered for a minute is not left to the time of day."""
    memo = importlib.import_module("chengnuo.foundation.memo")
    minute = memo._minute()
    monkeypatch.setattr(memo, "_minute", lambda: minute)


@pytest.fixture(autouse=True)
def _read_in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tests quote the source's own sentences; one about another language names it. The browser's phone reads Chinese."""
    real = Client.__init__

    def init(self: Client, *args: Any, **more: Any) -> None:
        real(self, *args, **{"HTTP_ACCEPT_LANGUAGE": "en"} | more)

    monkeypatch.setattr(Client, "__init__", init)
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _templates_never_query(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our templates show plain values: a query while one is rendered fails the test, whichever page it was."""
    real = Template.render

    def render(self: Template, context: Any = None, request: Any = None) -> Any:
        if str(self.origin.template_name).startswith(THEIRS):
            return real(self, context, request)
        with connection.execute_wrapper(_refuse):
            return real(self, context, request)

    monkeypatch.setattr(Template, "render", render)


def _refuse(_execute: Any, sql: str, *_more: Any) -> None:
    pytest.fail(f"a template asked the database: {sql[:300]}")


@pytest.fixture(autouse=True)
def _booked_is_swept_away(request: pytest.FixtureRequest) -> Iterator[None]:
    """What is booked is never deleted, and SQLite's triggers see to that: a test that really commits takes them away at its end."""
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames) or (
        marker and marker.kwargs.get("transaction")
    )
    books = any(word in request.node.path.as_posix() for word in ("payment", "paying", "money", "every_page"))
    if not (commits and books) or connection.vendor != "sqlite":
        yield
        return
    request.getfixturevalue("_django_db_helper")  # ends after this one, and empties the tables
    yield
    triggers = importlib.import_module("chengnuo.payments.migrations.0002_entries_are_never_changed")
    with connection.cursor() as cursor:
        sweep = [f"DELETE FROM {table}" for table in reversed(triggers.TABLES)]
        for statement in (*triggers.DROP["sqlite"], *sweep, *triggers.MAKE["sqlite"]):
            cursor.execute(statement)


@pytest.fixture
def monday() -> Iterator[Any]:
    """Time stands still on the county's Monday; `monday.move(timedelta)` lets it pass."""
    clock = importlib.import_module("chengnuo.foundation.clock")
    with clock.frozen(importlib.import_module("tests.factories.county").MONDAY) as watch:
        yield watch


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], playwright: Any) -> dict[str, Any]:
    chromium = os.environ.get("CHENGNUO_CHROMIUM") or playwright.chromium.executable_path
    if not Path(chromium).exists():
        pytest.skip("there is no Chromium here: ./run test says how to get one")
    return browser_type_launch_args | {"executable_path": chromium, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A phone that reads simplified Chinese. `page` is such a phone."""
    return browser_context_args | {"viewport": PHONE, "locale": "zh-CN"}


@pytest.fixture
def wide_page(new_context: Callable[..., BrowserContext]) -> Page:
    """An officer's screen."""
    page = new_context().new_page()
    page.set_viewport_size(DESK)
    return page


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with a list of what on the page WCAG 2.2 AA does not allow."""
    engine = Axe()

    def look(page: Page) -> None:
        found = engine.run(page, options={"runOnly": WCAG_22_AA, "resultTypes": ["violations"]}).response["violations"]
        said = [f"{v['id']}: {v['help']}\n    {node['html']}" for v in found for node in v["nodes"]]
        assert not said, f"{page.url} is not accessible:\n" + "\n".join(said)

    return look
