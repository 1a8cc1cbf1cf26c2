"""docs/reference/settings.md: every variable of the environment, and what is fixed in the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from chengnuo.config.environment import VARIABLES, Variable
from chengnuo.config.reference import markdown

VARIABLES_TEXT = (
    "Everything that differs between machines is a variable of the environment. They are listed once, in "
    "`src/chengnuo/config/environment.py`; an empty one counts as unset. Limits and holidays are no settings: they are "
    "[dated parameters](parameters.md)."
)
FILES = {
    "chengnuo.sqlite3": "the database, where DATABASE_URL names no other; with it `-wal` and `-shm` while it is in use",
    "keys.json": "the key ring: opens what is sealed, signs the log's heads; readable by its owner only, or nothing works",
    "secret_key": "signs sessions and forms, where CHENGNUO_SECRET_KEY is not set; readable by its owner only",
    "backup.pub": "the public part of the key to which backups are sealed",
    "tombstones.jsonl": "ids of what was erased, to be erased again after a restore; keep a copy elsewhere, newer than the backups",
    "staging-…/": "a backup or a drill at work; gone afterwards, or the next day",
    "static/": "collected files for browsers; made anew by `./run` and by `./run manage prepare`",
}
FIXED = {
    "LANGUAGES": "the languages of the pages",
    "LANGUAGE_CODE": "the language for a browser that names none",
    "TIME_ZONE": "the zone in which days and hours are counted; instants are stored in UTC",
    "SESSION_COOKIE_AGE": "the longest that a sign-in lasts, in seconds; it also ends with the browser",
    "PASSWORD_HASHERS": "how passwords are kept",
    "ACCOUNT_LOGIN_METHODS": "by what officers sign in; there are no addresses of mail",
    "SQLITE": "how SQLite is used: an act that was confirmed survives a power cut",
    "CONTENT_SECURITY_POLICY": "what a page may load: our own files only",
    "X_FRAME_OPTIONS": "whether another page may frame ours",
}
FIXED_TEXT = (
    "The same on every machine; a change is a change of the code. Outside the demo, cookies are sent over HTTPS only, "
    "plain HTTP is sent on to HTTPS, and browsers are told to stay there for a year."
)


def page() -> str:
    heads = ("variable", "what it is for", "when it is not set", "read by")
    return markdown.page(
        "Settings",
        markdown.section("Environment", VARIABLES_TEXT, markdown.table(heads, map(_variable, VARIABLES))),
        markdown.section(
            "Files in CHENGNUO_VAR",
            markdown.table(("file", "what it is"), ((markdown.code(k), v) for k, v in FILES.items())),
        ),
        markdown.section("Fixed", FIXED_TEXT, markdown.table(("setting", "value", "meaning"), _fixed())),
    )


def _variable(variable: Variable) -> tuple[str, ...]:
    unset = variable.otherwise or markdown.code(variable.default)
    return markdown.code(variable.name), variable.meaning, unset, variable.reader


def _fixed() -> list[tuple[str, str, str]]:
    return [(markdown.code(name), _value(getattr(settings, name)), meaning) for name, meaning in FIXED.items()]


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_value(inner)}" for key, inner in value.items())
    if isinstance(value, tuple):
        return markdown.code(" ".join(map(str, value)))
    if isinstance(value, set | list):
        return ", ".join(map(_value, sorted(value) if isinstance(value, set) else value))
    return markdown.code(value)
