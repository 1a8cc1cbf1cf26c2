from __future__ import annotations

from django.db import models

from chengnuo.foundation.models.noun import Noun, Trace
from chengnuo.payments.lifecycle import COVER, FUND, PASS_ON
from chengnuo.people.models import Office, Post
from chengnuo.policies.procedures import Procedure

PROCEDURES = {PASS_ON: Procedure.FUND_PASSED_ON, COVER: Procedure.FUND_COVERED}


class Level(models.TextChoices):
    """Whose money it is."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


class Fund(Noun):
    """The money of one programme and year. What was promised, has arrived and was passed on, by level, stands in the ledger.

    `office` is the finance office, which owes that money is passed on and that what will be missing is answered for; `expected_on` is the day that it has said.
    """

    kind = "fund"
    lifecycle = FUND
    is_guarded = False
    about_office_id = village_id = township_id = None

    programme = models.SlugField(max_length=60)
    year = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="funds")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="+")
    warned_at = models.DateTimeField(null=True)
    expected_on = models.DateField(null=True)

    class Privacy:
        holds = "nothing"
        purpose = "whether the money for what was awarded is there in time"
        basis = "Budget Law, arts. 14 and 57"
        retention = "for ever"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "year"], name="one_fund_a_programme_and_year")]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"

    @property
    def bureau_id(self) -> object:
        return self.office_id

    def promise_of(self, kind: str) -> str:
        return PROCEDURES[kind]

    def trace(self) -> Trace:
        return Trace(self.office_id)
