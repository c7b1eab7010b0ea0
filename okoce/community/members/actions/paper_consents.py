"""Consents that a member gives or takes back in an office: an officer reads the words to her, and stands for it with her name."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.consenting import (
    Named,
    add_consents,
    end_consents,
    guardian_agrees,
    guardian_in_words,
    same_of,
    standing_of,
)
from okoce.community.members.lasting import nothing_lasts
from okoce.community.members.models import Consent, GuardianConsent, Member
from okoce.community.members.queries import consent_wordings, is_child, purposes_on
from okoce.community.members.states import ConsentPurpose
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import day_in, day_problem
from okoce.foundation.shared.errors import FieldError, Invalid, NotFound, Refused
from okoce.foundation.territory.queries import zone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperConsent:
    """What somebody agreed to before an officer, on which day; `has_guardian`: whoever answers for a minor agreed too."""

    purpose: str
    given_on: date
    named: Named | None = None
    has_guardian: bool = False


@action(Permission.MEMBERS_NOTE_CONSENT)
def note_paper_consent(actor: Actor, member: Member, paper: PaperConsent) -> Consent:
    """Note what a member agreed to in the office, in the words that held on that day. Twice is once.

    Refuses one's own record, an unknown purpose, one that names a mitra without its name, a day that cannot be, who has
    not consented to the programme, and somebody under age without her guardian, whom the records must know.
    """
    if actor.owns(member.pk):
        raise Refused(_("Ini catatan Anda sendiri. Pakai halaman Izin saya."))
    locked = Member.objects.locked_standing(member.pk)
    _require_sense(paper)
    same = standing_of(locked).filter(purpose=paper.purpose, partner_id=_partner_of(paper)).first()
    if same is not None:
        return same
    if not standing_of(locked).filter(purpose=ConsentPurpose.PROGRAMME).exists():
        raise Refused(
            _("Persetujuan mengikuti program belum tercatat. Catat itu dahulu di meja pendaftaran.")
        )
    guardian = _guardian(locked, paper)
    version = consent_wordings(paper.given_on)[paper.purpose].version
    with nothing_lasts(actor, locked):
        [given] = add_consents(
            locked, [paper.purpose], version, paper.given_on, named=paper.named, witnessed_by=actor.user_id
        )
    if guardian is not None:
        _stand_by(guardian, given, actor)
    return given


@action(Permission.MEMBERS_NOTE_CONSENT)
def withdraw_for(actor: Actor, member: Member, consent_id: int, name: str = "") -> None:
    """Take back a consent for a member who says so in the office. Twice is once. Refuses one's own record, and the
    programme's consent: whoever leaves is noted as having left."""
    if actor.owns(member.pk):
        raise Refused(_("Ini catatan Anda sendiri. Pakai halaman Izin saya."))
    locked = Member.objects.locked_standing(member.pk)
    rows = Consent.objects.filter(member=locked, pk=consent_id)
    given = rows.first()
    if given is None:
        raise NotFound(_("Izin itu tidak ada pada orang ini."))
    if given.purpose == ConsentPurpose.PROGRAMME:
        raise Refused(_("Menarik izin program berarti keluar. Catat itu sebagai permintaan tertulis."))
    named = Named(given.partner_id, name) if given.partner_id is not None else None
    end_consents(actor, locked, same_of(given), named)


def _require_sense(paper: PaperConsent) -> None:
    problem = day_problem(paper.given_on)
    if problem:
        raise Invalid([FieldError("given_on", problem)])
    aim = purposes_on(paper.given_on).get(paper.purpose)
    if aim is None or not aim.needs_consent or paper.purpose not in consent_wordings(paper.given_on):
        raise Invalid([FieldError("purpose", _("Pilih izin yang berlaku pada tanggal itu."))])
    if paper.purpose == ConsentPurpose.PROGRAMME:
        raise Invalid([FieldError("purpose", _("Persetujuan program dicatat di meja pendaftaran."))])
    if bool(aim.recipient) != (paper.named is not None):
        raise Invalid([FieldError("partner", _("Pilih bank atau kantor yang disebut dalam izin ini."))])


def _partner_of(paper: PaperConsent) -> int | None:
    return paper.named.partner_id if paper.named else None


def _guardian(member: Member, paper: PaperConsent) -> GuardianConsent | None:
    """Who answers for a minor, as a consent to the programme names her; None for whoever is of age."""
    if not is_child(member.birth_on, day_in(zone_of(member.region))):
        if paper.purpose == ConsentPurpose.CHILD:
            raise Invalid([FieldError("purpose", _("Izin ini hanya untuk anggota yang belum dewasa."))])
        return None
    known = guardian_in_words(member)
    if known is None and guardian_agrees(member):
        raise Refused(
            _(
                "Nama walinya sudah dihapus atas permintaan wali itu sendiri. Catat orang tua atau walinya lagi dahulu."
            )
        )
    if known is None:
        raise Refused(_("Orang tua atau walinya belum tercatat. Catat persetujuannya dahulu."))
    if not paper.has_guardian:
        sentence = _("Orang ini belum dewasa. Bacakan kepada orang tua atau walinya; centang bila ia setuju.")
        raise Invalid([FieldError("has_guardian", sentence)])
    return known


def _stand_by(guardian: GuardianConsent, given: Consent, actor: Actor) -> None:
    GuardianConsent.objects.create(
        consent=given,
        name=guardian.name,
        phone=guardian.phone,
        relation=guardian.relation,
        text_version=given.text_version,
        witnessed_by=actor.user_id,
    )
