from django.db import migrations

from okoce.foundation.shared.periods import undated_may_have_company, undated_stands_alone

TABLE = "groups_membership"


class Migration(migrations.Migration):
    """A period without days beside another one is refused by the database too."""

    dependencies = [("groups", "0002_people_held_by_restating")]
    operations = [migrations.RunSQL(undated_stands_alone(TABLE), undated_may_have_company(TABLE))]
