"""The columns of the members file and the usual spellings of their headers, as letters and digits only."""

from itertools import product

_COLUMNS_TEXT = (
    "nama telepon nik provinsi kabupaten kecamatan kelurahan kode_wilayah jenis_kelamin tanggal_lahir "
    "tanggal_daftar nama_usaha bidang_usaha mulai_usaha jumlah_pekerja omzet_bulanan komunitas "
    "p2_tanggal p3_tanggal p4_tanggal p5_tanggal p6_tanggal p7_tanggal p4_jenis p4_nomor "
    "pekerja_saat_izin status_kerja persetujuan_tanggal nib npwp email alamat sumber"
)
COLUMNS = _COLUMNS_TEXT.split()

# Headings that plainly name a column of days when days stand below them, and say "ya" or "sudah" in other files.
BARE = {
    **{f"p{stage}": f"p{stage}_tanggal" for stage in range(2, 8)},
    "p1": "tanggal_daftar",
    "persetujuan": "persetujuan_tanggal",
    "setuju": "persetujuan_tanggal",
    "consent": "persetujuan_tanggal",
}

# Written by us into a rejects file, and not read back.
REJECT_COLUMNS = ("baris", "kolom", "alasan", "usulan")
# Likewise, of rows that were taken.
WARNING_COLUMNS = ("baris", "kolom", "peringatan", "usulan")

_OTHER = {
    "nama": (
        "nama_lengkap nama_anggota nama_peserta nama_pendaftar nama_pemilik nama_pelaku_usaha "
        "nama_wirausaha nama_sesuai_ktp nama_lengkap_sesuai_ktp nama_ktp name full_name "
        "nama_pemilik_usaha"
    ),
    "nik": (
        "no_nik nomor_nik nik_ktp no_ktp nomor_ktp noktp ktp no_induk_kependudukan "
        "nomor_induk_kependudukan no_ktp_nik nik_no_ktp nomor_nik_ktp no_nik_ktp"
    ),
    "provinsi": "propinsi prov nama_provinsi province provinsi_domisili provinsi_ktp",
    "kabupaten": (
        "kab kota kab_kota kabupaten_kota kota_kabupaten kota_kab kabkot kotakab nama_kabupaten "
        "nama_kabupaten_kota kota_administrasi kabupaten_kota_administrasi kota_adm wilayah_kota "
        "kab_kota_domisili kota_domisili regency city kabupaten_atau_kota kodya kotamadya "
        "wilayah_kabupaten_kota"
    ),
    "kecamatan": (
        "kec nama_kecamatan kecamatan_domisili district kecamatan_tempat_tinggal wilayah_kecamatan distrik"
    ),
    "kelurahan": (
        "kel desa kel_desa desa_kel desa_kelurahan kelurahan_desa nama_kelurahan nama_desa "
        "kelurahan_domisili village kel_des nama_kelurahan_desa nama_desa_kelurahan "
        "kelurahan_atau_desa"
    ),
    "kode_wilayah": (
        "kode_kecamatan kode_kec kode_kemendagri kode_daerah kode_desa kode_kelurahan region_code "
        "kode_wil kode_wilayah_kemendagri"
    ),
    "jenis_kelamin": (
        "jk j_k l_p lp p_l kelamin jns_kelamin jenis_kel gender sex jenis_kelamin_l_p jk_l_p jenkel "
        "jns_kel laki_laki_perempuan pria_wanita"
    ),
    "tanggal_lahir": (
        "tgl_lahir tanggallahir tgllahir tgl_lhr tanggal_kelahiran birth_date date_of_birth dob ttl "
        "tempat_tanggal_lahir tempat_tgl_lahir tmpt_tgl_lahir tempat_dan_tanggal_lahir lahir"
    ),
    "tanggal_daftar": (
        "tgl_daftar tanggal_pendaftaran tgl_pendaftaran tanggal_registrasi tgl_registrasi "
        "tanggal_gabung tgl_gabung tanggal_bergabung tgl_bergabung tanggal_masuk tgl_masuk tgl_reg "
        "terdaftar p1_tanggal tanggal_p1 tgl_p1 tanggal_mendaftar tgl_mendaftar"
    ),
    "nama_usaha": "nama_bisnis nama_toko nama_brand nama_ukm nama_umkm nama_usaha_brand nama_unit_usaha",
    "bidang_usaha": (
        "jenis_usaha sektor_usaha sektor kategori_usaha bidang jenis_bisnis jns_usaha bidang_bisnis "
        "klasifikasi_usaha"
    ),
    "mulai_usaha": (
        "tanggal_mulai_usaha tgl_mulai_usaha usaha_sejak tahun_berdiri tahun_mulai_usaha tgl_berdiri "
        "tanggal_berdiri mulai_berusaha berdiri_sejak usaha_mulai tahun_usaha tahun_berdiri_usaha"
    ),
    "jumlah_pekerja": (
        "jml_pekerja jumlah_karyawan jml_karyawan jumlah_tenaga_kerja jml_tenaga_kerja pekerja "
        "karyawan tenaga_kerja jumlah_pegawai jml_pegawai jlh_karyawan jlh_pekerja jumlah_naker "
        "jml_tk"
    ),
    "omzet_bulanan": (
        "omzet omset omset_bulanan omzet_bulan omset_bulan omzet_per_bulan omset_per_bulan "
        "omzet_rata_rata omset_perbulan omzet_perbulan pendapatan_per_bulan omzet_usaha omset_usaha "
        "rata_rata_omzet rata_rata_omset omzet_bln omset_bln omzet_rp omset_rp penghasilan_per_bulan "
        "omzet_sebulan omset_sebulan"
    ),
    "komunitas": (
        "nama_komunitas komunitas_penggerak kode_komunitas kelompok nama_kelompok komunitas_asal "
        "komunitas_okoce nama_komunitas_penggerak"
    ),
    "p4_jenis": (
        "jenis_izin jenis_izin_usaha jenis_perizinan izin_yang_dimiliki jenis_legalitas jenis_p4 "
        "p4_jenis_izin"
    ),
    "p4_nomor": (
        "nomor_izin no_izin nomor_izin_usaha no_izin_usaha no_iumk nomor_iumk nomor_p4 no_p4 p4_no "
        "p4_nomor_izin no_sku"
    ),
    "pekerja_saat_izin": (
        "jumlah_pekerja_saat_izin pekerja_izin tenaga_kerja_saat_izin jml_pekerja_saat_izin "
        "karyawan_saat_izin tenaga_kerja_terserap"
    ),
    "status_kerja": (
        "status_pekerjaan status_bekerja status_kerja_saat_daftar status_kerja_awal "
        "status_pekerjaan_saat_daftar"
    ),
    "persetujuan_tanggal": (
        "tanggal_persetujuan tgl_persetujuan persetujuan_tgl tanggal_setuju tgl_setuju consent_date "
        "tanggal_persetujuan_data tgl_consent"
    ),
    "nib": "no_nib nomor_nib nomor_induk_berusaha",
    "npwp": "no_npwp nomor_npwp nomor_pokok_wajib_pajak",
    "email": "e_mail alamat_email surel alamat_surel email_aktif mail alamat_e_mail email_address",
    "alamat": (
        "alamat_lengkap alamat_rumah alamat_domisili alamat_ktp alamat_tinggal alamat_tempat_tinggal "
        "address alamat_sesuai_ktp alamat_anggota alamat_peserta"
    ),
    "sumber": ("sumber_informasi sumber_info tahu_dari asal_informasi sumber_data info_dari mengetahui_dari"),
}

