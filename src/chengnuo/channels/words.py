"""The one sentence that is ever sent: it names no office, no service and nobody, for it is read by whoever holds the telephone."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from chengnuo.cases.models import Case
from chengnuo.foundation.sealed import blind_index
from chengnuo.people.models import Consent

STOP_DIGITS = 8


def text_of(consent: Consent, case: Case) -> str:
    """In the person's own language, with the way out."""
    with override(consent.contact.language):
        return gettext(
            "Your request %(number)s: there is something new. Look with the code on your receipt, or ask at any counter. "
            "No more messages: %(stop)s"
        ) % {"number": case.number, "stop": settings.PUBLIC_ADDRESS + stop_address(consent, case)}


def stop_address(consent: Consent, case: Case) -> str:
    """Where this consent is taken back in one step. It opens nothing."""
    return reverse("family:stop", args=[case.number, stop_code(consent)])


def stop_code(consent: Consent) -> str:
    """Derived from the consent, so that no table holds it."""
    return str(int.from_bytes(blind_index("messages.stop", str(consent.pk))) % 10**STOP_DIGITS).zfill(STOP_DIGITS)
