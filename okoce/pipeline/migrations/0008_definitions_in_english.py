"""The definitions in English. Like the Indonesian words they are dated data: a version is one statement in both languages."""

from django.db import migrations, models
from django.db.models import F

COMPLETED = "People who by that day"
WHERE = "Counted by where they lived on that day. Evidence that has not been checked does not count."
TEXTS = {
    "p1": f"{COMPLETED} were registered: they have agreed to take part (or stand in old records) and their kecamatan is"
    f" known. {WHERE}",
    "p2": f"{COMPLETED} held a certificate of a training that counts for P2. {WHERE}",
    "p3": f"{COMPLETED} had been visited by a mentor three times, on different days, each visit confirmed. {WHERE}",
    "p4": f"{COMPLETED} held their first business licence that has been checked: IUMK, SKU or NIB. {WHERE}",
    "p5": f"{COMPLETED} had a shop that passed curation and one confirmed sale; the verified takings of a bazaar count"
    f" too. {WHERE}",
    "p6": f"{COMPLETED} had closed and filed their books for three months. {WHERE}",
    "p7": f"{COMPLETED} had received a first disbursement from a financial institution. {WHERE}",
    "loss": "People who completed the stage and have not completed the next one, by one main reason per person; without a"
    " recorded reason they stand under “not known yet”. All reasons add up to everybody who is held up.",
    "women": "Women among the people counted.",
    "new_business": "People who had no business when they registered.",
    "existing_business": "People who were already trading or licensed when they registered.",
    "jobs_claimed": "People who work in the businesses of members who have completed P4, the owners included: the latest"
    " number stated by that day.",
    "jobs_verified": "The part of the stated jobs that a mentor has seen or a document shows.",
    "jobs_added": "Stated jobs less the number of workers when the same members registered.",
    "lit": "A lit kecamatan has at least one member (P1) now.",
}


def load(apps, schema_editor):
    definition = apps.get_model("pipeline", "Definition")
    definition.objects.update(text_en=F("text"))  # what an installation has added says itself until it is translated
    for code, text in TEXTS.items():
        definition.objects.filter(code=code, version=1).update(text_en=text)


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0007_waiting_and_open")]
    operations = [
        migrations.AddField("definition", "text_en", models.TextField(default=""), preserve_default=False),
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.AddConstraint(
            "definition",
            models.CheckConstraint(
                condition=models.Q(text__gt="", text_en__gt=""), name="pipeline_definition_in_both_languages"
            ),
        ),
    ]
