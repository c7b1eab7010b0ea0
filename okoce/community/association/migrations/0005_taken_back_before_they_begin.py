"""A version of an office that has not begun can be taken back: it ends on its first day, says why, and leaves its day free."""

from django.db import migrations, models

TAKEN_BACK = models.Q(("until_on", models.F("from_on")))


class Migration(migrations.Migration):
    dependencies = [("association", "0004_offices_by_author")]
    operations = [
        migrations.RemoveConstraint(model_name="position", name="association_position_since"),
        migrations.RemoveConstraint(model_name="position", name="association_position_period"),
        migrations.AddField(
            model_name="position", name="back_reason", field=models.TextField(blank=True, db_default="", default="")
        ),
        migrations.AddField(
            model_name="position", name="cuts_short", field=models.BooleanField(db_default=True, default=True)
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.UniqueConstraint(
                condition=~TAKEN_BACK, fields=("code", "from_on"), name="association_position_since"
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True))
                | models.Q(("until_on__gte", models.F("from_on"))),
                name="association_position_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=(~TAKEN_BACK & models.Q(("back_reason", "")))
                | (TAKEN_BACK & ~models.Q(("back_reason", ""))),
                name="association_position_taken_back",
            ),
        ),
    ]
