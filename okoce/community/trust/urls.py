from django.urls import path

from okoce.community.trust.views import groups, partners, public

urlpatterns = [
    path("verifikasi/cari", public.search_names, name="search_names"),
    path("komunitas/<int:group_id>/keaslian", groups.group_trust, name="group_trust"),
    path("komunitas/<int:group_id>/keaslian/lembar", groups.group_certificate, name="group_certificate"),
    path("komunitas/<int:group_id>/keaslian/terbitkan", groups.issue_certificate, name="issue_certificate"),
    path("komunitas/<int:group_id>/keaslian/ganti", groups.replace_certificate, name="replace_certificate"),
    path("komunitas/<int:group_id>/keaslian/batalkan", groups.revoke_certificate, name="revoke_certificate"),
    path("komunitas/<int:group_id>/nama", groups.give_group_name, name="give_group_name"),
    path("komunitas/<int:group_id>/nama/<int:name_id>", groups.group_name_sheet, name="group_name_sheet"),
    path(
        "komunitas/<int:group_id>/nama/<int:name_id>/cabut",
        groups.withdraw_group_name,
        name="withdraw_group_name",
    ),
    path("mitra/<int:partner_id>/keaslian", partners.partner_trust, name="partner_trust"),
    path("mitra/<int:partner_id>/nama", partners.give_partner_name, name="give_partner_name"),
    path(
        "mitra/<int:partner_id>/nama/<int:partner_name_id>",
        partners.partner_name_sheet,
        name="partner_name_sheet",
    ),
    path(
        "mitra/<int:partner_id>/nama/<int:partner_name_id>/cabut",
        partners.withdraw_partner_name,
        name="withdraw_partner_name",
    ),
]
