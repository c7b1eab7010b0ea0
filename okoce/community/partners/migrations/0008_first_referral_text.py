"""The first words that a member hears before she is referred, and whoever writes referrals must be named."""

from datetime import date

from django.db import migrations

SINCE = date(2018, 1, 1)
TEXT = (
    "Saya setuju nama, kecamatan, nomor HP, dan kebutuhan saya dibagikan kepada {to}, hanya supaya saya dilayani untuk"
    " kebutuhan itu. Nomor HP saya baru terlihat sesudah rujukan diterima. Persetujuan ini boleh saya tarik kapan saja;"
    " sesudah itu data saya tidak terlihat lagi di sana."
)
TEXT_EN = (
    "I agree that my name, kecamatan, telephone number and what I need are shared with {to}, so that I am served for that"
    " need alone. My number is seen only once the referral is accepted. I may withdraw this consent at any time; from then"
    " on my data are not seen there any more."
)


def load(apps, schema_editor):
    text = apps.get_model("partners", "ReferralText")
    text.objects.create(version="1", from_on=SINCE, adult_age=18, text=TEXT, text_en=TEXT_EN)


class Migration(migrations.Migration):
    dependencies = [("partners", "0007_referrals"), ("events", "0002_append_only")]
    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunSQL(
            "CREATE TRIGGER partners_referral_author BEFORE INSERT OR UPDATE OR DELETE ON partners_referral"
            " FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();",
            "DROP TRIGGER partners_referral_author ON partners_referral;",
        ),
    ]
