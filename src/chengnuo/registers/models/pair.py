from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chengnuo.foundation.models.noun import SENSITIVE, Noun, Trace
from chengnuo.people.models import Office, Post
from chengnuo.policies.procedures import Procedure
from chengnuo.registers.lifecycle import PAIR, SAME


class Pair(Noun):
    """Two entries of the register that may be one person. No figure says how likely: a person looks at both and decides.

    `first` and `second` are persons, in the order of their ids. `gives_way` is the one that counts no longer while they are the same.
    """

    kind = "pair"
    lifecycle = PAIR
    is_guarded = True
    about_office_id = village_id = township_id = None

    first = models.UUIDField()
    second = models.UUIDField()
    gives_way = models.UUIDField(null=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="pairs")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="pairs")
    found_on = models.DateField()
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    class Privacy:
        holds = "which two entries of the register were compared, and what an officer decided"
        purpose = "that nobody is two people, and no two people are one"
        basis = "PIPL art. 8, true data, and art. 13(3), statutory duty"
        retention = "as the two entries"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_pair_of_two_people"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_is_in_order"),
            models.CheckConstraint(
                condition=(
                    Q(status=SAME.value, gives_way__isnull=False) & (Q(gives_way=F("first")) | Q(gives_way=F("second")))
                )
                | (~Q(status=SAME.value) & Q(gives_way=None)),
                name="joined_pair_has_one_that_gives_way",
            ),
        ]
        indexes = [
            models.Index(fields=["gives_way"], condition=Q(gives_way__isnull=False), name="pairs_by_who_gives_way"),
            models.Index(fields=["office", "status", "id"], name="pairs_by_office"),
        ]

    def __str__(self) -> str:
        return f"{self.first} {self.second}"

    @property
    def bureau_id(self) -> object:
        return self.office_id

    def promise_of(self, _kind: str) -> str:
        return Procedure.RECORD_MENDED

    def trace(self) -> Trace:
        return Trace(self.office_id, SENSITIVE)
