"""Who did which part of a batch: one person, one part."""

from __future__ import annotations

from chengnuo.foundation.acts import Act
from chengnuo.foundation.refused import NotAllowed
from chengnuo.payments.models import Batch, Part, Signature
from chengnuo.people import queries as people


def sign(a: Act, batch: Batch, part: Part) -> Signature:
    """Keeps that whoever acts did this part. The gate has taken away whoever did another; the database refuses them again."""
    office = batch.office_id if part in {Part.PROPOSED, Part.CHECKED} else batch.payer_id
    post = people.post_at(office, a.by)
    if a.by.account is None or post is None:
        raise NotAllowed
    return Signature.objects.create(batch=batch, part=part, post_id=post, account=a.by.account, at=a.at)
