"""The register of purposes, their words, and consents held to it.

Consents keep their rows: what they were given for are codes of this register, and a statement that names another is refused.
"""

from datetime import date

from django.db import migrations

FIRST_DAY, SINCE = date(2018, 1, 1), date(2026, 11, 22)
LAW = "UU 27/2022 pasal 20"
SPECIFIC = "UU 27/2022 pasal 4 dan 20"
# code, name, English name, data, English data, basis, recipient, specific, below age, from, source
PURPOSES = [
    (
        "programme", "Mengikuti program", "Taking part in the programme",
        "nama, kontak, alamat, NIK, usaha, dan langkah di tujuh tahap",
        "name, contact, address, NIK, business and steps in the seven stages",
        "consent", "", False, None, FIRST_DAY, LAW,
    ),
    (
        "statistics", "Statistik gerakan", "Statistics of the movement",
        "jenis kelamin, kecamatan, komunitas, dan tanggal tahap; tanpa nama",
        "sex, kecamatan, komunitas and days of stages; without a name",
        "interest", "", False, None, FIRST_DAY, "UU 27/2022 pasal 20 ayat 2 huruf f",
    ),
    (
        "contact", "Dihubungi lewat WhatsApp", "Contact by WhatsApp", "nama dan nomor HP", "name and telephone number",
        "consent", "", False, None, FIRST_DAY, LAW,
    ),
    (
        "shop", "Nama usaha tampil di daftar belanja", "Publication of the shop", "nama usaha, bidang, dan kecamatan",
        "name and line of the business, and kecamatan",
        "consent", "", False, None, FIRST_DAY, LAW,
    ),
    (
        "share_bank", "Data untuk satu bank", "Sharing with a named bank",
        "nama, kontak, alamat, usaha, dan tahap; tanpa data keuangan",
        "name, contact, address, business and stages; without financial data",
        "consent", "bank", False, None, SINCE, LAW,
    ),
    (
        "share_office", "Data untuk satu kantor pemerintah", "Sharing with a named office",
        "nama, kontak, alamat, usaha, dan tahap; tanpa data keuangan",
        "name, contact, address, business and stages; without financial data",
        "consent", "office", False, None, SINCE, LAW,
    ),
    (
        "finances_mentor", "Data keuangan dilihat pendamping", "Financial data seen by the mentor",
        "omzet dan NPWP", "turnover and NPWP", "consent", "", True, None, SINCE, SPECIFIC,
    ),
    (
        "finances_bank", "Data keuangan dilihat satu bank", "Financial data seen by a named bank",
        "omzet dan NPWP", "turnover and NPWP", "consent", "bank", True, None, SINCE, SPECIFIC,
    ),
    (
        "child", "Data anak dilihat pendamping", "A child's data seen by a mentor",
        "semua data anggota yang belum dewasa", "all data of a member who is under age",
        "consent", "", True, 18, SINCE, "UU 27/2022 pasal 4 dan 25",
    ),
]  # fmt: skip
# purpose, text, detail, English text, English detail: of the version in force
TEXTS = [
    (
        "statistics", "Saya ikut dihitung, tanpa nama", "angka gerakan dibuat dari hitungan orang, bukan dari nama",
        "I am counted, without my name", "the figures of the movement are made from counts of people, not from names",
    ),
    (
        "share_bank", "Bank yang saya pilih boleh melihat nama, nomor HP, tempat tinggal, usaha, dan tahap saya",
        "tanpa omzet dan NPWP; berhenti begitu saya menariknya",
        "The bank that I choose may see my name, telephone number, place of residence, business and stages",
        "without turnover and NPWP; it ends as soon as I take it back",
    ),
    (
        "share_office", "Kantor yang saya pilih boleh melihat nama, nomor HP, tempat tinggal, usaha, dan tahap saya",
        "tanpa omzet dan NPWP; berhenti begitu saya menariknya",
        "The office that I choose may see my name, telephone number, place of residence, business and stages",
        "without turnover and NPWP; it ends as soon as I take it back",
    ),
    (
        "finances_mentor", "Pendamping saya boleh melihat omzet dan NPWP saya", "data keuangan; tanpa izin ini disembunyikan",
        "My mentor may see my turnover and my NPWP", "financial data; hidden without this consent",
    ),
    (
        "finances_bank", "Bank yang saya pilih boleh melihat omzet dan NPWP saya",
        "data keuangan; tanpa izin ini disembunyikan dari bank itu",
        "The bank that I choose may see my turnover and my NPWP",
        "financial data; hidden from that bank without this consent",
    ),
    (
        "child", "Pendamping boleh melihat data anak yang saya wakili", "diberikan orang tua atau wali, di kantor kecamatan",
        "A mentor may see the data of the child for whom I answer", "given by a parent or guardian, in the office",
    ),
]  # fmt: skip

KNOWN = """
CREATE FUNCTION members_require_purpose() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  strange text := (SELECT min(c.purpose) FROM changed c
    WHERE NOT EXISTS (SELECT FROM members_purpose p WHERE p.code = c.purpose));
BEGIN
  IF strange IS NOT NULL THEN
    RAISE EXCEPTION 'okoce: % is no purpose of the register', strange USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER members_purpose_insert AFTER INSERT ON members_consent REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION members_require_purpose();
CREATE TRIGGER members_purpose_update AFTER UPDATE ON members_consent REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION members_require_purpose();
CREATE FUNCTION members_purposes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a purpose that people agreed to is ended by a day, never deleted';
END $$;
CREATE TRIGGER members_purpose_stays BEFORE DELETE ON members_purpose
  FOR EACH STATEMENT EXECUTE FUNCTION members_purposes_stay();
"""


def load(apps, schema_editor):
    purpose, text, consent = (apps.get_model("members", name) for name in ("Purpose", "ConsentText", "Consent"))
    purpose.objects.bulk_create(
        purpose(
            code=code, place=place, name=name, name_en=english, data=data, data_en=data_en, basis=basis, recipient=recipient,
            is_specific=is_specific, below_age=below, from_on=day, source=source,
        )
        for place, (code, name, english, data, data_en, basis, recipient, is_specific, below, day, source) in enumerate(
            PURPOSES, start=1
        )
    )  # fmt: skip
    text.objects.bulk_create(
        text(version="2", from_on=SINCE, purpose=code, text=told, detail=more, text_en=english, detail_en=more_en)
        for code, told, more, english, more_en in TEXTS
    )
    strange = consent.objects.exclude(purpose__in=[one[0] for one in PURPOSES]).order_by().values_list("purpose").distinct()
    if list(strange):
        raise RuntimeError(f"consents for purposes that the register does not have: {list(strange)}")


class Migration(migrations.Migration):
    dependencies = [("members", "0016_purposes")]
    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunSQL(
            KNOWN,
            "DROP FUNCTION members_require_purpose() CASCADE; DROP FUNCTION members_purposes_stay() CASCADE;",
        ),
    ]
