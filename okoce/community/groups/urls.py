from django.urls import path

from okoce.community.groups.views import applying, deciding, desk, nominations, officers

urlpatterns = [
    path("komunitas", desk.group_list, name="group_list"),
    path("komunitas/daftar", applying.apply_group, name="apply_group"),
    path("komunitas/daftar/kode", applying.apply_group_code, name="apply_group_code"),
    path("komunitas/daftar/isi", applying.apply_group_details, name="apply_group_details"),
    path("komunitas/daftar/wilayah", applying.apply_group_area, name="apply_group_area"),
    path("komunitas/daftar/selesai", applying.apply_group_done, name="apply_group_done"),
    path("komunitas/<int:group_id>", desk.group_detail, name="group_detail"),
    path("komunitas/<int:group_id>/undangan", desk.group_invitation, name="group_invitation"),
    path("komunitas/<int:group_id>/wilayah", deciding.change_areas, name="change_areas"),
    path("komunitas/<int:group_id>/periksa", deciding.check_group, name="check_group"),
    path("komunitas/<int:group_id>/validasi", deciding.validate_group, name="validate_group"),
    path("komunitas/<int:group_id>/tanya", deciding.ask_group, name="ask_group"),
    path("komunitas/<int:group_id>/tolak", deciding.refuse_group, name="refuse_group"),
    path("komunitas/<int:group_id>/jeda", deciding.pause_group, name="pause_group"),
    path("komunitas/<int:group_id>/buka", deciding.reopen_group, name="reopen_group"),
    path("komunitas/<int:group_id>/tutup", deciding.close_group, name="close_group"),
    path("komunitas/<int:group_id>/pengurus", officers.appoint_officer, name="appoint_officer"),
    path("komunitas/usulan-pengurus", nominations.nomination_list, name="nomination_list"),
    path("komunitas/<int:group_id>/pengurus/usul", nominations.nominate_officer, name="nominate_officer"),
    path(
        "komunitas/<int:group_id>/pengurus/usul/tarik",
        nominations.withdraw_nomination,
        name="withdraw_nomination",
    ),
    path(
        "komunitas/<int:group_id>/pengurus/usul/jawab",
        nominations.answer_nomination,
        name="answer_nomination",
    ),
    path(
        "komunitas/<int:group_id>/pengurus/<int:officer_id>/akhiri", officers.end_officer, name="end_officer"
    ),
    path("komunitas/<int:group_id>/pengurus/<int:officer_id>/serahkan", officers.hand_over, name="hand_over"),
]
