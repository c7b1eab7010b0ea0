"""What figures, consents, notices and numbers of the law mean is read in public and judged by later: no version of it is changed
in place or deleted, and whoever writes words is named. Here, behind everybody who brings first rows of these tables.
"""

from django.db import migrations

# Words that somebody reads, agrees to or is judged by. The columns are those that may change: the day on which a version ends.
WORDS = {
    "groups_checklistitem": ("until_on",),
    "members_purpose": ("until_on",),
    "partners_contacttext": (),
    "partners_partneritem": ("until_on",),
    "partners_referraltext": (),
    "pipeline_definition": (),
    "privacy_noticetext": (),
}
# Numbers that a law, a decision or the movement set from a day on.
NUMBERS = {
    "accounts_emergencyterm": (),
    "association_associationterm": (),
    "dashboards_exportlimit": (),
    "groups_groupterm": (),
    "notifications_messageterm": (),
    "organisations_applicationterm": (),
    "partners_noticeterm": ("until_on",),
    "pipeline_mergeterm": (),
    "pipeline_stageterm": ("until_on",),
    "privacy_privacyterm": (),
    "registration_registrationterm": (),
    "tickets_ticketterm": (),
}
# Whose words stay already, or whose author is asked for already.
ONLY_AUTHORED = ("members_consenttext",)
ONLY_KEPT = {"notifications_wording": ()}


def authored(table):
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_author BEFORE INSERT OR UPDATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();",
        f"DROP TRIGGER {table}_author ON {table};",
    )


def kept(table, changing):
    columns = ", ".join(f"'{column}'" for column in changing)
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_version BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION okoce_keep_version({columns});",
        f"DROP TRIGGER {table}_version ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_codes_for_partners"),
        ("association", "0005_taken_back_before_they_begin"),
        ("dashboards", "0008_deliveries_by_evidence"),
        ("events", "0006_versions_stay"),
        ("groups", "0010_one_officer_at_a_time"),
        ("members", "0018_consent_days_of_what_stands"),
        ("notifications", "0014_week_most"),
        ("organisations", "0002_first_terms"),
        ("partners", "0012_answers"),
        ("pipeline", "0032_asked_and_not_known"),
        ("privacy", "0011_looks_at_photos"),
        ("registration", "0006_import_warnings"),
        ("tickets", "0007_first_photo_terms"),
    ]
    operations = [
        *(authored(table) for table in (*WORDS, *ONLY_AUTHORED)),
        *(kept(table, changing) for table, changing in (WORDS | NUMBERS | ONLY_KEPT).items()),
    ]
