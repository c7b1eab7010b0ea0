"""The certificate of a komunitas: given out, replaced, taken back."""

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.groups.interests import require_stranger
from okoce.community.groups.models import Group
from okoce.community.groups.states import GroupState
from okoce.community.trust.events import CertificateIssued, CertificateRevoked
from okoce.community.trust.models import Certificate
from okoce.community.trust.states import CertificateEnd
from okoce.community.trust.verifying import CERTIFICATE
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid, Refused
from okoce.foundation.verification.codes import new_code


@action(Permission.GROUPS_MANAGE)
def issue_certificate(actor: Actor, group: Group) -> Certificate:
    """Give a komunitas its certificate; which has a valid one keeps it. Refuses one that is not active, and one's own."""
    locked = Group.objects.locked(group.pk)
    return _valid(locked) or _issue(actor, locked)


@action(Permission.GROUPS_MANAGE)
def replace_certificate(actor: Actor, group: Group, reason: str, *, seen: int | None = None) -> Certificate:
    """Give a new one; the old one is no longer valid from this moment. `seen` is the one that was to be replaced: where
    another one is valid by now it stays, so that twice is once."""
    _require_known(reason)
    locked = Group.objects.locked(group.pk)
    standing = _valid(locked)
    if standing is not None and seen not in (None, standing.pk):
        return standing
    _revoke(actor, locked, reason)
    return _issue(actor, locked)


@action(Permission.GROUPS_MANAGE)
def revoke_certificate(actor: Actor, group: Group, reason: str, *, seen: int | None = None) -> None:
    """Take it back without a new one. Refuses an unknown reason, and one that was given out since `seen`."""
    _require_known(reason)
    locked = Group.objects.locked(group.pk)
    standing = _valid(locked)
    if standing is not None and seen not in (None, standing.pk):
        raise Conflict(_("Surat itu sudah diganti dengan yang baru. Periksa yang sekarang, lalu coba lagi."))
    _revoke(actor, locked, reason)


def _valid(group: Group) -> Certificate | None:
    return Certificate.objects.filter(group=group, revoked_at__isnull=True).first()


def _issue(actor: Actor, group: Group) -> Certificate:
    require_stranger(actor, group)
    if group.state != GroupState.ACTIVE:
        raise Refused(_("Komunitas ini tidak aktif, jadi tidak bisa diberi surat keaslian."))
    made = Certificate.objects.create(group=group, code=new_code(CERTIFICATE), issued_by=actor.label)
    record(CertificateIssued(group_id=group.pk, certificate_id=made.pk), subject=group)
    return made


def _revoke(actor: Actor, group: Group, reason: str) -> None:
    standing = _valid(group)
    if standing is None:
        return
    standing.revoked_at, standing.revoked_by, standing.reason = timezone.now(), actor.label, reason
    standing.save(update_fields=["revoked_at", "revoked_by", "reason"])
    label = str(CertificateEnd(reason).label)
    record(
        CertificateRevoked(group_id=group.pk, certificate_id=standing.pk, reason=reason, label=label),
        subject=group,
    )


def _require_known(reason: str) -> None:
    if reason not in CertificateEnd.values:
        raise Invalid([FieldError("reason", _("Pilih alasan surat lama dibatalkan."))])
