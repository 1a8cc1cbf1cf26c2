from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_law_of_a_refusal_sealed")]

    operations = [
        migrations.RemoveConstraint("rating", "one_tally_a_rating"),
        migrations.AddField("rating", "at_own_counter", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "rating",
            models.UniqueConstraint(fields=["office", "year", "at_own_counter", "stars"], name="one_tally_a_rating"),
        ),
    ]
