"""An account that its holder had erased, and in which she served, has no way to her any more."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_codes_for_partners")]
    operations = [
        migrations.AddField("user", "erased_since", models.DateTimeField(blank=True, null=True)),
        migrations.RemoveConstraint("user", "accounts_user_reachable"),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=Q(erased_since__isnull=True) & (Q(phone__isnull=False) | Q(email__isnull=False))
                | Q(erased_since__isnull=False, phone__isnull=True, email__isnull=True, is_active=False),
                name="accounts_user_reachable",
            ),
        ),
    ]
