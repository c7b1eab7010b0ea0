"""The officers' side navigation: which pages stand on the desk, in which order, under which right."""

from django.utils.translation import gettext_lazy as _

from okoce.foundation.access.permissions import Permission
from okoce.foundation.web.navigation import DeskPage, register
from okoce.foundation.web.scope_choice import name_groups_with

_DAY_BY_DAY = (
    DeskPage("funnel", "/corong", _("Corong 7 tahap"), "chart", Permission.PIPELINE_READ_FUNNEL),
    DeskPage("targets", "/target", _("Target"), "check", Permission.PIPELINE_READ_FUNNEL),
    DeskPage("rules", "/aturan", _("Aturan program"), "list", Permission.PIPELINE_READ_FUNNEL),
    DeskPage("registration_desk", "/meja", _("Meja pendaftaran"), "plus", Permission.MEMBERS_REGISTER),
    DeskPage("members", "/anggota", _("Anggota"), "group", Permission.MEMBERS_READ),
    DeskPage("behind", "/belum-lanjut", _("Belum lanjut"), "clock", Permission.PIPELINE_READ_FUNNEL),
    DeskPage("evidence", "/bukti", _("Bukti menunggu"), "check", Permission.PIPELINE_READ_EVIDENCE),
    DeskPage(
        "unfinished_registrations",
        "/daftar/belum-selesai",
        _("Belum selesai mendaftar"),
        "phone",
        Permission.MEMBERS_READ_UNFINISHED,
    ),
)
_AT_THE_END = (
    DeskPage("imports", "/impor", _("Impor berkas"), "upload", Permission.MEMBERS_READ_IMPORTS),
    DeskPage("open_emergency", "/akses-darurat", _("Akses darurat"), "lock", Permission.EMERGENCY_OPEN),
    DeskPage("own_page", "/saya", _("Halaman anggota saya"), "person", is_own=True),
    DeskPage("mfa_index", "/akun/keamanan", _("Keamanan akun"), "lock"),
)


def lay_out_desk() -> None:
    """Called once when the app is ready."""
    from okoce.community.groups.queries import group_names
    from okoce.community.partners.deliveries import count_deliveries_with
    from okoce.community.partners.stages import name_stages_with
    from okoce.dashboards.agreements.showing import words_of
    from okoce.pipeline.states import Stage

    name_groups_with(group_names)
    count_deliveries_with(words_of)
    name_stages_with(lambda: ((stage.value, f"{stage.code} {stage.label}") for stage in Stage))
    register((*_DAY_BY_DAY, *_queues(), *_AT_THE_END))


def _queues() -> tuple[DeskPage, ...]:
    """What waits, with how much of it: counted by features whose tables are there only once the app is ready."""
    from okoce.community.groups.nominating import nominations_waiting
    from okoce.community.groups.queries import applications_waiting
    from okoce.pipeline.queries.duplicates import duplicates_waiting

    return (
        DeskPage(
            "groups",
            "/komunitas",
            _("Komunitas"),
            "home",
            Permission.GROUPS_READ,
            applications_waiting,
            queue_href="/komunitas?keadaan=applied",
        ),
        DeskPage(
            "nominations",
            "/komunitas/usulan-pengurus",
            _("Usulan pengurus"),
            "group",
            Permission.GROUPS_READ_DESK,
            nominations_waiting,
        ),
        *_partners(),
        *_association(),
        *_boards(),
        *_centres(),
        DeskPage(
            "duplicates",
            "/ganda",
            _("Catatan ganda"),
            "person",
            Permission.MEMBERS_READ_DUPLICATES,
            waiting=duplicates_waiting,
        ),
        *_tickets(),
        *_personal_data(),
        *_messages(),
    )


def _boards() -> tuple[DeskPage, ...]:
    """Komunitas beside each other, and those that have gone quiet."""
    from okoce.community.groups.queries import quiet_waiting

    return (
        DeskPage(
            "scoreboard", "/komunitas/papan", _("Papan komunitas"), "chart", Permission.PIPELINE_READ_FUNNEL
        ),
        DeskPage(
            "quiet_groups",
            "/komunitas/sunyi",
            _("Komunitas sunyi"),
            "clock",
            Permission.GROUPS_READ_DESK,
            quiet_waiting,
        ),
    )


