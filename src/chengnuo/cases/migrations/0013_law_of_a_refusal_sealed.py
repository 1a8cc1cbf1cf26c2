"""The law of a refusal is an officer's own words, and tells what was asked for: sealed as all words are."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.models import Q

from chengnuo.foundation.sealed import SealedField

CHUNK = 500
OLD = "law_in_clear"


def seal_laws(apps: Apps, _schema_editor: object) -> None:
    cases = apps.get_model("cases", "Case")
    for case in cases.objects.exclude(**{OLD: ""}).iterator(chunk_size=CHUNK):
        case.refusal_law = getattr(case, OLD)
        case.save(update_fields=["refusal_law"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_no_time_of_supply")]

    operations = [
        migrations.RemoveConstraint("case", "refused_names_the_law"),
        migrations.RenameField("case", "refusal_law", OLD),
        migrations.AddField("case", "refusal_law", SealedField(label="cases.case.refusal_law", null=True)),
        migrations.RunPython(seal_laws),
        migrations.RemoveField("case", OLD),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=~Q(status="refused") | Q(refusal_law__isnull=False) | Q(forgotten_at__isnull=False),
                name="refused_names_the_law",
            ),
        ),
    ]
