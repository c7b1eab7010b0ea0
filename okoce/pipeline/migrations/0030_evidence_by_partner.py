import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0017_first_purposes"),
        ("partners", "0011_first_contact_text"),
        ("pipeline", "0029_halves_folded_side_by_side"),
    ]

    operations = [
        migrations.AddField(
            model_name="evidence",
            name="partner",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="partners.partner",
            ),
        ),
    ]