def _centres() -> tuple[DeskPage, ...]:
    """Centres, with the plans that wait to be declared open."""
    from okoce.community.centres.queries import plans_waiting

    return (
        DeskPage(
            "centres",
            "/pusat/kelola",
            _("Pusat wirausaha"),
            "pin",
            Permission.CENTRES_READ,
            plans_waiting,
            queue_href="/pusat/kelola?keadaan=planned",
        ),
    )


def _tickets() -> tuple[DeskPage, ...]:
    """What the public tells."""
    from okoce.community.tickets.queries.tickets import tickets_waiting

    return (
        DeskPage("tickets", "/laporan", _("Laporan warga"), "chat", Permission.TICKETS_READ, tickets_waiting),
    )


def _messages() -> tuple[DeskPage, ...]:
    """Of messages: one's own, those that wait for a hand, what became of all, their words."""
    from okoce.foundation.notifications.queries import unread_messages, waiting_for_hands

    return (
        DeskPage("own_messages", "/pesan", _("Pesan"), "chat", Permission.MESSAGES_READ_OWN, unread_messages),
        DeskPage(
            "hand_list",
            "/pesan/tangan",
            _("Pesan lewat tangan"),
            "phone",
            Permission.MESSAGES_READ_BY_HAND,
            waiting_for_hands,
        ),
        DeskPage("deliveries", "/pesan/kirim", _("Pengiriman pesan"), "share", Permission.MESSAGES_READ),
        DeskPage("wordings", "/pesan/kata", _("Kata-kata pesan"), "badge", Permission.MESSAGES_READ),
    )


def _partners() -> tuple[DeskPage, ...]:
    """Of partners: who is to be validated, what runs out, who was sent."""
    from okoce.community.partners.queries.agreements import agreements_running_out
    from okoce.community.partners.queries.partners import proposals_waiting
    from okoce.community.partners.queries.referrals import referrals_waiting

    return (
        DeskPage("own_partners", "/mitra/saya", _("Mitra saya"), "home", Permission.PARTNERS_CORRECT_OWN),
        DeskPage(
            "partners",
            "/mitra",
            _("Mitra"),
            "group",
            Permission.PARTNERS_READ,
            proposals_waiting,
            queue_href="/mitra?keadaan=proposed",
        ),
        DeskPage(
            "agreements",
            "/perjanjian",
            _("Perjanjian"),
            "p4",
            Permission.PARTNERS_READ,
            agreements_running_out,
        ),
        DeskPage(
            "referrals", "/rujukan", _("Rujukan"), "share", Permission.REFERRALS_READ, referrals_waiting
        ),
    )


def _association() -> tuple[DeskPage, ...]:
    """Of the association: its branches, whose term runs out, what was done for komunitas."""
    from okoce.community.association.queries.tenures import tenures_ending

    right = Permission.ASSOCIATION_READ
    return (
        DeskPage("layers", "/lapisan", _("Tiga lapisan"), "chart", right),
        DeskPage("branches", "/perkumpulan/cabang", _("Cabang perkumpulan"), "home", right),
        DeskPage("tenures", "/perkumpulan/jabatan", _("Masa jabatan"), "badge", right, tenures_ending),
        DeskPage("supports", "/pembinaan", _("Pembinaan komunitas"), "chat", right),
    )


def _personal_data() -> tuple[DeskPage, ...]:
    """Of the law on personal data: what is asked, what got out."""
    from okoce.community.privacy.queries.breaches import breaches_untold
    from okoce.community.privacy.queries.rights import requests_to_answer

    return (
        DeskPage(
            "data_requests",
            "/data-pribadi",
            _("Data pribadi"),
            "shield",
            Permission.PRIVACY_READ,
            waiting=requests_to_answer,
        ),
        DeskPage(
            "breaches",
            "/data-pribadi/kebocoran",
            _("Kebocoran data"),
            "lock",
            Permission.PRIVACY_READ,
            waiting=breaches_untold,
        ),
    )
