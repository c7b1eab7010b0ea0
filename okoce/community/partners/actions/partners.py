"""Taking down a mitra and deciding about it: validated, refused, paused, opened again, closed."""

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from okoce.community.members.names import name_key
from okoce.community.organisations.addressees import forget_addressees
from okoce.community.organisations.areas import set_areas
from okoce.community.organisations.checklists import judge
from okoce.community.organisations.rules import require_past
from okoce.community.partners import events, rules
from okoce.community.partners.interests import require_stranger
from okoce.community.partners.models import Partner, PartnerCheck, PartnerItem, Proposal
from okoce.community.partners.queries.partners import checklist_of
from okoce.community.partners.referral_moves import end_open
from okoce.community.partners.speakers import tell_speaker
from okoce.community.partners.states import PARTNER, WAITING, PartnerState
from okoce.community.partners.telling import ABOUT, Speaker, judged, let_speak, save_partner, speaks
from okoce.community.partners.terms import end_all, require_grants_fit, welcome_speaker
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action, require_reach
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.notifications.kind import Kind
from okoce.foundation.notifications.kinds import PARTNER_ASKED, PARTNER_REFUSED
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.shared.errors import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPartner:
    """A mitra as it is taken down. `areas` are the places that it serves, "" the nation; `contact_…` is who speaks for it."""

    name: str
    kind: str
    areas: tuple[str, ...] = (rules.NATION,)
    offer: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_duty: str = ""
    contact_email: str = ""
    offered_stages: tuple[int, ...] = ()
    website: str = ""
    is_synthetic: bool = False


@action(Permission.PARTNERS_MANAGE)
def create_partner(actor: Actor, new: NewPartner) -> Partner:
    """Take down a mitra that is to be validated. Refuses what is missing, all of it at once, and a name that another has."""
    told = judged(new)
    partner = Partner(
        **{name: told[name] for name in ABOUT},
        name_key=name_key(told["name"]),
        state_on=today_wib(),
        is_synthetic=new.is_synthetic,
    )
    _save(partner)
    set_areas(partner, told["areas"], today_wib())
    require_reach(actor, Permission.PARTNERS_MANAGE, [partner])
    if told["contact"] is not None:
        Proposal.objects.create(partner=partner, proposed_on=today_wib(), **asdict(told["contact"]))
    record(events.PartnerCreated(partner_id=partner.pk, name=partner.name), subject=partner)
    return partner


@action(Permission.PARTNERS_MANAGE)
def correct_partner(actor: Actor, partner: Partner, new: NewPartner) -> Partner:
    """Correct what a mitra is called, of which kind it is, what it offers and who speaks for it. While it waits, what was
    checked was said of something else and is asked again. Its places change by `change_partner_areas`. Refuses a kind whose
    contact persons would have other rights than those who serve have, and to let who applied herself name another in her place: she
    would judge her own."""
    told = judged(new)
    locked = Partner.objects.locked(partner.pk)
    require_grants_fit(locked, told["kind"])
    before = {name: getattr(locked, name) for name in ABOUT}
    proposal = Proposal.objects.filter(partner=locked).first()
    spoke = speaks(proposal) if proposal is not None else None
    if before == {name: told[name] for name in ABOUT} and told["contact"] in (None, spoke):
        return locked
    for name in ABOUT:
        setattr(locked, name, told[name])
    locked.name_key = name_key(locked.name)
    _save(locked)
    if told["contact"] is not None:
        if spoke != told["contact"] and _applied_herself(proposal):
            require_stranger(actor, locked)
        _let_speak(locked, proposal, told["contact"])
    if locked.state in WAITING:
        PartnerCheck.objects.filter(partner=locked).delete()
    record(events.PartnerCorrected(partner_id=locked.pk, name=locked.name), subject=locked)
    return locked


def _let_speak(partner: Partner, proposal: Proposal | None, new: Speaker) -> None:
    """Let another speak for it; whoever applied herself is written to no more."""
    applied_as = proposal.contact_phone if proposal is not None and _applied_herself(proposal) else None
    proposal = proposal or Proposal(partner=partner, proposed_on=today_wib())
    let_speak(proposal, new)
    proposal.save()
    if applied_as is not None:
        forget_addressees({applied_as})


