from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="loghead",
            name="next",
            field=models.CharField(blank=True, default="", max_length=73),
        ),
    ]
