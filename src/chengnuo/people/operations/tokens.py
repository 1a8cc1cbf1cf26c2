"""The tokens of other systems: issued, shown once, and revoked, by the administrator of accounts."""

from __future__ import annotations

import re
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
from chengnuo.foundation.plain import plain
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.foundation.sealed import blind_index
from chengnuo.people.models import AccessToken, Account, Office, Scope

# Crockford's digits: none is taken for another, and what is read as o, i or l all the same is put right
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 32  # five bits each
ENDING = GROUP = 4
GROUPED = re.compile(r"[\s-]+")
MISREAD = str.maketrans("OIL", "011")
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
        secret = _secret()
        token = AccessToken.objects.create(
            name=plain(name),
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
    return blind_index("access.token", _as_issued(secret))


def _secret() -> str:
    """In groups of four, so that it can be copied from paper."""
    drawn = "".join(secrets.choice(DIGITS) for _ in range(LENGTH))
    return "-".join(drawn[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def _as_issued(typed: str) -> str:
    """Groups, small letters and misread digits make no difference; a token of the older kind is left as it is."""
    bare = GROUPED.sub("", typed).upper().translate(MISREAD)
    return bare if len(bare) == LENGTH and set(bare) <= set(DIGITS) else typed


def end_all(at: datetime) -> None:
    """After a restore: one that was revoked since the copy was made would open again, so all of them end."""
    AccessToken.objects.filter(revoked_at=None).update(revoked_at=at)
