from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations


def forget(apps: Apps, _schema: object) -> None:
    """Until now this was the id of a row, which led from an award to a resident. What is right as it is, is looked at once more."""
    apps.get_model("registers", "Finding").objects.update(seen="")


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_register")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
