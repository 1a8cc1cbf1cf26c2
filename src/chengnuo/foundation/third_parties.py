"""The tables that come with packages: what they hold, for what, and how long. Our own models say it themselves.

A contract test fails when an installed table is missing here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Register:
    """One table of somebody else's code."""

    holds: str
    purpose: str
    retention: str


TABLES = {
    "account_emailaddress": Register(
        holds="nothing: accounts have no electronic address",
        purpose="comes with django-allauth",
        retention="stays empty",
    ),
    "account_emailconfirmation": Register(
        holds="nothing: accounts have no electronic address",
        purpose="comes with django-allauth",
        retention="stays empty",
    ),
    "auth_group": Register(
        holds="nothing", purpose="comes with Django; the gate is used instead", retention="stays empty"
    ),
    "auth_group_permissions": Register(
        holds="nothing", purpose="comes with Django; the gate is used instead", retention="stays empty"
    ),
    "auth_permission": Register(
        holds="names of tables and verbs",
        purpose="comes with Django; the gate is used instead",
        retention="as long as the tables",
    ),
    "django_content_type": Register(
        holds="names of tables", purpose="Django's list of models", retention="as long as the tables"
    ),
    "django_migrations": Register(
        holds="names of migrations", purpose="which changes of tables were made", retention="for ever"
    ),
    "django_session": Register(
        holds="which account is signed in, or what a resident is typing into a request that is not sent yet; sealed with a key "
        "that only the browser has",
        purpose="to sign officers in, and to ask one thing a page",
        retention="twelve hours at most; swept every night",
    ),
    "foundation_counted": Register(
        holds="how often something was tried, under keyed digests that name neither account nor address",
        purpose="to slow down whoever guesses passwords or codes",
        retention="an hour at most; swept every night",
    ),
    "mfa_authenticator": Register(
        holds="an officer's second factor: public keys, encrypted secrets, recovery codes",
        purpose="to sign officers in",
        retention="until the officer removes it or the account is closed",
    ),
}
