"""What is owed on paper may be told otherwise, by whom and how; and a letter tells what was new up to its printing."""

from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.models import Q

from chengnuo.core.instants import midnight

IS_TOLD = Q(out_on__isnull=False, tells_until__isnull=False, told_by__isnull=False)


def fill(apps: Apps, _schema_editor: object) -> None:
    """Of those before: their news is of their day, and whoever held one sent it out."""
    letters = apps.get_model("channels", "ClosedLetter").objects
    for letter in letters.all().iterator():
        letter.news_at = midnight(letter.news_on)
        letter.save(update_fields=["news_at"])
    for letter in letters.filter(status="out").iterator():
        letter.tells_until = midnight(letter.out_on or letter.news_on)
        letter.way, letter.told_by_id = "letter", letter.holder_id
        letter.save(update_fields=["tells_until", "way", "told_by"])


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0004_closed_letters"),
        ("people", "0009_no_paper_for_who_wishes_none"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="closedletter", name="closed_letter_out_has_its_day"),
        migrations.AddField("closedletter", "news_at", models.DateTimeField(null=True)),
        migrations.AddField("closedletter", "undelivered", models.BooleanField(default=False)),
        migrations.AddField("closedletter", "printed_at", models.DateTimeField(null=True)),
        migrations.AddField("closedletter", "tells_until", models.DateTimeField(null=True)),
        migrations.AddField(
            "closedletter",
            "way",
            models.CharField(
                blank=True,
                choices=[("letter", "Letter"), ("phone", "Phone"), ("person", "Person")],
                default="",
                max_length=10,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "closedletter",
            "told_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.post"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("closedletter", "news_at", models.DateTimeField()),
        migrations.AddConstraint(
            "closedletter",
            models.CheckConstraint(
                condition=Q(status="out", way="letter") & IS_TOLD
                | Q(status="told", way__in=["phone", "person"]) & IS_TOLD
                | ~Q(status__in=["out", "told"]) & Q(out_on=None, way="", tells_until=None, told_by=None),
                name="who_is_told_is_told_on_a_day_by_somebody",
            ),
        ),
    ]
