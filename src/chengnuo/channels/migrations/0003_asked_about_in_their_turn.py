from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0002_delivered_messages"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="message",
            name="messages_on_their_way",
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("delivered_at", None), ("failed_at", None), ("sent_at__isnull", False)),
                fields=["next_at", "id"],
                name="messages_to_ask_about",
            ),
        ),
    ]
