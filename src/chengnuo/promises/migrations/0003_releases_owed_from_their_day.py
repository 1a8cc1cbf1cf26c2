from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("promises", "0002_words_of_offices_sealed")]

    operations = [
        migrations.AddField(
            model_name="release",
            name="status",
            field=models.CharField(default="published", max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="release",
            name="version",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="release",
            name="figures",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="release",
            name="published_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("published_at", None), ("status", "owed"))
                | models.Q(("published_at__isnull", False), ("status", "published")),
                name="published_release_has_its_instant",
            ),
        ),
    ]
