from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """What was recalled or taken down says when."""

    dependencies = [("notices", "0001_notices")]

    operations = [
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=~Q(status="recalled") | Q(recalled_at__isnull=False), name="recalled_notice_has_its_instant"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=~Q(status="taken_down") | Q(taken_down_at__isnull=False),
                name="taken_down_notice_has_its_instant",
            ),
        ),
    ]
