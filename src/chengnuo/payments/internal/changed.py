"""Which payments go to an account that is not the one where the payee was paid last: what a second pair of eyes looks at."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from chengnuo.payments.models import Payment


def changed() -> Q:
    """A filter of payments: another account stood there before, and nothing was sent to this one yet by an earlier batch."""
    sent = Payment.objects.filter(
        account=OuterRef("account"),
        batch__exported_at__isnull=False,
        batch__proposed_at__lt=OuterRef("batch__proposed_at"),
    )
    return Q(~Exists(sent), account__number__gt=1)
