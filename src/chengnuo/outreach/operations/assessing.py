"""The impact assessment of a finder: one person writes it, another signs it, and until that nobody is written to (PIPL, art. 55 and 56)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.plain import plain
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.outreach.lifecycle import ASSESSMENT
from chengnuo.outreach.models import Assessment
from chengnuo.people import queries as people
from chengnuo.policies.finders import COUNTER, Finder, finders


class NotWhole(Refused):
    code = "not-whole"
    sentence = N_("A part of the assessment is empty.")
    remedy = N_("Say what is done, why, why nothing less would do, what it may do to people, and what guards them.")
    law = "个人信息保护法第56条"


def draft(
    *,
    finder: str,
    what: str,
    why: str,
    necessity: str,
    risks: str,
    measures: str,
    valid_until: date,
    by: Actor,
    at: datetime,
    key: UUID,
) -> Assessment:
    """Raises NotHere, NotWhole, NotForTheRecord."""
    said = {"finder": finder, "what": what, "why": why, "necessity": necessity, "risks": risks, "measures": measures}
    with act("assessment.draft/1", by=by, at=at, key=key, said={**said, "valid_until": valid_until}) as a:
        kept = {"what": plain(what), "why": plain(why), "necessity": plain(necessity)}
        kept |= {"risks": plain(risks), "measures": plain(measures)}
        office = people.open_office(finder_of(finder, at).office)
        if not all(kept.values()):
            raise NotWhole
        if office is None or by.account is None:
            raise NotHere
        made = Assessment(
            finder=finder, **kept, valid_until=valid_until, office=office, author=by.account, drafted_at=at
        )
        return a.make(made, ASSESSMENT.draft)


def sign(*, assessment: UUID, by: Actor, at: datetime, key: UUID) -> Assessment:
    """By somebody else than its author, in their own name. Raises MoveRefused."""
    with act("assessment.sign/1", by=by, at=at, key=key, said={"assessment": assessment}) as a:
        found = a.take(Assessment, assessment)
        return a.move(found, ASSESSMENT.sign, signed_by_id=people.post_at(found.office_id, by), signed_at=at)


def withdraw(*, assessment: UUID, by: Actor, at: datetime, key: UUID) -> Assessment:
    """It holds no longer: from tonight on no letter is made under it."""
    with act("assessment.withdraw/1", by=by, at=at, key=key, said={"assessment": assessment}) as a:
        return a.move(a.take(Assessment, assessment), ASSESSMENT.withdraw)


def finder_of(key: str, at: datetime) -> Finder:
    """The finder of that key, as it stands. Raises NotHere for none, and for what is handed out at a counter: that looks for nobody."""
    found = finders().on(local_date(at)).get(key)
    if found is None or found.sent_by == COUNTER:
        raise NotHere
    return found
