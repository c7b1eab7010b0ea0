from django.urls import path

from okoce.dashboards.data_office.views import (
    account_erasures,
    breach_accounts,
    breaches,
    consents,
    exports,
    registers,
    requests,
    restrictions,
)

urlpatterns = [
    path("data-pribadi/unduhan", exports.files_taken_list, name="files_taken_list"),
    path("data-pribadi/unduhan/<int:export_id>", exports.file_taken_detail, name="file_taken_detail"),
    path("data-pribadi/penyimpanan", registers.retention_rules, name="retention_rules"),
    path("data-pribadi/pemrosesan", registers.processing_record, name="processing_record"),
    path("data-pribadi/pemrosesan.csv", registers.processing_file, name="processing_file"),
    path("data-pribadi/kebocoran", breaches.breach_list, name="breach_list"),
    path("data-pribadi/kebocoran/baru", breaches.note_breach, name="note_breach"),
    path("data-pribadi/kebocoran/<int:breach_id>", breaches.breach_detail, name="breach_detail"),
    path("data-pribadi/kebocoran/<int:breach_id>/ubah", breaches.amend_breach, name="amend_breach"),
    path("data-pribadi/kebocoran/<int:breach_id>/orang", breaches.name_affected, name="name_affected"),
    path(
        "data-pribadi/kebocoran/<int:breach_id>/akun",
        breach_accounts.name_affected_accounts,
        name="name_affected_accounts",
    ),
    path("data-pribadi/kebocoran/<int:breach_id>/beri-tahu", breaches.tell_of_breach, name="tell_of_breach"),
    path(
        "data-pribadi/kebocoran/<int:breach_id>/tidak-sampai",
        breaches.breach_unreached,
        name="breach_unreached",
    ),
    path("data-pribadi/kebocoran/<int:breach_id>/selesai", breaches.close_breach, name="close_breach"),
    path("data-pribadi", requests.data_request_list, name="data_request_list"),
    path("data-pribadi/permintaan/catat", requests.note_account_request, name="note_account_request"),
    path("data-pribadi/dijawab", requests.answered_requests, name="answered_requests"),
    path(
        "data-pribadi/permintaan/<int:request_id>", requests.data_request_detail, name="data_request_detail"
    ),
    path("data-pribadi/permintaan/<int:request_id>/ambil", requests.take_request, name="take_request"),
    path(
        "data-pribadi/permintaan/<int:request_id>/betulkan", requests.correct_account, name="correct_account"
    ),
    path(
        "data-pribadi/permintaan/<int:request_id>/hapus-akun",
        account_erasures.ask_account_erasure,
        name="ask_account_erasure",
    ),
    path(
        "data-pribadi/permintaan/<int:request_id>/hapus-akun/batal",
        account_erasures.withdraw_account_erasure,
        name="withdraw_account_erasure",
    ),
    path("permintaan-data", requests.former_request_list, name="former_request_list"),
    path("permintaan-data/<int:request_id>", requests.former_request, name="former_request"),
    path("anggota/<str:number>/permintaan", requests.note_request, name="note_request"),
    path("anggota/<str:number>/batasi", restrictions.restrict_member, name="restrict_member"),
    path("anggota/<str:number>/batasi/cabut", restrictions.lift_restriction, name="lift_restriction"),
    path("anggota/<str:number>/izin", consents.member_consents, name="member_consents"),
    path(
        "anggota/<str:number>/izin/<int:consent_id>/tarik", consents.withdraw_consent, name="withdraw_consent"
    ),
]
