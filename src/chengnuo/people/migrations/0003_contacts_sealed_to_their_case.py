"""Every contact learns whose it is, and its seals are bound to that."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models

from chengnuo.foundation.actor import system
from chengnuo.foundation.sealed import Box, SealedField
from chengnuo.foundation.seals import seal

CHUNK = 500
SEALED = {"name": "people.contact.name", "phone": "people.contact.phone"}


def bind(apps: Apps, _schema_editor: object) -> None:
    contacts, cases = apps.get_model("people", "Contact"), apps.get_model("cases", "Case")
    # a contact that no case points at belongs to nobody, and is nobody's to read
    contacts.objects.exclude(pk__in=cases.objects.values("contact")).delete()
    owners = cases.objects.values_list("contact", "pk")
    for contact, owner in owners.iterator(chunk_size=CHUNK):
        held = contacts.objects.get(pk=contact)
        boxes = {}
        for name, label in SEALED.items():
            text = getattr(held, name).reveal(by=system(), reason="sealed anew")
            boxes[name] = Box(seal(text, label=label, row=f"{contact}/{owner}"))
        contacts.objects.filter(pk=contact).update(owner=owner, **boxes)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_access_tokens"), ("cases", "0001_initial")]

    operations = [
        migrations.AddField("contact", "owner", models.UUIDField(null=True)),
        migrations.RunPython(bind),
        migrations.AlterField("contact", "owner", models.UUIDField()),
        migrations.AlterField("contact", "name", SealedField(label="people.contact.name", owner="owner")),
        migrations.AlterField("contact", "phone", SealedField(blank=True, label="people.contact.phone", owner="owner")),
    ]
