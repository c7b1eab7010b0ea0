from django.urls import path

from okoce.stages.p1_registration.applications.views import beginning, blocks, ending, guardian

urlpatterns = [
    path("daftar", beginning.register, name="register"),
    path("daftar/kode", beginning.register_code, name="register_code"),
    path("daftar/lanjut", beginning.register_choice, name="register_choice"),
    path("daftar/baru", beginning.register_anew, name="register_anew"),
    path("daftar/keluarga", beginning.register_family, name="register_family"),
    path("daftar/diri", blocks.register_person, name="register_person"),
    path("daftar/tempat", blocks.register_place, name="register_place"),
    path("daftar/usaha", blocks.register_work, name="register_work"),
    path("daftar/komunitas", blocks.register_group, name="register_group"),
    path("daftar/persetujuan", ending.register_consent, name="register_consent"),
    path("daftar/wali", guardian.register_guardian, name="register_guardian"),
    path("daftar/selesai", ending.register_done, name="register_done"),
    path("daftar/belum-selesai", ending.unfinished_registrations, name="unfinished_registrations"),
]
