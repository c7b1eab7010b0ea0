"""The register of agreements: signed, extended, ended early, what was promised, and the document."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from okoce.community.groups.queries import active_group
from okoce.community.organisations.areas import home_of
from okoce.community.organisations.rules import require_past, required_text
from okoce.community.partners import events, files
from okoce.community.partners.agreement_models import Agreement, Extension, Obligation, Party
from okoce.community.partners.models import Partner
from okoce.community.partners.queries.partners import partner_for
from okoce.community.partners.rules import LONGEST_REASON, all_judged, require_period, required_places
from okoce.community.partners.stages import FIRST, LAST
from okoce.community.partners.states import AgreementKind, AgreementState, Metric, Ower, PartnerState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action, require_reach
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in_words, today_wib
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid, NotFound, Refused

LONGEST_NUMBER, LONGEST_SUBJECT, LONGEST_PROMISE = 120, 300, 300
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgreement:
    """An agreement as it was signed. It holds through `last_on`. `group_id` None: the movement itself signed."""

    kind: str
    number: str
    subject: str
    signed_on: date
    from_on: date
    last_on: date
    stages: tuple[int, ...]
    places: tuple[str, ...]
    partner_ids: tuple[int, ...]
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewExtension:
    """An agreement goes on through `last_on`."""

    number: str
    signed_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NewObligation:
    """What a side promised; through `last_on`."""

    ower: str
    text: str
    from_on: date
    last_on: date
    metric: str = ""
    amount: int | None = None


@action(Permission.PARTNERS_MANAGE)
def register_agreement(actor: Actor, new: NewAgreement) -> Agreement:
    """Take down an agreement that was signed. Refuses what is missing, all of it at once, one that ends before it starts, a
    mitra or komunitas that is not active, and a number that another agreement has."""
    told = _judged(new)
    partners = _held(actor, new.partner_ids)
    if new.group_id is not None and active_group(new.group_id) is None:
        sentence = _("Komunitas itu tidak ada atau tidak aktif. Pilih yang sudah divalidasi.")
        raise Invalid([FieldError("group", sentence)])
    places = told["places"]
    agreement = Agreement(
        kind=new.kind,
        number=told["number"],
        number_key=told["number"].casefold(),
        subject=told["subject"],
        signed_on=new.signed_on,
        from_on=new.from_on,
        until_on=new.last_on + DAY,
        stages=sorted(set(new.stages)),
        places=list(places),
        region=home_of(places),
    )
    _save(agreement)
    ours = Party(agreement=agreement, group_id=new.group_id)
    Party.objects.bulk_create([*(Party(agreement=agreement, partner=one) for one in partners), ours])
    _require_within(actor, agreement)
    fact = events.AgreementRegistered(
        agreement_id=agreement.pk,
        number=agreement.number,
        from_on=new.from_on.isoformat(),
        last_on=new.last_on.isoformat(),
    )
    record(fact, subject=agreement)
    return agreement


def _judged(new: NewAgreement) -> dict[str, Any]:
    return all_judged(
        {
            "kind": lambda: _one_of("kind", new.kind, AgreementKind.values),
            "number": lambda: required_text("number", new.number, LONGEST_NUMBER),
            "subject": lambda: required_text("subject", new.subject, LONGEST_SUBJECT),
            "signed": lambda: require_past("signed_on", new.signed_on),
            "period": lambda: require_period(new.from_on, new.last_on),
            "stages": lambda: _require_stages(new.stages),
            "places": lambda: required_places(new.places, "places"),
            "partners": lambda: _require_partners(new.partner_ids),
        }
    )


def _one_of(field: str, value: str, known: Iterable[str]) -> str:
    if value not in known:
        raise Invalid([FieldError(field, _("Pilihan ini tidak dikenal. Pilih salah satu dari daftarnya."))])
    return value


def _require_stages(stages: Iterable[int]) -> None:
    wanted = set(stages)
    if not wanted or not wanted <= set(range(FIRST, LAST + 1)):
        raise Invalid([FieldError("stages", _("Belum ada tahap yang dipilih. Pilih paling sedikit satu."))])


def _require_partners(partner_ids: Iterable[int]) -> None:
    if not set(partner_ids):
        raise Invalid([FieldError("partners", _("Belum ada mitra. Sebuah perjanjian punya mitra."))])


def _held(actor: Actor, partner_ids: Iterable[int]) -> list[Partner]:
    """The partners that sign, held in one order: none is ended meanwhile."""
    wanted = [
        partner_for(actor, partner_id, Permission.PARTNERS_MANAGE).pk
        for partner_id in sorted(set(partner_ids))
    ]
    partners = [Partner.objects.locked(partner_id) for partner_id in wanted]
    resting = [one.name for one in partners if one.state != PartnerState.ACTIVE]
    if resting:
        raise Refused(
            _("Mitra ini belum divalidasi atau sedang tidak aktif: %s. Validasi dulu.") % ", ".join(resting),
            field="partners",
        )
    return partners


def _save(agreement: Agreement) -> None:
    try:
        with transaction.atomic():
            agreement.save()
    except IntegrityError as error:
        sentence = _("Perjanjian nomor “%s” sudah dicatat. Buka yang itu, atau periksa nomornya.")
        raise Conflict(sentence % agreement.number, field="number") from error


def _require_within(actor: Actor, agreement: Agreement) -> None:
    try:
        require_reach(actor, Permission.PARTNERS_MANAGE, [agreement])
    except NotFound as beyond:
        sentence = _("Wilayah ini melewati wilayah tugas Anda. Pilih yang ada di dalamnya.")
        raise NotFound(sentence, field="places") from beyond


@action(Permission.PARTNERS_MANAGE)
def extend_agreement(actor: Actor, agreement: Agreement, new: NewExtension) -> Agreement:
    """Let an agreement go on from the day on which it would end: a dated line of its own, the first lines stay. Twice is once.

    Refuses one that was ended early, and a last day that lies no later than the one it has.
    """
    number = required_text("number", new.number, LONGEST_NUMBER)
    require_past("signed_on", new.signed_on)
    locked = Agreement.objects.locked(agreement.pk)
    if locked.extensions.filter(number=number, until_on=new.last_on + DAY).exists():
        return locked
    if locked.ended_on is not None:
        raise Refused(_("Perjanjian ini sudah diakhiri lebih awal. Catat perjanjian yang baru."))
    if new.last_on < locked.until_on:
        sentence = _("Perjanjian ini sudah berlaku sampai %s. Pilih hari terakhir sesudahnya.")
        raise Invalid([FieldError("last_on", sentence % day_in_words(locked.until_on - DAY))])
    Extension.objects.create(
        agreement=locked,
        number=number,
        signed_on=new.signed_on,
        from_on=locked.until_on,
        until_on=new.last_on + DAY,
    )
    locked.until_on = new.last_on + DAY
    locked.save(update_fields=["until_on", "updated_at"])
    fact = events.AgreementExtended(agreement_id=locked.pk, number=number, last_on=new.last_on.isoformat())
    record(fact, subject=locked)
    return locked


@action(Permission.PARTNERS_MANAGE)
def end_agreement(actor: Actor, agreement: Agreement, ended_on: date, reason: str) -> Agreement:
    """End an agreement before its time, from a day on, with the reason. Twice is once.

    Refuses one that has run out or was ended already, and a day outside its time.
    """
    if not reason.strip():
        sentence = _("Tulis alasannya dalam satu kalimat; para pihak membacanya.")
        raise Invalid([FieldError("reason", sentence)])
    why = required_text("reason", reason, LONGEST_REASON)
    locked = Agreement.objects.locked(agreement.pk)
    if (locked.ended_on, locked.ended_reason) == (ended_on, why):
        return locked
    state = locked.state_on(today_wib())
    if locked.ended_on is not None or state == AgreementState.EXPIRED:
        raise Refused(_("Perjanjian ini sudah berakhir. Muat ulang halamannya."))
    if not locked.from_on <= ended_on < locked.until_on:
        told = {"first": day_in_words(locked.from_on), "last": day_in_words(locked.until_on - DAY)}
        sentence = _("Pilih hari dalam masa berlakunya: %(first)s sampai %(last)s.")
        raise Invalid([FieldError("ended_on", sentence % told)])
    locked.ended_on, locked.ended_reason = ended_on, why
    locked.save(update_fields=["ended_on", "ended_reason", "updated_at"])
    fact = events.AgreementEnded(agreement_id=locked.pk, ended_on=ended_on.isoformat())
    record(fact, subject=locked, changes={"reason": ["", why]})
    return locked


@action(Permission.PARTNERS_MANAGE)
def add_obligation(actor: Actor, agreement: Agreement, new: NewObligation) -> Obligation:
    """Write down what a side promised; the same a second time is the one that stands. Refuses an amount without what it
    counts, and the other way round."""
    told = all_judged(
        {
            "ower": lambda: _one_of("ower", new.ower, Ower.values),
            "text": lambda: required_text("text", new.text, LONGEST_PROMISE),
            "period": lambda: require_period(new.from_on, new.last_on),
            "amount": lambda: _require_measured(new.metric, new.amount),
        }
    )
    locked = Agreement.objects.locked(agreement.pk)
    row = {
        "ower": new.ower,
        "text": told["text"],
        "metric": new.metric,
        "amount": new.amount,
        "from_on": new.from_on,
        "until_on": new.last_on + DAY,
    }
    stands = Obligation.objects.filter(agreement=locked, struck_on__isnull=True, **row).first()
    if stands is not None:
        return stands
    added = Obligation.objects.create(agreement=locked, **row)
    record(events.ObligationAdded(agreement_id=locked.pk, obligation_id=added.pk), subject=locked)
    return added


def _require_measured(metric: str, amount: int | None) -> None:
    if metric and metric not in Metric.values:
        raise Invalid([FieldError("metric", _("Ukuran ini tidak dikenal. Pilih salah satu dari daftarnya."))])
    if metric and (amount is None or amount < 1):
        raise Invalid([FieldError("amount", _("Jumlahnya kosong. Tulis berapa, misalnya 1000."))])
    if amount is not None and not metric:
        raise Invalid([FieldError("metric", _("Jumlah tanpa ukuran. Pilih apa yang dihitung."))])


@action(Permission.PARTNERS_MANAGE)
def strike_obligation(actor: Actor, obligation: Obligation) -> Obligation:
    """Strike a promise that was written down by mistake; it stays readable. Twice is once."""
    locked = Agreement.objects.locked(obligation.agreement_id)
    found = Obligation.objects.select_for_update(of=("self",), no_key=True).get(pk=obligation.pk)
    if found.struck_on is None:
        found.struck_on = today_wib()
        found.save(update_fields=["struck_on"])
        record(events.ObligationStruck(agreement_id=locked.pk, obligation_id=found.pk), subject=locked)
    return found


@action(Permission.PARTNERS_MANAGE)
def keep_document(actor: Actor, agreement: Agreement, chunks: Iterable[bytes]) -> Agreement:
    """Keep the signed PDF; the one before goes once the new one stands. Refuses what is no PDF or too large."""
    locked = Agreement.objects.locked(agreement.pk)
    before = locked.document
    stored = files.store(chunks)
    try:
        locked.document, locked.document_hash = stored.name, stored.sha256
        locked.save(update_fields=["document", "document_hash", "updated_at"])
        fact = events.AgreementDocumentKept(agreement_id=locked.pk, sha256=stored.sha256)
        record(fact, subject=locked)
    except Exception:
        files.DOCUMENTS.forget(stored.name)
        raise
    transaction.on_commit(lambda: files.DOCUMENTS.forget(before))
    return locked
