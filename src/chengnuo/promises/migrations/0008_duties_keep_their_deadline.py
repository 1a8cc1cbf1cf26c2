from django.apps.registry import Apps
from django.db import migrations, models


def copy(apps: Apps, _editor: object) -> None:
    """Each duty runs under the rule of its promise's version, which does not change."""
    duty, version = apps.get_model("promises", "Duty"), apps.get_model("promises", "PromiseVersion")
    rule = version.objects.filter(pk=models.OuterRef("promise")).values("deadline")
    duty.objects.update(deadline=models.Subquery(rule))


class Migration(migrations.Migration):
    dependencies = [("promises", "0007_procedures_of_villages")]

    operations = [
        migrations.AddField("duty", "deadline", models.CharField(default="", max_length=40), preserve_default=False),
        migrations.RunPython(copy, migrations.RunPython.noop, elidable=True),
    ]
