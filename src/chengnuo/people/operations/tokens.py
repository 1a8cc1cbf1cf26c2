"""The tokens of other systems: issued, shown once, and revoked, by the administrator of accounts."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.core.periods import months_after
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.models.noun import Trace
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.foundation.sealed import blind_index
from chengnuo.people.models import AccessToken, Account, Office, Scope

BYTES = 32
ENDING = 4
NOBODY = 0
LONGEST_MONTHS = 24


class NoScope(Refused):
    code = "no-scope"
    sentence = N_("A token that may do nothing is of no use.")
    remedy = N_("Choose what the other system may do. What is public needs no token.")


class TooLong(Refused):
    code = "token-too-long"
    sentence = N_("A token ends within two years, and not before tomorrow.")
    remedy = N_("Choose an earlier day; a new token can be issued before the old one ends.")


class RevokedAlready(Refused):
    code = "revoked-already"
    sentence = N_("This token was revoked already.")
    remedy = N_("Go back to the list of tokens.")


@dataclass(frozen=True)
class Issued:
    """A token just issued, and its secret: the only time that anybody sees it."""

    token: AccessToken
    secret: str


def issue(*, name: str, office: UUID, scopes: Sequence[str], ends: date, by: Actor, at: datetime, key: UUID) -> Issued:
    """Lets another system in, on behalf of an office, until a day (that day is the first without). Raises NoScope, TooLong."""
    said = {"name": name, "office": office, "scopes": sorted(scopes), "ends": ends}
    with act("token.issue/1", by=by, at=at, key=key, said=said) as a:
        a.permit()
        allowed = sorted({Scope(scope).value for scope in scopes})
        if not allowed:
            raise NoScope
        today = local_date(at)
        if not today < ends <= months_after(today, LONGEST_MONTHS):
            raise TooLong
        found = Office.objects.filter(pk=office, closed_on=None).first()
        if found is None:
            raise NotHere
        secret = secrets.token_urlsafe(BYTES)
        token = AccessToken.objects.create(
            name=name,
            office=found,
            scopes=allowed,
            digest=digest_of(secret),
            ending=secret[-ENDING:],
            issued_by=Account.objects.get(pk=by.account or NOBODY),
            issued_at=at,
            ends=ends,
        )
        a.record("token", token.pk, Trace(office=found.pk), {"scopes": allowed, "ends": ends.isoformat()})
        return Issued(token, secret)


def revoke(*, token: UUID, by: Actor, at: datetime, key: UUID) -> AccessToken:
    """Ends a token at once: its next call is refused. Raises RevokedAlready."""
    with act("token.revoke/1", by=by, at=at, key=key, said={"token": token}) as a:
        found = a.take(AccessToken, token)
        if found.revoked_at is not None:
            raise RevokedAlready
        found.revoked_at = at
        found.save(update_fields=["revoked_at"])
        a.record("token", found.pk, Trace(office=found.office_id), {})
        return found


def digest_of(secret: str) -> bytes:
    """Under what a token is found: nothing that a reader of the database could call with."""
    return blind_index("access.token", secret)


def end_all(at: datetime) -> None:
    """After a restore: one that was revoked since the copy was made would open again, so all of them end."""
    AccessToken.objects.filter(revoked_at=None).update(revoked_at=at)
