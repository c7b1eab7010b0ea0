"""Which mitra a consent may name, and every consent of a person in words: for her own page and for the officer's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.actions.own_consents import Named
from okoce.community.members.models import Consent
from okoce.community.members.queries import all_purposes, purposes_on
from okoce.community.partners.queries.partners import partner_names
from okoce.community.partners.queries.referrals import receivers_for
from okoce.community.partners.states import PartnerKind
from okoce.foundation.shared.errors import FieldError, Invalid

# Which kinds of mitra a purpose may name.
KINDS = {
    "bank": frozenset({PartnerKind.BANK.value}),
    "office": frozenset(
        kind.value
        for kind in (
            PartnerKind.SKPD,
            PartnerKind.PTSP,
            PartnerKind.PLUT,
            PartnerKind.MINISTRY,
            PartnerKind.OFFICE,
        )
    ),
}


def partners_to_name(region: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The active mitra that serve a kecamatan and may be named, for a form: banks, then offices."""
    serving = receivers_for(region)
    offered = (
        (words, [(str(one.pk), one.name) for one in serving if one.kind in KINDS[kind]])
        for kind, words in (("bank", _("Bank")), ("office", _("Kantor pemerintah")))
    )
    return [(words, partners) for words, partners in offered if partners]


def named_partner(region: str, purpose: str, chosen: str, day: date) -> Named | None:
    """The mitra that somebody chose for a purpose; None for a purpose that names nobody. Refuses one of another kind, one that
    does not serve there, and none where one is needed."""
    aim = purposes_on(day).get(purpose)
    if aim is None or not aim.recipient:
        return None
    fitting = [one for one in receivers_for(region) if one.kind in KINDS[aim.recipient]]
    for one in fitting:
        if str(one.pk) == chosen:
            return Named(one.pk, one.name)
    sentence = (
        _("Pilih bank yang Anda maksud.")
        if aim.recipient == "bank"
        else _("Pilih kantor pemerintah yang Anda maksud.")
    )
    raise Invalid([FieldError("partner", sentence)])


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One consent in words: for what and whom, by whose word, since when and until when."""

    consent_id: int
    purpose: str
    to: str
    given_on: date
    version: str
    given_by: str
    withdrawn_on: date | None
    withdrawn_by: str
    is_specific: bool
    may_be_withdrawn: bool


def consent_lines(given: Sequence[Consent], own_user_ids: Iterable[int] = ()) -> list[ConsentLine]:
    """Consents in hand, in words; an officer is told as such, without her name. Public."""
    aims, mine = all_purposes(), set(own_user_ids)
    names = partner_names([one.partner_id for one in given if one.partner_id is not None])
    return [
        ConsentLine(
            one.pk,
            aims[one.purpose].name,
            names.get(one.partner_id or 0, ""),
            one.given_on,
            one.text_version,
            _("sendiri") if one.witnessed_by is None else _("di depan petugas"),
            one.withdrawn_on,
            _whose(one.withdrawn_by, mine) if one.withdrawn_on else "",
            aims[one.purpose].is_specific,
            one.withdrawn_on is None and one.purpose != "programme",
        )
        for one in given
    ]


def _whose(user_id: int | None, mine: set[int]) -> str:
    if not user_id:
        return ""
    return _("sendiri") if user_id in mine else _("oleh petugas")
