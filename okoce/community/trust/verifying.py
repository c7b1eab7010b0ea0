"""Certificates of komunitas and permissions to use the name before the public. A komunitas is nobody: its name is shown whole."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okoce.community.groups.models import Group
from okoce.community.groups.states import GroupState
from okoce.community.organisations.name_notes import GROUP, PARTNER, register_names
from okoce.community.partners.models import Partner
from okoce.community.partners.states import PartnerState
from okoce.community.trust.models import Certificate, NamePermission
from okoce.community.trust.states import NameState
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.territory.queries import path_of
from okoce.foundation.verification.registry import Finding, Kind, Validity, register_kind

CERTIFICATE, NAME = "KM", "NM"
OF_NAME = {
    NameState.HOLDS: Validity.VALID,
    NameState.COMING: Validity.NOT_NOW,
    NameState.ENDED: Validity.ENDED,
    NameState.WITHDRAWN: Validity.REVOKED,
}


def register_trusted() -> None:
    """Called once when the app is ready."""
    register_kind(Kind(CERTIFICATE, gettext_lazy("Surat keaslian komunitas"), certificate_finding))
    register_kind(Kind(NAME, gettext_lazy("Izin memakai nama"), name_finding))
    register_names(names_of)


def certificate_finding(code: str) -> Finding | None:
    """What the public may know of a certificate: the komunitas behind it, and what it may call itself."""
    found = Certificate.objects.select_related("group").filter(code=code).first()
    if found is None:
        return None
    revoked_on = timezone.localtime(found.revoked_at).date() if found.revoked_at else None
    state, until = standing_of(found.group)
    return Finding(
        what="group_certificate",
        what_name=str(_("Surat keaslian komunitas")),
        holder=found.group.name,
        place=path_of(found.group.region),
        state=Validity.REVOKED if revoked_on else state,
        since=since_of(found.group) or timezone.localtime(found.issued_at).date(),
        until=revoked_on or until,
        is_masked=False,
        notes=tuple(names_of(GROUP, [found.group_id]).get(found.group_id, [])),
    )


def name_finding(code: str) -> Finding | None:
    """What the public may know of a permission: the name, whose it is, under which conditions."""
    found = NamePermission.objects.select_related("group", "partner").filter(code=code).first()
    if found is None:
        return None
    state, until = name_standing(found, today_wib())
    return Finding(
        what="name_permission",
        what_name=str(_("Izin memakai nama")),
        holder=found.name,
        place=path_of(found.group.region if found.group else found.partner.region if found.partner else ""),
        state=state,
        since=found.from_on,
        until=until,
        is_masked=False,
        notes=(
            _("Dipakai oleh: %s.") % found.holder_name,
            _("Syarat: %s") % found.conditions,
        ),
    )


def since_of(holder: Group | Partner) -> date | None:
    return holder.validated_on or holder.state_on


def standing_of(holder: Group | Partner) -> tuple[Validity, date | None]:
    """Whether a komunitas or mitra is one today, and since when no more."""
    return holder_standing(holder, today_wib())


def holder_standing(holder: Group | Partner, day: date) -> tuple[Validity, date | None]:
    """Whether a komunitas or mitra is one on a day, and since when no more. Before the day on which it came to rest or ended it
    was one: else it would not have got there."""
    if holder.state in (GroupState.ACTIVE, PartnerState.ACTIVE):
        return Validity.VALID, None
    if holder.validated_on is not None and holder.state_on is not None and day < holder.state_on:
        return Validity.VALID, None
    if holder.state in (GroupState.CLOSED, PartnerState.CLOSED):
        return Validity.ENDED, holder.state_on
    return Validity.NOT_NOW, None


def name_standing(permission: NamePermission, day: date) -> tuple[Validity, date | None]:
    """Whether the name may be used on a day, and since when no more; it rests and ends with the komunitas or mitra that has it."""
    state = permission.state_on(day)
    holder = permission.group or permission.partner
    if holder is not None and state in (NameState.HOLDS, NameState.COMING):
        standing, ended_on = holder_standing(holder, day)
        if standing is not Validity.VALID:
            return standing, ended_on
    return OF_NAME[state], permission.withdrawn_on or permission.until_on


def names_of(kind: str, holder_ids: Iterable[int]) -> dict[int, list[str]]:
    """What each komunitas or mitra may call itself today, and what it may no more; in sentences. Nothing of persons."""
    column = {GROUP: "group", PARTNER: "partner"}[kind]
    rows = NamePermission.objects.filter(**{f"{column}__in": list(holder_ids)})
    found: dict[int, list[str]] = {}
    for one in rows.select_related("group", "partner").order_by("-from_on", "-id"):
        holder_id = one.group_id or one.partner_id or 0
        found.setdefault(holder_id, []).append(_sentence(one))
    return found


def _sentence(permission: NamePermission) -> str:
    today = today_wib()
    state, until = name_standing(permission, today)
    told = {
        "name": permission.name,
        "from": day_in_words(permission.from_on),
        "until": day_in_words(until) if until else "",
    }
    if state is Validity.REVOKED:
        return _("Izin memakai nama “%(name)s” dicabut pada %(until)s.") % told
    if state is Validity.ENDED:
        return _("Izin memakai nama “%(name)s” berakhir pada %(until)s.") % told
    if state is Validity.NOT_NOW and permission.state_on(today) is NameState.HOLDS:
        return _("Izin memakai nama “%(name)s” sedang tidak berlaku: pemegangnya berhenti sementara.") % told
    if until:
        return _("Boleh memakai nama “%(name)s” dari %(from)s sampai %(until)s.") % told
    return _("Boleh memakai nama “%(name)s” sejak %(from)s.") % told
