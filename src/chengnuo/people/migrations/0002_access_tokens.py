import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import chengnuo.foundation.ids


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="AccessToken",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=chengnuo.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("scopes", models.JSONField(default=list)),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("ending", models.CharField(max_length=4)),
                ("issued_at", models.DateTimeField()),
                ("ends", models.DateField()),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tokens", to="people.office"
                    ),
                ),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=~models.Q(name=""), name="token_has_a_name")],
            },
        ),
    ]
