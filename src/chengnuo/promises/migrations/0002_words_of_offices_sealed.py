"""What offices above wrote about a duty is sealed."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models

from chengnuo.foundation.sealed import SealedField

CHUNK = 500
COLUMNS = (("duty", "discharge_reason"), ("escalation", "answer"))


def seal_words(apps: Apps, _schema_editor: object) -> None:
    for model, column in COLUMNS:
        rows = apps.get_model("promises", model).objects
        for row in rows.exclude(**{f"{column}_plain": ""}).iterator(chunk_size=CHUNK):
            setattr(row, column, getattr(row, f"{column}_plain"))
            row.save(update_fields=[column])


class Migration(migrations.Migration):
    dependencies = [("promises", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("escalation", "answer_has_its_instant"),
        *(migrations.RenameField(model, column, f"{column}_plain") for model, column in COLUMNS),
        *(
            migrations.AddField(model, column, SealedField(label=f"promises.{model}.{column}", null=True))
            for model, column in COLUMNS
        ),
        migrations.RunPython(seal_words),
        *(migrations.RemoveField(model, f"{column}_plain") for model, column in COLUMNS),
        migrations.AddConstraint(
            "escalation",
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answer__isnull=True)
                | models.Q(answered_at__isnull=False, answer__isnull=False),
                name="answer_has_its_instant",
            ),
        ),
    ]
