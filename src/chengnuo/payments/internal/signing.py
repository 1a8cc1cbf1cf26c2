"""Who did which part of a batch: one person, one part."""

from __future__ import annotations

from chengnuo.foundation.acts import Act
from chengnuo.foundation.refused import NotAllowed
from chengnuo.payments.models import Batch, Part, Signature


def sign(a: Act, batch: Batch, part: Part) -> Signature:
    """Keeps that whoever acts did this part. The gate has taken away whoever did another; the database refuses them again."""
    mine = {hat.post for hat in a.by.hats if hat.post and hat.office in (batch.office_id, batch.payer_id)}
    if a.by.account is None or not mine:
        raise NotAllowed
    post = min(mine, key=str)
    return Signature.objects.create(batch=batch, part=part, post_id=post, account=a.by.account, at=a.at)