def _applied_herself(proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.phone_proven_since is not None


def _save(partner: Partner) -> None:
    save_partner(
        partner, _("Sudah ada mitra bernama “%s”. Buka yang itu, atau tulis nama yang lebih lengkap.")
    )


@action(Permission.PARTNERS_MANAGE)
def check_partner(
    actor: Actor, partner: Partner, met: Collection[int], read_at: datetime | None = None
) -> Partner:
    """Note which items of today's checklist a mitra meets. `read_at`: the state of the row that was looked at.

    Refuses whoever speaks for it, a mitra that is decided about already, and one that has changed since.
    """
    locked = Partner.objects.locked(partner.pk)
    require_stranger(actor, locked)
    _require_proposed(locked)
    if read_at is not None and read_at != locked.updated_at:
        raise Refused(_("Data mitra ini baru saja berubah. Baca lagi, lalu periksa."))
    items = list(PartnerItem.objects.valid_on(today_wib()))
    if judge(locked.checks, items, met, actor.label):
        count = sum(item.pk in met for item in items)
        fact = events.PartnerChecked(partner_id=locked.pk, name=locked.name, met=count, total=len(items))
        record(fact, subject=locked)
    return locked


@action(Permission.PARTNERS_MANAGE)
def validate_partner(actor: Actor, partner: Partner, validated_on: date) -> Partner:
    """Declare a mitra genuine: from now on it signs agreements and is sent people; whoever applied for it herself acts for it, and
    is told so. Twice is once.

    Refuses whoever speaks for it, a day before it was proposed, and what the checklist of that day still misses.
    """
    locked = Partner.objects.locked(partner.pk)
    if locked.state == PartnerState.ACTIVE:
        return locked
    require_stranger(actor, locked)
    _require_proposed(locked)
    require_past("validated_on", validated_on)
    _require_proposed_by(locked, validated_on)
    missing = [one.text for one in checklist_of(locked, validated_on) if not one.is_met]
    if missing:
        raise Refused(_("Belum bisa divalidasi. Yang belum diperiksa: %s.") % "; ".join(missing))
    locked.validated_on = validated_on
    _move(locked, PartnerState.ACTIVE, validated_on)
    welcome_speaker(locked)
    fact = events.PartnerValidated(
        partner_id=locked.pk, name=locked.name, validated_on=validated_on.isoformat()
    )
    record(fact, subject=locked)
    return locked


@action(Permission.PARTNERS_MANAGE)
def ask_partner(actor: Actor, partner: Partner, reason: str) -> Partner:
    """Ask whoever applied for it to complete or correct what was told; she is told, and reads what is asked. Nobody judges her own.
    Refuses what the secretariat took down itself: nobody would read the question."""
    require_stranger(actor, partner)
    if not _applied_herself(Proposal.objects.filter(partner=partner).first()):
        raise Refused(
            _(
                "Mitra ini tidak mengajukan diri lewat formulir, jadi tidak ada yang membaca pertanyaan itu. Hubungi narahubungnya."
            ),
            field="reason",
        )
    return _decide(partner, PartnerState.ASKED, reason, events.PartnerAsked, PARTNER_ASKED)


@action(Permission.PARTNERS_MANAGE)
def refuse_partner(actor: Actor, partner: Partner, reason: str) -> Partner:
    """Refuse a proposal, with the reason in writing; whoever applied for it herself is told it. Its name is free again. Nobody judges
    her own."""
    require_stranger(actor, partner)
    return _decide(partner, PartnerState.REFUSED, reason, events.PartnerRefused, PARTNER_REFUSED)


@action(Permission.PARTNERS_MANAGE)
def pause_partner(actor: Actor, partner: Partner, reason: str) -> Partner:
    """Let an active mitra rest: nobody is sent there until it is opened again."""
    return _decide(partner, PartnerState.PAUSED, reason, events.PartnerPaused)


@action(Permission.PARTNERS_MANAGE)
def reopen_partner(actor: Actor, partner: Partner, reason: str) -> Partner:
    """Let a mitra that rests go on. One that was only proposed is validated instead. Refuses whoever speaks for it."""
    locked = Partner.objects.locked(partner.pk)
    if locked.state in WAITING:
        raise Refused(_("Mitra ini belum divalidasi. Periksa daftarnya, lalu validasi."), field="reason")
    require_stranger(actor, locked)
    return _decide(locked, PartnerState.ACTIVE, reason, events.PartnerReopened)


@action(Permission.PARTNERS_MANAGE)
def close_partner(actor: Actor, partner: Partner, reason: str) -> Partner:
    """End the partnership for good; its contact persons act for it no longer, no grant for it holds, and whoever was sent there
    and waits is told so. Nothing of it is deleted: agreements, referrals and history stay readable."""
    closed = _decide(partner, PartnerState.CLOSED, reason, events.PartnerClosed)
    end_open(actor, closed)
    end_all(closed, today_wib())
    return closed


def _decide(
    partner: Partner,
    to: PartnerState,
    reason: str,
    fact: Callable[..., object],
    to_speaker: Kind | None = None,
) -> Partner:
    """Move a mitra, with the reason; where it stands there already, the second click finds it done."""
    why = rules.required_reason(reason)
    locked = Partner.objects.locked(partner.pk)
    if locked.state == to and locked.state_reason == why:
        return locked
    _move(locked, to, today_wib(), why)
    record(fact(partner_id=locked.pk, name=locked.name), subject=locked, changes={"reason": ["", why]})
    if to_speaker is not None:
        tell_speaker(to_speaker, locked, why)
    return locked


def _move(partner: Partner, to: PartnerState, on: date, reason: str = "") -> None:
    partner.state = PARTNER.move(partner.state, to)
    partner.state_on, partner.state_reason = on, reason
    partner.save(update_fields=["state", "state_on", "state_reason", "validated_on", "updated_at"])


def _require_proposed(partner: Partner) -> None:
    if partner.state not in WAITING:
        raise Refused(
            _("Usulan mitra ini sudah diputuskan: “%s”. Muat ulang halamannya.")
            % PartnerState(partner.state).label
        )


def _require_proposed_by(partner: Partner, day: date) -> None:
    proposed = Proposal.objects.filter(partner=partner).first()
    if proposed is not None and day < proposed.proposed_on:
        raise Refused(
            _("Mitra ini baru diusulkan pada %s. Pilih hari itu atau sesudahnya.")
            % day_in_words(proposed.proposed_on),
            field="validated_on",
        )
