"""The way out that stands in every message: whoever holds the telephone ends its messages, without the receipt."""

from __future__ import annotations

from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from chengnuo.channels.words import stop_code
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import resident
from chengnuo.foundation.refused import NotHere
from chengnuo.people.models import Consent, Purpose
from chengnuo.people.operations.contacts import withdraw_consent


class NothingToStop(NotHere):
    code = "nothing-to-stop"
    sentence = N_("Nothing is sent because of this address.")
    remedy = N_("Compare it with the newest message, or take it back on the page of the request, or at any counter.")


def to_stop(number: str, code: str) -> Consent:
    """The consent that an address from a message names, taken back already or not. Raises NothingToStop."""
    given = Consent.objects.filter(contact__case__number=number, purpose=Purpose.MESSAGES).select_related(
        "contact__case"
    )
    for consent in given:
        if compare_digest(stop_code(consent), code):
            return consent
    raise NothingToStop


def stop(*, number: str, code: str, at: datetime, key: UUID) -> None:
    """Ends the messages of one case, for good: what waits is not sent any more. Raises NothingToStop."""
    consent = to_stop(number, code)
    case = consent.contact.case
    # whoever has the address acts as the family, and can do this one thing alone
    by = resident(case.pk)
    withdraw_consent(contact=consent.contact_id, purpose=Purpose.MESSAGES, by=by, at=at, key=key)
