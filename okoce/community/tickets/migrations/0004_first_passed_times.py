"""Two kecamatan that hand a ticket to each other: how often, until it goes up by itself."""

from datetime import date

from django.db import migrations


def load(apps, schema_editor):
    apps.get_model("tickets", "TicketTerm").objects.create(
        code="passed_times", value=2, from_on=date(2018, 1, 1),
        source="Keputusan sekretariat: sekali diteruskan dan sekali dikembalikan; sesudah itu yang di atas memutuskan",
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("tickets", "0003_passed_to_and_fro")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
