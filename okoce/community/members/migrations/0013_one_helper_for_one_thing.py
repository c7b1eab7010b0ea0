"""The same account helps a member with one thing once at a time, and no period is upside down."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("members", "0012_one_candidate_a_pair")]
    operations = [
        migrations.AddConstraint(
            "helper",
            models.UniqueConstraint(
                fields=["member", "user_id", "purpose"],
                condition=Q(until_on__isnull=True, user_id__isnull=False),
                name="members_helper_once",
            ),
        ),
        migrations.AddConstraint(
            "helper",
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="members_helper_period"
            ),
        ),
        migrations.AddConstraint(
            "helper",
            models.CheckConstraint(
                condition=Q(purpose__in=["mentoring", "training", "financing"]), name="members_helper_purpose"
            ),
        ),
    ]
