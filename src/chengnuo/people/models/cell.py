from __future__ import annotations

from django.db import models

from chengnuo.people.models.places import Place


class Cell(models.Model):
    """The county that this installation serves: one row. `demo` marks a database whose people are all invented;
    `demo_year_at` when the year behind the demo's date was filled in.
    """

    county = models.ForeignKey(Place, models.PROTECT)
    code = models.CharField(max_length=6, unique=True)
    demo = models.BooleanField(default=False)
    demo_year_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "nothing"
        purpose = "names the county in the log, in receipts and in packages"
        basis = "public"
        retention = "for ever"

    def __str__(self) -> str:
        return self.code
