from django.urls import path

from okoce.community.association.views import branches, positions, public, supports, tenures

BRANCH = "perkumpulan/cabang/<int:branch_id>"
TENURE = f"{BRANCH}/jabatan/<int:tenure_id>"

urlpatterns = [
    path("perkumpulan", public.association, name="association"),
    path("perkumpulan/cabang", branches.branch_list, name="branch_list"),
    path("perkumpulan/cabang/baru", branches.found_branch, name="found_branch"),
    path(BRANCH, branches.branch_detail, name="branch_detail"),
    path(f"{BRANCH}/aktifkan", branches.activate_branch, name="activate_branch"),
    path(f"{BRANCH}/jeda", branches.pause_branch, name="pause_branch"),
    path(f"{BRANCH}/tutup", branches.close_branch, name="close_branch"),
    path(f"{BRANCH}/jabatan", tenures.appoint_holder, name="appoint_holder"),
    path(f"{TENURE}/akhiri", tenures.end_tenure, name="end_tenure"),
    path(f"{TENURE}/serahkan", tenures.hand_over_tenure, name="hand_over_tenure"),
    path(f"{TENURE}/nama", tenures.change_naming, name="change_naming"),
    path("perkumpulan/jabatan", tenures.tenure_list, name="tenure_list"),
    path("perkumpulan/jabatan/daftar", positions.position_list, name="position_list"),
    path("perkumpulan/jabatan/daftar/tulis", positions.write_position, name="write_position"),
    path("perkumpulan/jabatan/daftar/<str:position>/akhiri", positions.end_position, name="end_position"),
    path(
        "perkumpulan/jabatan/daftar/<int:position_id>/batalkan",
        positions.take_back_position,
        name="take_back_position",
    ),
    path("perkumpulan/angka", positions.decide_number, name="decide_number"),
    path("pembinaan", supports.support_list, name="support_list"),
    path("pembinaan/belum", supports.unvisited_groups, name="unvisited_groups"),
    path("komunitas/<int:group_id>/pembinaan", supports.group_supports, name="group_supports"),
    path(
        "komunitas/<int:group_id>/pembinaan/<int:support_id>/batal",
        supports.strike_support,
        name="strike_support",
    ),
]
