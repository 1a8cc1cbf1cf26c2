from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.foundation.models.noun import Noun, Trace
from chengnuo.openness.lifecycle import BOARD, PUT_UP, TAKE_DOWN, BoardStatus
from chengnuo.people.models import Office, Place, Post
from chengnuo.policies.procedures import Procedure

PROCEDURES = {PUT_UP: Procedure.BOARD_SHEET, TAKE_DOWN: Procedure.BOARD_SHEET_DOWN}


class BoardSheet(Noun):
    """The printed sheet on a village's notice board for one quarter: that it hangs, and comes down, is owed.

    `period` is 2026-Q4. It keeps no words: the sheet is made anew from what stands in public whenever it is printed.
    """

    kind = "board_sheet"
    lifecycle = BOARD
    is_guarded = False
    about_office_id = None

    village = models.ForeignKey(Place, models.PROTECT, related_name="board_sheets")
    period = models.CharField(max_length=10)
    begins = models.DateField()
    ends = models.DateField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="board_sheets")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="board_sheets")
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    bureau = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    put_up_at = models.DateTimeField(null=True)
    taken_down_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "nothing"
        purpose = "whether a village's notice board says what is promised there"
        basis = "Regulations on open government information, art. 20"
        retention = "for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "period"], name="one_board_sheet_a_village_and_quarter"),
            models.CheckConstraint(
                condition=Q(
                    status__in=[BoardStatus.OWED.value, BoardStatus.MISSED.value], put_up_at=None, taken_down_at=None
                )
                | Q(
                    status__in=[BoardStatus.UP.value, BoardStatus.OVER.value],
                    put_up_at__isnull=False,
                    taken_down_at=None,
                )
                | Q(status=BoardStatus.TAKEN_DOWN.value, put_up_at__isnull=False, taken_down_at__isnull=False)
                | Q(status=BoardStatus.LET_GO.value, taken_down_at=None),
                name="board_sheet_has_its_instants",
            ),
        ]
        indexes = [models.Index(fields=["status", "ends"], name="board_sheets_by_status")]

    def __str__(self) -> str:
        return f"{self.village} {self.period}"

    def promise_of(self, kind: str) -> str:
        return PROCEDURES[kind]

    def trace(self) -> Trace:
        return Trace(self.office_id)
