"""What becomes of a finding: the record was mended, or it is right as it is, with a reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.plain import plain
from chengnuo.foundation.refused import Refused
from chengnuo.registers.lifecycle import FINDING
from chengnuo.registers.models import Finding


class NoReason(Refused):
    code = "no-reason"
    sentence = N_("Why it is right is missing.")
    remedy = N_("Say in a few words where you looked, and what stands there.")


def mend(*, finding: UUID, by: Actor, at: datetime, key: UUID) -> Finding:
    """The record was put right. Where it was not, the next check finds it again."""
    with act("finding.mend/1", by=by, at=at, key=key, said={"finding": finding}) as a:
        return a.move(a.take(Finding, finding), FINDING.mend, ended_on=local_date(at))


def keep(*, finding: UUID, words: str, by: Actor, at: datetime, key: UUID) -> Finding:
    """It is right as it is; it is found again only when the record changes. Raises NoReason, NotForTheRecord."""
    with act("finding.keep/1", by=by, at=at, key=key, said={"finding": finding, "words": words}) as a:
        found, reason = a.take(Finding, finding), plain(words)
        if not reason:
            raise NoReason
        found.words = reason
        found.save(update_fields=["words"])
        return a.move(found, FINDING.keep, ended_on=local_date(at))
