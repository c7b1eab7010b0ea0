"""The first steps of whoever chairs a komunitas, each as the records show it; where a sign-in leads a new one while one is open."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.centres.models import Centre, CentrePeriod
from okoce.community.centres.states import CentreState
from okoce.community.groups.models import Group, Nomination, Officer
from okoce.community.groups.queries import chair_office_of, chaired_by, first_steps_for
from okoce.community.groups.states import GroupState, NominationState
from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.accounts.models import User
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to do and why, where, and whether the records show it done; `waits` says on whom it waits."""

    key: str
    title: str
    why: str
    href: str
    action: str
    is_done: bool
    waits: str = ""


def first_steps_of(actor: Actor, group_id: int) -> tuple[Group, list[Step]]:
    """The steps of a komunitas that the actor chairs today. NotFound for whoever does not."""
    office = chair_office_of(actor, group_id)
    if office is None:
        raise NotFound(_("Langkah pertama ini untuk ketua komunitasnya."))
    return office.group, _steps(office)


def landing_of(actor: Actor) -> str:
    """The first steps of a komunitas that the actor has chaired for a few days and may act for, while one is open; "" for everybody
    else. After these days she finds the page by its address, and is led there no more."""
    for office in _new_offices(actor):
        if not all(step.is_done for step in _steps(office)):
            return reverse("first_steps", args=[office.group_id])
    return ""


def _new_offices(actor: Actor) -> list[Officer]:
    """Without the right that the office brought, which may have been ended by itself, no step could be taken."""
    if not actor.may(Permission.GROUPS_HAND_OVER):
        return []
    today = today_wib()
    first_day = today - timedelta(days=first_steps_for(today))
    return [
        office
        for office in chaired_by(actor)
        if office.from_on > first_day and is_reached(office.group, actor, Permission.GROUPS_HAND_OVER)
    ]


def _steps(office: Officer) -> list[Step]:
    group = office.group
    here = reverse("group_detail", args=[group.pk])
    return [
        Step(
            "members",
            _("Ajak anggota"),
            _(
                "Bagikan tautannya lewat WhatsApp, atau gantung lembar QR-nya. Yang mendaftar lewat itu ditawari komunitas Anda."
            ),
            reverse("group_invitation", args=[group.pk]) if group.state == GroupState.ACTIVE else here,
            _("Buka undangan"),
            _has_members(office),
        ),
        _officers_step(office),
        _centre_step(group),
        Step(
            "targets",
            _("Baca targetnya"),
            _(
                "Berapa wirausaha yang ditargetkan dari setiap komunitas, sampai kapan, dan sejauh mana komunitas Anda."
            ),
            "",
            _("Baca target"),
            office.targets_read_on is not None,
        ),
    ]


def _has_members(office: Officer) -> bool:
    """Whether anybody but herself belongs to it."""
    others = Member.objects.filter(group_id=office.group_id, merged_into__isnull=True, erased_at__isnull=True)
    return others.exclude(pk__in=_own_records(office)).exists()


def _own_records(office: Officer) -> QuerySet[User, Any]:
    return User.objects.filter(pk=office.user_id, member_id__isnull=False).values("member_id")


def _officers_step(office: Officer) -> Step:
    """Done once anybody but herself serves; while one whom she proposed waits it is the secretariat's turn."""
    proposed = Nomination.objects.filter(group=office.group_id, state=NominationState.WAITING).exists()
    return Step(
        "officers",
        _("Tambah pengurus"),
        _("Yang diurus sendirian mudah sunyi. Usulkan anggota komunitas Anda; sekretariat menunjuknya."),
        reverse("nominate_officer", args=[office.group_id]),
        _("Lihat usulan") if proposed else _("Usulkan pengurus"),
        _is_helped(office),
        _("Menunggu sekretariat menunjuknya") if proposed else "",
    )


def _is_helped(office: Officer) -> bool:
    """Whether anybody but herself serves it."""
    today = today_wib()
    serving = Officer.objects.not_ended_by(today).filter(group=office.group_id, from_on__lte=today)
    return serving.exclude(user_id=office.user_id).exists()


def _centre_step(group: Group) -> Step:
    """Done once one of its centres has been open; while one is planned it is the secretariat's turn."""
    was_open = CentrePeriod.objects.filter(centre__group=group, state=CentreState.OPEN).exists()
    is_planned = not was_open and Centre.objects.filter(group=group, state=CentreState.PLANNED).exists()
    return Step(
        "centre",
        _("Buka pusat wirausaha"),
        _(
            "Satu tempat dengan alamat, jam buka, dan kontak, misalnya balai warga. Anda merencanakan, sekretariat membukanya."
        ),
        f"{reverse('centre_list')}?komunitas={group.pk}"
        if is_planned
        else reverse("plan_centre", args=[group.pk]),
        _("Lihat rencananya") if is_planned else _("Rencanakan pusat"),
        was_open,
        _("Menunggu sekretariat membukanya") if is_planned else "",
    )
