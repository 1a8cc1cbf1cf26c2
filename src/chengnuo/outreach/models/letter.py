from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.benefits.models import Award
from chengnuo.foundation.ids import random_id
from chengnuo.foundation.models.noun import SENSITIVE, Noun, Trace
from chengnuo.foundation.sealed import SealedField
from chengnuo.outreach.lifecycle import LETTER, OPEN_LETTERS
from chengnuo.outreach.models.run import FinderRun
from chengnuo.people.models import Office, Place, Post
from chengnuo.policies.procedures import Procedure


class Outcome(models.TextChoices):
    """What became of a letter: a closed list, and no words beside it."""

    GIVEN = "given"
    POSTED = "posted"
    NOT_FOUND = "not_found"
    GONE = "gone"
    NO_CONTACT = "no_contact"


class Letter(Noun):
    """One letter to one person under a finder: a duty of the contact who sends it, shown to them one at a time.

    `person` (of the register) is whom it is for, or `award`, where that is why: both until it has ended. `identity_index` stays, so that
    nobody gets the same letter twice; it and `award_index` are of this finder alone. `whom`, sealed: the register's digest of the person, with
    which the code on the letter says no, until the code ends. `number` is for talking about it and opens nothing; `code_index` finds it by
    that code. `home` is the township where the person lives, for counting. It holds no name and no programme.
    """

    kind = "letter"
    lifecycle = LETTER
    about_office_id = None

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    run = models.ForeignKey(FinderRun, models.PROTECT, related_name="letters")
    finder = models.SlugField(max_length=40)
    person = models.UUIDField(null=True)
    award = models.ForeignKey(Award, models.PROTECT, null=True, related_name="+")
    identity_index = models.BinaryField(max_length=32)
    award_index = models.BinaryField(max_length=32, null=True)
    whom = SealedField(label="outreach.letter.whom", null=True)
    number = models.CharField(max_length=12, unique=True)
    code_index = models.BinaryField(max_length=32, unique=True)
    home = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="+")
    village = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    bureau = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    is_guarded = models.BooleanField()
    contacts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    made_on = models.DateField()
    again_from = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    class Privacy:
        holds = (
            "that a person of some age, or with an award, is to be sent a letter, and whether it came; keyed digests"
        )
        purpose = "no entitled family loses support because nobody told them; nobody is written to twice or against their wish"
        basis = "PIPL art. 13(3), statutory duty; art. 55, assessed before"
        retention = "whom it is for until it has ended; for its code some time longer, sealed; the digest as long as the finder runs"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finder", "identity_index"], name="one_letter_a_person_and_finder"),
            models.CheckConstraint(
                condition=~Q(status__in=[status.value for status in OPEN_LETTERS])
                | (Q(ended_on=None) & (Q(person__isnull=False) | Q(award__isnull=False))),
                name="open_letter_is_for_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in OPEN_LETTERS])
                | Q(person=None, award=None, ended_on__isnull=False),
                name="ended_letter_points_to_nobody",
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "status", "made_on"], name="letters_by_holder"),
            models.Index(fields=["identity_index"], name="letters_of_one"),
            models.Index(fields=["finder", "award_index"], name="letters_of_an_award"),
            models.Index(fields=["ended_on", "home"], name="letters_by_day"),
        ]

    def __str__(self) -> str:
        return self.number

    def promise_of(self, _kind: str) -> str:
        return Procedure.LETTER

    def trace(self) -> Trace:
        return Trace(self.office_id, SENSITIVE)


class NoContact(models.Model):
    """Somebody wants no letters: said once, in one step, and kept as a keyed digest alone."""

    kind = "no_contact"

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    identity_index = models.BinaryField(max_length=32, unique=True)
    since = models.DateField()

    class Privacy:
        holds = "a keyed digest of the identity number of somebody who wants no letters, and since when"
        purpose = "never to write to them again"
        basis = "PIPL art. 44, the right to refuse"
        retention = "until the person wants letters again"

    def __str__(self) -> str:
        return str(self.since)
