from django.db import migrations, models


class Migration(migrations.Migration):
    """The same ground may be named again: a first worthless objection shields no claim, and the page tells nobody that there is one."""

    dependencies = [("benefits", "0002_objections_and_bulks")]

    operations = [
        migrations.RemoveConstraint(model_name="objection", name="one_objection_a_claim_and_ground"),
        migrations.AddIndex(
            model_name="objection", index=models.Index(fields=["claim", "ground"], name="objections_by_claim")
        ),
    ]
