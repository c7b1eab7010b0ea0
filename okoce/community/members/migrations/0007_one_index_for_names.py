from django.db import migrations, models


class Migration(migrations.Migration):
    """Names in order and namesakes born on one day are found in one index: every new person was written into two."""

    dependencies = [("members", "0006_home_is_the_members_row")]

    operations = [
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["name_key", "birth_on", "id"], name="members_member_name_birth"),
        ),
        migrations.RemoveIndex(model_name="member", name="members_member_name"),
        migrations.RemoveIndex(model_name="member", name="members_member_birth"),
    ]
