from django.db import migrations

from okoce.foundation.shared.periods import undated_may_have_company, undated_stands_alone

TABLE = "members_residence"


class Migration(migrations.Migration):
    """A period without days beside another one is refused by the database too."""

    dependencies = [("members", "0003_never_deleted")]
    operations = [migrations.RunSQL(undated_stands_alone(TABLE), undated_may_have_company(TABLE))]
