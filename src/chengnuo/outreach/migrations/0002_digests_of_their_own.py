"""One digest of a person for every purpose: with the table of residents beside it the database told whose each letter was."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.models import F, Q

from chengnuo.foundation.sealed import SealedField
from chengnuo.foundation.seals import blind_index

OPEN = ("waiting", "carried")
CHUNK = 500


def part_digests(apps: Apps, _schema_editor: object) -> None:
    """The labels as they were frozen on the day of this migration. A letter that was dropped had no digest of its person any more."""
    letters = apps.get_model("outreach", "Letter").objects
    letters.exclude(status__in=OPEN).update(award=None)
    for letter in letters.exclude(identity_index=F("code_index")).iterator(chunk_size=CHUNK):
        resident = bytes(letter.identity_index)
        letter.whom = resident.hex()
        letter.identity_index = blind_index(f"outreach.letter.{letter.finder}", resident.hex())
        if letter.award_id:
            letter.award_index = blind_index(f"outreach.award.{letter.finder}", str(letter.award_id))
        letter.save(update_fields=["whom", "identity_index", "award_index"])
    for refusal in apps.get_model("outreach", "NoContact").objects.iterator(chunk_size=CHUNK):
        refusal.identity_index = blind_index("outreach.no_contact", bytes(refusal.identity_index).hex())
        refusal.save(update_fields=["identity_index"])


class Migration(migrations.Migration):
    dependencies = [("outreach", "0001_letters_and_reminders")]

    operations = [
        migrations.AddField("letter", "award_index", models.BinaryField(max_length=32, null=True)),
        migrations.AddField("letter", "whom", SealedField(label="outreach.letter.whom", null=True)),
        migrations.AddField("letter", "again_from", models.DateField(null=True)),
        migrations.RemoveConstraint("letter", "ended_letter_points_to_nobody"),
        migrations.RunPython(part_digests, migrations.RunPython.noop),
        migrations.AddConstraint(
            "letter",
            models.CheckConstraint(
                condition=Q(status__in=OPEN) | Q(person=None, award=None, ended_on__isnull=False),
                name="ended_letter_points_to_nobody",
            ),
        ),
        migrations.AddIndex("letter", models.Index(fields=["finder", "award_index"], name="letters_of_an_award")),
    ]
