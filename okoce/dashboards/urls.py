from django.urls import include, path

from okoce.dashboards.agreements import views as agreements
from okoce.dashboards.coverage import views as coverage
from okoce.dashboards.layers import views as layers
from okoce.dashboards.messages import views as messages
from okoce.dashboards.people.views import (
    ageing,
    batch,
    belonging,
    cards,
    erasures,
    exports,
    lists,
    moves,
    nik,
)
from okoce.dashboards.programmes import views as programmes
from okoce.dashboards.rules import views as rules
from okoce.dashboards.scoreboard import views as scoreboard
from okoce.dashboards.targets import views as targets
from okoce.dashboards.views import evidence, figures, open_data, people

urlpatterns = [
    path("", include("okoce.dashboards.own.urls")),
    path("", include("okoce.dashboards.data_office.urls")),
    path("", include("okoce.dashboards.emergency.urls")),
    path("", figures.home, name="home"),
    path("corong", figures.funnel, name="funnel"),
    path("data", open_data.open_data, name="open_data"),
    path("data/corong.csv", open_data.open_funnel, name="open_funnel"),
    path("komunitas/papan", scoreboard.scoreboard, name="scoreboard"),
    path("komunitas/sunyi", scoreboard.quiet_groups, name="quiet_groups"),
    path("pusat/cakupan", coverage.coverage, name="coverage"),
    path("lapisan", layers.layers, name="layers"),
    path("perkumpulan/lapisan", layers.layers_in_public, name="layers_in_public"),
    path(
        "perjanjian/<int:agreement_id>/terlaksana", agreements.agreement_delivered, name="agreement_delivered"
    ),
    path("target", targets.targets, name="targets"),
    path("target/baru", targets.set_target, name="set_target"),
    path("target/<int:target_id>/cabut", targets.withdraw_target, name="withdraw_target"),
    path("program/<str:programme>", programmes.programme_detail, name="programme_detail"),
    path("aturan", rules.rule_list, name="rule_list"),
    path("aturan/baru", rules.write_rule, name="write_rule"),
    path("aturan/<str:rule>", rules.rule_detail, name="rule_detail"),
    path("aturan/<str:rule>/akhiri", rules.end_rule, name="end_rule"),
    path("belum-lanjut", people.people_behind_loss, name="people_behind_loss"),
    path("anggota", lists.member_list, name="member_list"),
    path("anggota/pilihan", batch.choose_people, name="choose_people"),
    path("anggota/pilihan/pendamping", batch.assign_helpers, name="assign_helpers"),
    path("anggota/pilihan/alasan", batch.note_reasons, name="note_reasons"),
    path("anggota/unduh", exports.ask_export, name="ask_export"),
    path("unduhan", exports.export_list, name="export_list"),
    path("unduhan/<int:export_id>", exports.export_detail, name="export_detail"),
    path("unduhan/<int:export_id>/batal", exports.cancel_export, name="cancel_export"),
    path("unduhan/<int:export_id>/berkas", exports.fetch_export, name="fetch_export"),
    path("anggota/menunggu", ageing.people_waiting, name="people_waiting"),
    path("anggota/<str:number>", people.member_detail, name="member_detail"),
    path("anggota/<str:number>/riwayat", people.member_history, name="member_history"),
    path("anggota/<str:number>/bukti", evidence.give_evidence, name="give_evidence"),
    path("anggota/<str:number>/alasan", evidence.set_standstill, name="set_standstill"),
    path("anggota/<str:number>/pembantu/<int:helper_id>/akhiri", batch.end_help, name="end_help"),
    path("anggota/<str:number>/pindah", moves.move_member, name="move_member"),
    path("anggota/<str:number>/nik", nik.unmask_nik, name="unmask_nik"),
    path("anggota/<str:number>/hapus", erasures.ask_erasure, name="ask_erasure"),
    path("anggota/<str:number>/hapus/batal", erasures.withdraw_erasure, name="withdraw_erasure"),
    path("anggota/<str:number>/komunitas", belonging.join_group, name="join_group"),
    path("anggota/<str:number>/komunitas/keluar", belonging.leave_group, name="leave_group"),
    path("anggota/<str:number>/kartu.pdf", cards.card_to_print, name="card_to_print"),
    path("anggota/<str:number>/kartu/buat", cards.issue_card, name="issue_card"),
    path("anggota/<str:number>/kartu/ganti", cards.replace_card, name="replace_card"),
    path("anggota/<str:number>/kartu/batalkan", cards.revoke_card, name="revoke_card"),
    path("pesan", messages.officer_messages, name="officer_messages"),
    path("pesan/dibaca", messages.read_officer_messages, name="read_officer_messages"),
    path("pesan/atur", messages.officer_preferences, name="officer_preferences"),
    path("pesan/tangan", messages.hand_list, name="hand_list"),
    path("pesan/kirim", messages.delivery_list, name="delivery_list"),
    path("pesan/kata", messages.wording_list, name="wording_list"),
    path("pesan/kata/<str:kind>", messages.write_wording, name="write_wording"),
    path("pesan/relawan", messages.hand_rule_list, name="hand_rule_list"),
    path("pesan/relawan/<str:kind>", messages.decide_hand_rule, name="decide_hand_rule"),
    path("pesan/<int:message_id>/ambil", messages.take_by_hand, name="take_by_hand"),
    path("pesan/<int:message_id>/lepas", messages.let_go_by_hand, name="let_go_by_hand"),
    path("pesan/<int:message_id>/terkirim", messages.mark_sent_by_hand, name="mark_sent_by_hand"),
    path("pesan/<int:message_id>/tarik", messages.withdraw_message, name="withdraw_message"),
    path("bukti", evidence.evidence_waiting, name="evidence_waiting"),
    path("bukti/<int:evidence_id>/periksa", evidence.verify_evidence, name="verify_evidence"),
    path("bukti/<int:evidence_id>/tolak", evidence.refuse_evidence, name="refuse_evidence"),
    path("bukti/<int:evidence_id>/cabut", evidence.withdraw_evidence, name="withdraw_evidence"),
]
