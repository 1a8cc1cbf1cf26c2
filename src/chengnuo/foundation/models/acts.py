from __future__ import annotations

from django.db import models


class ActKey(models.Model):
    """One act that was carried out, by the key that its form or caller made: a repeat finds the first one.

    `body` is a keyed digest of what was said, so that "the same again" and "something else" can be told apart
    without keeping a word of it.
    """

    operation = models.CharField(max_length=60)
    key = models.UUIDField()
    body = models.BinaryField(max_length=32)
    ref_kind = models.CharField(max_length=30, blank=True)
    ref_id = models.CharField(max_length=36, blank=True)
    at = models.DateTimeField(db_index=True)

    class Privacy:
        holds = "nothing"
        purpose = "a form sent twice counts once"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "90 days"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["operation", "key"], name="one_act_a_key")]

    def __str__(self) -> str:
        return f"{self.operation} {self.key}"
