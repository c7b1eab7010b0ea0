"""The officers' side navigation: which pages stand on the desk, in which order, under which right."""

from django.utils.translation import gettext_lazy as _

from okoce.foundation.access.permissions import Permission
from okoce.foundation.web.navigation import DeskPage, register
from okoce.foundation.web.scope_choice import name_groups_with

_DAY_BY_DAY = (
    DeskPage("funnel", "/corong", _("Corong 7 tahap"), "chart", Permission.PIPELINE_READ_FUNNEL),
    DeskPage("targets", "/target", _("Target"), "check", Permission.PIPELINE_READ_FUNNEL),
    DeskPage("registration_desk", "/meja", _("Meja pendaftaran"), "plus", Permission.MEMBERS_REGISTER),
    DeskPage("members", "/anggota", _("Anggota"), "group", Permission.MEMBERS_READ),
    DeskPage("behind", "/belum-lanjut", _("Belum lanjut"), "clock", Permission.PIPELINE_READ_FUNNEL),
    DeskPage("evidence", "/bukti", _("Bukti menunggu"), "check", Permission.PIPELINE_GIVE_EVIDENCE),
    DeskPage(
        "unfinished_registrations",
        "/daftar/belum-selesai",
        _("Belum selesai mendaftar"),
        "phone",
        Permission.MEMBERS_REGISTER,
    ),
)
_AT_THE_END = (
    DeskPage("imports", "/impor", _("Impor berkas"), "upload", Permission.MEMBERS_IMPORT),
    DeskPage("mfa_index", "/akun/keamanan", _("Keamanan akun"), "lock"),
)


def lay_out_desk() -> None:
    """Called once when the app is ready."""
    from okoce.community.groups.queries import group_names

    name_groups_with(group_names)
    register((*_DAY_BY_DAY, *_queues(), *_AT_THE_END))


def _queues() -> tuple[DeskPage, ...]:
    """What waits, with how much of it: counted by features whose tables are there only once the app is ready."""
    from okoce.community.groups.queries import applications_waiting
    from okoce.community.privacy.queries import requests_to_answer
    from okoce.pipeline.queries.duplicates import duplicates_waiting

    return (
        DeskPage(
            "groups", "/komunitas", _("Komunitas"), "home", Permission.GROUPS_READ, applications_waiting
        ),
        DeskPage(
            "duplicates",
            "/ganda",
            _("Catatan ganda"),
            "person",
            Permission.MEMBERS_REVIEW_DUPLICATES,
            waiting=duplicates_waiting,
        ),
        DeskPage(
            "data_requests",
            "/permintaan-data",
            _("Permintaan data pribadi"),
            "shield",
            Permission.MEMBERS_ANSWER_DATA_REQUEST,
            waiting=requests_to_answer,
        ),
    )
