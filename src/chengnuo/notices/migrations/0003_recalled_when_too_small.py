from django.db import migrations, models


class Migration(migrations.Migration):
    """A notice that lost lines while it ran, and became too small, is recalled by itself."""

    dependencies = [("notices", "0002_ends_with_its_instant")]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="recall_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("mistake", "Mistake"),
                    ("lead", "Lead"),
                    ("other", "Other"),
                    ("restored", "Restored"),
                    ("small", "Small"),
                ],
                max_length=10,
            ),
        ),
    ]
