"""What a demo has of the organisation: centres of its komunitas, mitra, agreements that run, run out and have ended, and referrals.

All of it is made up and says so in its name; nothing of it was ever published.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from okoce.community.centres.actions import (
    Details,
    close_centre,
    open_centre,
    pause_centre,
    plan_centre,
)
from okoce.community.groups.actions.areas import change_areas
from okoce.community.groups.models import Group
from okoce.community.groups.queries import active_group_named
from okoce.community.members.models import Member
from okoce.community.members.queries import members_of_phone
from okoce.community.partners.actions.agreements import (
    NewAgreement,
    NewObligation,
    add_obligation,
    end_agreement,
    register_agreement,
)
from okoce.community.partners.actions.partners import (
    NewPartner,
    check_partner,
    create_partner,
    validate_partner,
)
from okoce.community.partners.actions.referral_clock import escalate_referral
from okoce.community.partners.actions.referrals import (
    NewReferral,
    Referral,
    accept_referral,
    close_referral,
    send_referral,
)
from okoce.community.partners.models import Partner
from okoce.community.partners.queries.partners import active_partner_named, checklist_of
from okoce.dashboards.messages.occasions import tell_of_agreements
from okoce.demo.people import phone_of
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.territory.queries import districts
from okoce.foundation.territory.tree import Place

JAKARTA, WEST_JAVA, CENTRAL_JAVA = "31", "32", "33"
SENEN = "31.71.04"
FIRST_CENTRE = date(2018, 2, 5)
BUILDING = timedelta(days=30)
CENTRES = 12
# Beyond the telephones of the people, whose numbers begin at 0.
FIRST_CONTACT = 99_000_000
REFERRED = 3  # to each of two mitra
LATE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Sample:
    """A mitra that serves one province, and its agreement: the days from today on which it begins and ends; negative ones lie
    behind."""

    name: str
    kind: str
    area: str
    stages: tuple[int, ...]
    subject: str
    begins: int
    ends: int


BANK = Sample("Bank Contoh", "bank", JAKARTA, (7,), "Contoh: kredit usaha tanpa agunan", -360, 5)
COMPANY = Sample("Perusahaan Contoh", "company", JAKARTA, (5,), "Contoh: rak untuk usaha kecil", -300, 65)
# The one for which the demo's mitra contact acts: its agreement holds, and people wait for it.
SHOP = Sample(
    "Toko Bersama Contoh", "company", JAKARTA, (5,), "Contoh: rak bersama untuk usaha anggota", -120, 240
)
SAMPLES = (
    BANK,
    COMPANY,
    SHOP,
    Sample("Dinas UMKM Contoh", "skpd", JAKARTA, (2, 3), "Contoh: pelatihan dan pendampingan", -200, 25),
    Sample("PTSP Contoh", "ptsp", JAKARTA, (4,), "Contoh: izin usaha di satu meja", -100, 630),
    Sample("PLUT Contoh", "plut", WEST_JAVA, (3, 5), "Contoh: pendampingan dan pameran", -60, 305),
    Sample("Kampus Contoh", "campus", CENTRAL_JAVA, (2,), "Contoh: mahasiswa melatih pembukuan", -30, 335),
    Sample("Yayasan Contoh", "foundation", JAKARTA, (6,), "Contoh: buku kas di ponsel", -700, -40),
    Sample("Media Contoh", "media", JAKARTA, (5,), "Contoh: liputan usaha anggota", -90, 275),
)


def make_organisation(actor: Actor) -> None:
    """Make what is not there yet; whatever somebody has changed of it since stays. Whoever looks after agreements has her message
    that one of them runs out at once: a demo does not wait for the morning on which the job runs."""
    _make_centres(actor)
    for number, sample in enumerate(SAMPLES, start=1):
        _make_agreement(actor, number, sample)
    _make_referrals(actor)
    _make_referrals_to_the_shop(actor)
    tell_of_agreements()


def partner_of(actor: Actor, sample: Sample) -> Partner:
    """The validated mitra, made once."""
    found = active_partner_named(sample.name)
    if found is None:
        new = NewPartner(name=sample.name, kind=sample.kind, areas=(sample.area,), is_synthetic=True)
        proposed, today = create_partner(actor, new), today_wib()
        check_partner(actor, proposed, {one.item_id for one in checklist_of(proposed, today)})
        found = validate_partner(actor, proposed, today)
    return found


def _make_centres(actor: Actor) -> None:
    """One each for the first komunitas, in kecamatan of Jakarta: most are open, others are planned, paused and closed."""
    for number, place in enumerate(_spread(districts(JAKARTA))):
        group = active_group_named(f"CONTOH-{number + 1:03d}")
        if group is not None and not group.centres.exists():
            change_areas(actor, group, [place.code])
            _make_centre(actor, number, group, place.code, place.name)


def _spread(places: Sequence[Place]) -> list[Place]:
    """Far from each other, so that the kecamatan of every kota is there; the first is where the demo's officer works."""
    codes = [place.code for place in places]
    start = codes.index(SENEN) if SENEN in codes else 0
    step = max(1, len(places) // CENTRES)
    return [*places[start:], *places[:start]][::step][:CENTRES]


def _make_centre(actor: Actor, number: int, group: Group, region: str, place: str) -> None:
    details = Details(
        name=f"Pusat Contoh {place}",
        address=f"Jl. Contoh No. {number + 1}, {place}",
        hours="Senin–Jumat 09.00–16.00",
        contact_phone=phone_of(FIRST_CONTACT + number),
    )
    planned_on = FIRST_CENTRE + timedelta(weeks=number)
    centre = plan_centre(actor, group, details, region, planned_on)
    if number % 6 == 5:
        return
    open_centre(actor, centre, planned_on + BUILDING)
    if number % 12 == 3:
        pause_centre(actor, centre, today_wib() - BUILDING, "Contoh: gedung diperbaiki.")
    if number % 12 == 9:
        close_centre(actor, centre, date(2019, 6, 28), "Contoh: masa sewa habis.")


def _make_agreement(actor: Actor, number: int, sample: Sample) -> None:
    partner = partner_of(actor, sample)
    if partner.agreements.exists():
        return
    today = today_wib()
    begins, ends = (today + timedelta(days=days) for days in (sample.begins, sample.ends))
    agreement = register_agreement(
        actor,
        NewAgreement(
            kind="pks",
            number=f"CONTOH/{number:02d}/PKS",
            subject=sample.subject,
            signed_on=begins - timedelta(days=7),
            from_on=begins,
            last_on=ends,
            stages=sample.stages,
            places=(sample.area,),
            partner_ids=(partner.pk,),
        ),
    )
    if sample is COMPANY:
        end_agreement(actor, agreement, today - timedelta(days=20), "Contoh: toko ditutup.")
    for promise in _promises(sample, begins, ends):
        add_obligation(actor, agreement, promise)


def _promises(sample: Sample, begins: date, ends: date) -> list[NewObligation]:
    """What its agreement holds it to; of most samples nothing that is measured."""
    told: list[tuple[str, str, str, int | None]] = []
    if 2 in sample.stages:
        told = [("partner", "1.000 kursi pelatihan", "seats", 1_000)]
    elif sample is SHOP:
        told = [
            ("partner", "Contoh: 40 tempat di rak bersama", "places", 40),
            ("partner", "Contoh: 60 anggota dilayani sampai jualannya dipajang", "people", 60),
            ("movement", "Contoh: anggota dirujuk sesudah izinnya terbit", "", None),
        ]
    return [
        NewObligation(ower=ower, text=text, from_on=begins, last_on=ends, metric=metric, amount=amount)
        for ower, text, metric, amount in told
    ]


def _make_referrals(actor: Actor) -> None:
    """The first people of Jakarta, sent to the bank that serves there; it has taken on one of them."""
    bank = partner_of(actor, BANK)
    if bank.referrals_received.exists():
        return
    for number, member in enumerate(_first_of_jakarta()[:REFERRED]):
        referral = _sent(actor, member, bank, 7, "Contoh: modal untuk oven yang lebih besar")
        if number == 0:
            accept_referral(actor, referral)


def _make_referrals_to_the_shop(actor: Actor) -> None:
    """The next people of Jakarta: one was served, for one its answer is overdue, one came in today."""
    shop = partner_of(actor, SHOP)
    if shop.referrals_received.exists():
        return
    for number, member in enumerate(_first_of_jakarta()[REFERRED:]):
        referral = _sent(actor, member, shop, 5, "Contoh: tempat jualan untuk kue kering")
        if number == 0:
            close_referral(
                actor, accept_referral(actor, referral), "served", "Contoh: sudah dipajang di rak."
            )
        elif number == 1:
            _was_sent_before(actor, referral)
            escalate_referral(actor, referral)


def _sent(actor: Actor, member: Member, to: Partner, stage: int, need: str) -> Referral:
    return send_referral(
        actor,
        NewReferral(
            number=member.number,
            from_partner_id=None,
            to_partner_id=to.pk,
            stage=stage,
            need=need,
            consent_on=today_wib(),
            consent_way="present",
        ),
    )


def _was_sent_before(actor: Actor, referral: Referral) -> None:
    """A demo begins today, and nobody has waited in it yet: of this one it is made up that it was sent weeks ago."""
    with transaction.atomic(), opened_by(actor):
        Referral.objects.filter(pk=referral.pk).update(
            sent_at=F("sent_at") - LATE, consent_on=F("consent_on") - LATE, due_on=F("due_on") - LATE
        )


def _first_of_jakarta() -> list[Member]:
    """Those who are sent to the bank, then those who are sent to the shop."""
    people = (
        member for number in range(100) for member in members_of_phone(str(parse_phone(phone_of(number))))
    )
    return [member for member in people if member.region.startswith(f"{JAKARTA}.")][: 2 * REFERRED]
