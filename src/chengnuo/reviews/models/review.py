from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.benefits.models import Award
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.models.noun import PLAIN, SENSITIVE, Noun, Trace
from chengnuo.foundation.sealed import SealedField
from chengnuo.people.models import Office, Place, Post
from chengnuo.policies.procedures import Procedure
from chengnuo.reviews.lifecycle import CONTACT, DETERMINE, REVIEW, SEND_OUT, ReviewStatus
from chengnuo.reviews.models.campaign import Campaign

PROCEDURES = {
    SEND_OUT: Procedure.REVIEW_LETTER,
    CONTACT: Procedure.REVIEW_CONTACT,
    DETERMINE: Procedure.REVIEW_DETERMINED,
}


class Change(models.TextChoices):
    """What a family says has changed. Births are never among it: whoever no longer fits says so, and is not asked why. CALL: they
    want to be called, and say it then.
    """

    FACTS = "facts"
    MOVE = "move"
    DEATH = "death"
    STATEMENT = "statement"
    LOOK = "look"
    CALL = "call"


class How(models.TextChoices):
    """By which way the answer came."""

    CODE = "code"
    COUNTER = "counter"
    PAPER = "paper"


class Heard(models.TextChoices):
    """What came of asking a silent family: one of five, and no other words."""

    NOT_REACHED = "not_reached"
    LETTER_LEFT = "letter_left"
    WILL_ANSWER = "will_answer"
    HELP_WANTED = "help_wanted"
    LEAVE_ALONE = "leave_alone"


class Review(Noun):
    """One award's review: one question, "has anything changed?", and what followed from the answer.

    Its office, holder and seat are those of whoever owes the next step: the counter of the village sends the letter out and asks a silent
    family (the county where the programme is guarded), the county determines. `code_index` finds it by the code of its letter. `ready_at`: since when
    it may be renewed. `asks_again`: whether a contact is still to be owed where nobody answers. `facts` are what a family stated anew, sealed, until
    they are determined; `phone` is the number that was written with the wish to be called, sealed, as long as the call is owed; `answered_by`
    and `decided_by` are accounts of officers, so that another one checks.
    """

    kind = "review"
    lifecycle = REVIEW
    about_office_id = None

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="reviews")
    award = models.ForeignKey(Award, models.PROTECT, related_name="reviews")
    is_guarded = models.BooleanField(default=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="+")
    village = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    bureau = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    home = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    code_index = models.BinaryField(max_length=32)
    letter_out_on = models.DateField(null=True)
    contacts = models.PositiveSmallIntegerField(default=0)
    asks_again = models.BooleanField(default=True)
    is_left_alone = models.BooleanField(default=False)
    appointed_on = models.DateField(null=True)
    how = models.CharField(max_length=10, choices=How.choices, blank=True)
    change = models.CharField(max_length=10, choices=Change.choices, blank=True)
    changed_on = models.DateField(null=True)
    facts = SealedField(label="reviews.review.facts", owner="award_id", null=True)
    phone = SealedField(label="reviews.review.phone", owner="award_id", null=True)
    ready_at = models.DateTimeField(null=True)
    decided_on = models.DateField(null=True)
    answered_by = models.BigIntegerField(null=True)
    decided_by = models.BigIntegerField(null=True)

    class Privacy:
        holds = (
            "whether a beneficiary said that something has changed; until it is decided what they stated anew, and the "
            "telephone number on which they asked to be called, both sealed"
        )
        purpose = "that support goes on where nothing has changed, and is right where something has"
        basis = "PIPL art. 13(3), statutory duty; Document 国人口发〔2004〕36号, annual review"
        retention = "as the award"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "award"], name="one_review_a_campaign_and_award"),
            models.UniqueConstraint(fields=["code_index"], name="one_review_a_code"),
            models.CheckConstraint(condition=Q(contacts__lte=2), name="asked_two_times_at_most"),
            models.CheckConstraint(
                condition=~Q(status__in=[ReviewStatus.UNCHANGED.value, ReviewStatus.SILENT.value])
                | Q(ready_at__isnull=False),
                name="what_may_be_renewed_has_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(phone__isnull=True) | Q(status=ReviewStatus.CHANGED.value, change=Change.CALL.value),
                name="a_number_is_held_while_a_call_is_owed",
            ),
        ]
        indexes = [models.Index(fields=["campaign", "status", "id"], name="reviews_by_campaign")]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.status}"

    def promise_of(self, kind: str) -> str:
        return PROCEDURES[kind]

    def trace(self) -> Trace:
        return Trace(self.office_id, SENSITIVE if self.is_guarded else PLAIN)


class Contact(models.Model):
    """One attempt to ask a silent family, on a day that was agreed on before; its outcome is a code."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    review = models.ForeignKey(Review, models.PROTECT, related_name="made")
    number = models.PositiveSmallIntegerField()
    day = models.DateField()
    outcome = models.CharField(max_length=12, choices=Heard.choices)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Privacy:
        holds = "on which day a beneficiary was asked, and with which outcome out of five"
        purpose = "that nobody is asked more than twice"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "as the award"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="one_contact_a_review_and_number"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=2), name="two_contacts_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.outcome}"