_PHONE_WORDS_TEXT = (
    "hp wa telp tlp telpon telepon telephone tel handphone hape whatsapp whatsup kontak phone seluler "
    "ponsel hpwa wahp telphp hptelp telephonehp teleponhp hptelepon teleponwa watelepon "
    "teleponwhatsapp hpwhatsapp whatsapphp telpwa watelp telphpwa handphonewa telponhp hptelpon "
    "hpaktif waaktif contact contactperson teleponseluler telpseluler mobile handphonewhatsapp "
    "whatsapphandphone hptlp tlphp tlpwa teleponhpwa hpyangaktif"
)
_PHONE_WORDS = _PHONE_WORDS_TEXT.split()
_PHONE_ENDS = ("", "anggota", "peserta", "aktif")

_STAGE_WORDS = {
    2: "pelatihan",
    3: "pendampingan",
    4: "perizinan izin izinusaha iumk terbitizin",
    5: "pemasaran",
    6: "pembukuan laporankeuangan pelaporankeuangan",
    7: "permodalan pencairan modal",
}


def _letters(spelling: str) -> str:
    return spelling.replace("_", "")


def _all_spellings() -> dict[str, str]:
    table = {_letters(column): column for column in COLUMNS}
    for column, spellings in _OTHER.items():
        table.update({_letters(spelling): column for spelling in spellings.split()})
    for before, word, after in product(("", "no", "nomor", "nomer"), _PHONE_WORDS, _PHONE_ENDS):
        table[before + word + after] = "telepon"
    for stage, words in _STAGE_WORDS.items():
        column = f"p{stage}_tanggal"
        for word in [f"p{stage}", *words.split()]:
            table.update(
                {
                    f"tanggal{word}": column,
                    f"tgl{word}": column,
                    f"{word}tgl": column,
                    f"{word}tanggal": column,
                }
            )
        table.update(
            {
                f"tanggallulusp{stage}": column,
                f"tglselesaip{stage}": column,
                f"tanggalselesaip{stage}": column,
            }
        )
    return table


SPELLINGS = _all_spellings()
