"""The first definitions of the figures, in the words that are printed beside them."""

from datetime import date

from django.db import migrations

COMPLETED = "Orang yang sampai dengan tanggal itu"
WHERE = "Dihitung menurut tempat tinggal pada tanggal itu. Bukti yang belum diperiksa tidak dihitung."
TEXTS = {
    "p1": f"{COMPLETED} terdaftar: sudah menyetujui ikut program (atau tercatat dalam data lama) dan diketahui"
    f" kecamatannya. {WHERE}",
    "p2": f"{COMPLETED} memegang sertifikat pelatihan yang diakui untuk P2. {WHERE}",
    "p3": f"{COMPLETED} sudah tiga kali dikunjungi pendamping, pada hari yang berbeda dan dibenarkan. {WHERE}",
    "p4": f"{COMPLETED} memegang izin usaha pertama yang sudah diperiksa: IUMK, SKU atau NIB. {WHERE}",
    "p5": f"{COMPLETED} punya toko yang lolos kurasi dan satu penjualan yang dibenarkan; hasil bazar yang diperiksa ikut"
    f" dihitung. {WHERE}",
    "p6": f"{COMPLETED} menutup dan menyerahkan pembukuan tiga bulan. {WHERE}",
    "p7": f"{COMPLETED} menerima pencairan modal pertama dari lembaga keuangan. {WHERE}",
    "loss": "Orang yang menyelesaikan tahap itu dan belum menyelesaikan tahap berikutnya, menurut satu alasan utama per orang;"
    " tanpa alasan yang tercatat masuk “belum diketahui”. Jumlah semua alasan sama dengan seluruh orang yang tertahan.",
    "women": "Perempuan di antara orang yang dihitung.",
    "new_business": "Orang yang belum punya usaha ketika mendaftar.",
    "existing_business": "Orang yang sudah berdagang atau sudah berizin ketika mendaftar.",
    "jobs_claimed": "Orang yang bekerja di usaha anggota yang sudah selesai P4, termasuk pemiliknya: angka terakhir yang"
    " dinyatakan sampai dengan tanggal itu.",
    "jobs_verified": "Bagian dari lapangan kerja yang dinyatakan itu yang sudah dilihat pendamping atau ada dokumennya.",
    "jobs_added": "Lapangan kerja yang dinyatakan dikurangi jumlah pekerja ketika anggota yang sama mendaftar.",
    "lit": "Kecamatan yang menyala punya paling sedikit satu anggota (P1) saat ini.",
}


def load(apps, schema_editor):
    definition = apps.get_model("pipeline", "Definition")
    definition.objects.bulk_create(
        definition(code=code, version=1, from_on=date(2018, 1, 1), text=text) for code, text in TEXTS.items()
    )


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0004_author_required")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
