from django.apps.registry import Apps
from django.db import migrations


def by_villages(apps: Apps, _schema_editor: object) -> None:
    """Until now every procedure was listed at every office, whatever its level said."""
    boards = apps.get_model("promises", "Promise").objects.filter(key__in=["board-sheet", "board-sheet-down"])
    boards.update(level="village")


class Migration(migrations.Migration):
    dependencies = [
        ("promises", "0006_what_was_freed"),
    ]

    operations = [migrations.RunPython(by_villages)]
