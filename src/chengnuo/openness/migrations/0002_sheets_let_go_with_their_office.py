from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("openness", "0001_board_sheets")]

    operations = [
        migrations.RemoveConstraint("boardsheet", "board_sheet_has_its_instants"),
        migrations.AddConstraint(
            "boardsheet",
            models.CheckConstraint(
                condition=Q(status__in=["owed", "missed"], put_up_at=None, taken_down_at=None)
                | Q(status__in=["up", "over"], put_up_at__isnull=False, taken_down_at=None)
                | Q(status="taken_down", put_up_at__isnull=False, taken_down_at__isnull=False)
                | Q(status="let_go", taken_down_at=None),
                name="board_sheet_has_its_instants",
            ),
        ),
    ]
