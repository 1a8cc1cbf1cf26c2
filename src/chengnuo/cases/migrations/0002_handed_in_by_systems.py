import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("people", "0002_access_tokens")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="via",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="people.accesstoken",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="channel",
            field=models.CharField(
                choices=[("web", "Web"), ("counter", "Counter"), ("system", "System")], max_length=10
            ),
        ),
    ]
