from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0008_resets_and_folders")]

    operations = [migrations.AddField("contact", "no_paper", models.BooleanField(default=False))]
