from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Drill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("worked", models.BooleanField()),
                ("said", models.CharField(blank=True, max_length=500)),
                ("archive", models.CharField(blank=True, max_length=100)),
                ("size", models.BigIntegerField(default=0)),
                ("rows", models.BigIntegerField(default=0)),
                ("files", models.IntegerField(default=0)),
                ("backed_up_in", models.DurationField(null=True)),
                ("put_back_in", models.DurationField(null=True)),
            ],
            options={"indexes": [models.Index(fields=["-at"], name="drills_by_time")]},
        ),
    ]
