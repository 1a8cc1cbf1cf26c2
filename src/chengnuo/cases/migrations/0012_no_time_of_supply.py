from django.db import migrations


class Migration(migrations.Migration):
    """Nobody read it; the story says when the family answered."""

    dependencies = [("cases", "0011_in_hand_by_status")]

    operations = [migrations.RemoveField("case", "supplied_at")]
