from django.urls import path

from okoce.dashboards.own.views import (
    card,
    consents,
    contact,
    data,
    home,
    looks,
    passport,
    phone,
    rights,
    verification,
)

urlpatterns = [
    path("saya", home.own_page, name="own_page"),
    path("saya/paspor", passport.own_passport, name="own_passport"),
    path("saya/paspor.pdf", passport.own_passport_pdf, name="own_passport_pdf"),
    path("saya/kartu", card.own_card, name="own_card"),
    path("saya/kartu.pdf", card.own_card_pdf, name="own_card_pdf"),
    path("saya/kartu/buat", card.issue_own_card, name="issue_own_card"),
    path("saya/kartu/ganti", card.replace_own_card, name="replace_own_card"),
    path("saya/data", data.own_data, name="own_data"),
    path("saya/data/riwayat", data.own_history, name="own_history"),
    path("saya/data/dilihat", looks.own_looks, name="own_looks"),
    path("saya/data/unduh", rights.take_own_file, name="take_own_file"),
    path("saya/data/hapus", rights.own_erasure, name="own_erasure"),
    path("saya/data/hapus/batal", rights.withdraw_own_erasure, name="withdraw_own_erasure"),
    path("saya/data/permintaan", rights.own_requests, name="own_requests"),
    path("saya/data/hp", phone.change_own_phone, name="change_own_phone"),
    path("saya/data/hp/kode", phone.confirm_own_phone, name="confirm_own_phone"),
    path("saya/data/surel", contact.change_own_email, name="change_own_email"),
    path("saya/data/izin", consents.own_consents, name="own_consents"),
    path("saya/data/pindah", contact.move_own_home, name="move_own_home"),
    path("saya/data/alamat", contact.correct_own_home, name="correct_own_home"),
    path("verifikasi", verification.verify_form, name="verify_form"),
    path("verifikasi/<str:code>", verification.verify, name="verify"),
]
