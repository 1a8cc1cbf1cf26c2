from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0005_looks_at_a_row"),
    ]

    operations = [
        migrations.AddField(
            model_name="clockmark",
            name="worked_at",
            field=models.DateTimeField(null=True),
        ),
    ]
