from __future__ import annotations

from django.db import models


class LogHead(models.Model):
    """A signed summary of the log, published: what outsiders keep. `next` announces another key ("id key")."""

    epoch = models.PositiveIntegerField()
    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    before = models.CharField(max_length=100, default="-")
    next = models.CharField(max_length=73, default="", blank=True)
    key_id = models.CharField(max_length=8)
    signature = models.CharField(max_length=128)

    class Privacy:
        holds = "nothing"
        purpose = "outsiders can find that a record was altered"
        basis = "public"
        retention = "for ever"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["epoch", "size"], name="one_head_a_size")]
        indexes = [models.Index(fields=["-at"], name="heads_by_time")]

    def __str__(self) -> str:
        return f"{self.epoch}/{self.size}"
