import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import chengnuo.foundation.ids


class Migration(migrations.Migration):
    dependencies = [("people", "0003_contacts_sealed_to_their_case")]

    operations = [
        migrations.CreateModel(
            name="SignIn",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=chengnuo.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("worked", models.BooleanField()),
                ("device", models.CharField(blank=True, max_length=20)),
                ("address", models.CharField(blank=True, max_length=20)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["account", "-at"], name="sign_ins_by_account")]},
        ),
    ]
