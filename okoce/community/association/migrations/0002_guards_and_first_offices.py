"""Nothing of it is deleted or written without an author; the offices as they are first known, and the first terms."""

from datetime import date

from django.db import migrations

TABLES = ("branch", "tenure", "support")
GUARDED = """
CREATE FUNCTION association_never_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'okoce: branches, terms of office and what was done are never deleted'
    USING ERRCODE = 'restrict_violation', HINT = 'Close, end or strike it instead.';
END $$;
""" + "".join(
    f"""
CREATE TRIGGER association_{table}_never_deleted BEFORE DELETE ON association_{table}
  FOR EACH ROW EXECUTE FUNCTION association_never_deleted();
CREATE TRIGGER association_{table}_author BEFORE INSERT OR UPDATE ON association_{table}
  FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();
"""
    for table in TABLES
)
DROPPED = "".join(
    f"DROP TRIGGER association_{table}_author ON association_{table};"
    f" DROP TRIGGER association_{table}_never_deleted ON association_{table};"
    for table in TABLES
) + " DROP FUNCTION association_never_deleted();"

SINCE = date(2018, 1, 1)
# code, Indonesian, English, organ, one at a time, at the centre, the grant that it usually needs
POSITIONS = (
    ("pembina", "Pembina", "Patron", "board", False, True, ""),
    ("pengawas", "Pengawas", "Supervisor", "board", False, True, ""),
    ("ketua_umum", "Ketua umum", "General chair", "board", True, True, ""),
    ("anggota_dewan", "Anggota dewan", "Member of the board", "board", False, True, ""),
    ("sekretaris_jenderal", "Sekretaris jenderal", "Secretary general", "secretariat", True, True, "sekretariat"),
    ("bendahara_umum", "Bendahara umum", "General treasurer", "secretariat", True, True, ""),
    ("staf_sekretariat", "Staf sekretariat", "Staff of the secretariat", "secretariat", False, True, "sekretariat"),
    ("direktur_diklat", "Direktur diklat", "Director of training", "directorate", True, True, "direktorat_diklat"),
    ("direktur_kerja_sama", "Direktur kerja sama", "Director of co-operation", "directorate", True, True, ""),
    ("direktur_data", "Direktur data dan riset", "Director of data and research", "directorate", True, True, ""),
    ("ketua_cabang", "Ketua cabang", "Chair of the branch", "board", True, False, "pengurus_cabang"),
    ("sekretaris_cabang", "Sekretaris cabang", "Secretary of the branch", "secretariat", True, False, "pengurus_cabang"),
    ("bendahara_cabang", "Bendahara cabang", "Treasurer of the branch", "secretariat", True, False, ""),
    ("anggota_cabang", "Anggota pengurus cabang", "Member of the branch's board", "board", False, False, ""),
)
TERMS = (
    ("unvisited_days", 90, "Keputusan sekretariat: tiap komunitas ditengok sekali dalam tiga bulan"),
    ("ending_days", 60, "Keputusan sekretariat: pengganti dicari dua bulan sebelum masa jabatan habis"),
)


def load(apps, schema_editor):
    position = apps.get_model("association", "Position")
    names = ("code", "name", "name_en", "organ", "is_single", "is_central", "role")
    position.objects.bulk_create(
        position(**dict(zip(names, told, strict=True)), place=place, from_on=SINCE)
        for place, told in enumerate(POSITIONS, start=1)
    )
    term = apps.get_model("association", "AssociationTerm")
    term.objects.bulk_create(
        term(code=code, value=value, from_on=SINCE, source=source) for code, value, source in TERMS
    )


class Migration(migrations.Migration):
    dependencies = [("association", "0001_the_association")]
    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunSQL(GUARDED, DROPPED),
    ]
