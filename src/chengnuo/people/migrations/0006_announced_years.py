from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_other_systems_as_a_role")]

    operations = [
        migrations.CreateModel(
            name="AnnouncedYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("year", models.PositiveSmallIntegerField(unique=True)),
                ("source", models.CharField(max_length=200)),
            ],
        ),
    ]
