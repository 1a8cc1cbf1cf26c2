"""What chapters tell is sealed with the case it is told of; the one list and the law of a refusal stand in no column in clear."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations, models

from chengnuo.foundation.actor import system
from chengnuo.foundation.sealed import Box, SealedField
from chengnuo.foundation.seals import seal

CHUNK = 500
OLD = "listed"


def tell_anew(apps: Apps, _schema_editor: object) -> None:
    chapters = apps.get_model("cases", "Chapter")
    for chapter in chapters.objects.iterator(chunk_size=CHUNK):
        words = chapter.words.reveal(by=system(), reason="sealed anew")
        facts = dict(chapter.facts)
        items = [f"· {item}" for item in facts.pop("missing", [])]
        told = "\n".join(filter(None, [*items, words, facts.pop("law", "")]))
        box = Box(seal(told, label="cases.chapter.words", row=f"{chapter.pk}/{chapter.case_id}"))
        chapters.objects.filter(pk=chapter.pk).update(words=box, facts=facts)


def seal_lists(apps: Apps, _schema_editor: object) -> None:
    cases = apps.get_model("cases", "Case")
    for case in cases.objects.exclude(asked_at=None).iterator(chunk_size=CHUNK):
        items = getattr(case, OLD)
        if items:
            case.missing = "\n".join(" ".join(item.split()) for item in items)
            case.save(update_fields=["missing"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_handed_in_by_systems")]

    operations = [
        migrations.RunPython(tell_anew),
        migrations.AlterField(
            "chapter", "words", SealedField(blank=True, label="cases.chapter.words", owner="case_id")
        ),
        migrations.RenameField("case", "missing", OLD),
        migrations.AddField("case", "missing", SealedField(label="cases.case.missing", null=True)),
        migrations.RunPython(seal_lists),
        migrations.RemoveField("case", OLD),
        migrations.AddField("case", "is_anonymous", models.BooleanField(default=False)),
    ]
