import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    """Lists and prefix searches come in order of name: each width of scope gets an index in just that order."""

    dependencies = [("members", "0001_initial")]

    operations = [
        *(
            migrations.RemoveIndex(model_name="member", name=name)
            for name in (
                "members_member_name", "members_member_area_name", "members_member_group", "members_member_region",
            )
        ),
        migrations.AddIndex(
            model_name="member", index=models.Index(fields=["name_key", "id"], name="members_member_name")
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                django.db.models.functions.text.Left("region", 2), models.F("name_key"), models.F("id"),
                name="members_member_province_name",
            ),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                django.db.models.functions.text.Left("region", 5), models.F("name_key"), models.F("id"),
                name="members_member_regency_name",
            ),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["region", "name_key", "id"], name="members_member_district_name"),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                fields=["group_id", "name_key", "id"], condition=models.Q(group_id__isnull=False),
                name="members_member_group_name",
            ),
        ),
    ]
