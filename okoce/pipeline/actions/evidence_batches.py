"""Handing in one occasion's evidence for many people: written down at once, carried out person by person, stopped in between."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.members.queries import members_among
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.alone import alone_with
from okoce.foundation.shared.errors import Conflict, DomainError, FieldError, Invalid, Refused
from okoce.foundation.shared.jobs import defer
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.batch_models import EvidenceBatch, EvidenceLine
from okoce.pipeline.events import EvidenceBatchFinished, EvidenceBatchStarted, EvidenceBatchStopped
from okoce.pipeline.queries.evidence_batches import batch_for, given_in
from okoce.pipeline.queries.giving import GivenEvidence, checked_evidence
from okoce.pipeline.queries.outlooks import outlook_for
from okoce.pipeline.states import BUSY, EVIDENCE_BATCH, BatchState, LineState, Stage

RIGHT = Permission.PIPELINE_GIVE_EVIDENCE
CARRY_OUT_JOB = "pipeline.hand_in_batch"
LOCK = "pipeline.evidence_batch"  # held by whoever carries it out
MOST_LINES = 1_000
LONGEST_KEY, LONGEST_NUMBER = 64, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceForMany:
    """What is handed in, and for whom: by record, the number of her document where it has one of its own, else ""."""

    key: str
    given: GivenEvidence
    numbers: Mapping[int, str]


@action(RIGHT)
def start_evidence_batch(actor: Actor, asked: EvidenceForMany) -> EvidenceBatch:
    """Write down what is to be handed in for whom, and have it carried out. With the same key twice it is once.

    Refuses wrong fields, nobody and too many, and a key that was used for something else. Who is out of the actor's sight is
    left out; who may not have it handed in is told so by her own line.
    """
    if actor.user_id is None:
        raise Refused(_("Bukti untuk banyak orang diserahkan oleh akun seseorang."))
    given = checked_evidence(asked.given)
    ids = _seen(actor, asked)
    batch, is_new = EvidenceBatch.objects.get_or_create(
        author_user_id=actor.user_id,
        key=asked.key[:LONGEST_KEY],
        defaults={
            "author": actor.label,
            "language": get_language() or "id",
            "stage": given.stage,
            "kind": given.kind,
            "happened_on": given.happened_on,
            "note": given.note,
            "partner_id": given.partner,
        },
    )
    if not is_new:
        _require_same(batch, given, ids)
        return batch
    EvidenceLine.objects.bulk_create(
        EvidenceLine(
            batch=batch,
            place=place,
            member_id=member_id,
            number=_number(asked.numbers[member_id]) or given.number,
        )
        for place, member_id in enumerate(ids, start=1)
    )
    stage = Stage(given.stage).code
    record(EvidenceBatchStarted(batch_id=batch.pk, stage=stage, people=len(ids)), subject=batch)
    defer(CARRY_OUT_JOB, batch_id=batch.pk)
    return batch


@action(RIGHT)
def hand_in_line(actor: Actor, line_id: int, member_id: int) -> None:
    """Hand in the evidence of one person of one's batch, and write down what became of it. Twice is once."""
    Member.objects.locked(member_id)  # before the line, as every deed about a person does
    line = EvidenceLine.objects.locked(line_id)
    if line is None or line.state != LineState.WAITING or line.member_id != member_id:
        return  # somebody was faster, or she was erased
    batch_for(actor, line.batch_id)
    given, line.number = given_in(line), ""
    try:
        member = Member.objects.locked_standing(member_id)
        outlook = outlook_for(actor, member, given)
        line.state, line.sentence = outlook.state, outlook.sentence
        if outlook.state == LineState.TAKEN:
            give_evidence(actor, member, given)
    except DomainError as refusal:
        line.state, line.sentence = LineState.REFUSED, refusal.sentence
    line.save(update_fields=["state", "sentence", "number"])


@action(RIGHT)
def leave_out_line(actor: Actor, line_id: int, sentence: str) -> None:
    """Write down why the evidence of one person of one's batch could not be handed in at all. Who had her turn keeps it."""
    line = EvidenceLine.objects.locked(line_id)
    if line is None or line.state != LineState.WAITING:
        return
    batch_for(actor, line.batch_id)
    line.state, line.sentence, line.number = LineState.REFUSED, sentence, ""
    line.save(update_fields=["state", "sentence", "number"])


@action(RIGHT)
def stop_evidence_batch(actor: Actor, batch_id: int) -> EvidenceBatch:
    """Stop after the person who is being seen to, or at once where nobody is at it; who had her turn keeps what was handed in.
    One that is over stays so."""
    batch = _locked(actor, batch_id)
    if batch.state not in BUSY:
        return batch
    if batch.stop_asked_at is None:
        batch.stop_asked_at = timezone.now()
        record(EvidenceBatchStopped(batch_id=batch.pk), subject=batch)
    with alone_with(LOCK, batch.pk) as nobody_is_at_it:
        if nobody_is_at_it:
            batch.state = EVIDENCE_BATCH.move(batch.state, BatchState.STOPPED)
            batch.finished_at = timezone.now()
    batch.save(update_fields=["state", "stop_asked_at", "finished_at", "updated_at"])
    return batch


@action(RIGHT)
def finish_evidence_batch(actor: Actor, batch_id: int) -> None:
    """Everybody had her turn."""
    batch = _locked(actor, batch_id)
    if batch.state != BatchState.RUNNING:
        return
    batch.state = EVIDENCE_BATCH.move(batch.state, BatchState.DONE)
    batch.finished_at = timezone.now()
    batch.save(update_fields=["state", "finished_at", "updated_at"])
    taken = batch.lines.filter(state=LineState.TAKEN).count()
    refused = batch.lines.filter(state=LineState.REFUSED).count()
    record(EvidenceBatchFinished(batch_id=batch.pk, taken=taken, refused=refused), subject=batch)


def _seen(actor: Actor, asked: EvidenceForMany) -> list[int]:
    """In the order in which they were chosen."""
    if len(asked.numbers) > MOST_LINES:
        raise Refused(_("Sekali jalan paling banyak %s orang. Persempit pilihannya.") % MOST_LINES)
    seen = {member.pk for member in members_among(actor, list(asked.numbers), Permission.MEMBERS_READ)}
    if not seen:
        raise Refused(_("Yang dipilih tidak ada dalam wilayah tugas Anda. Muat ulang daftarnya."))
    return [member_id for member_id in asked.numbers if member_id in seen]


def _number(written: str) -> str:
    """As it may be stored; whether it is a document's is judged when its line is handed in."""
    read = clean_text(written, LONGEST_NUMBER)
    if isinstance(read, Unreadable):
        raise Invalid([FieldError("number", f"{read.reason} {read.suggestion}")])
    return read


def _require_same(batch: EvidenceBatch, given: GivenEvidence, ids: list[int]) -> None:
    then = (batch.stage, batch.kind, batch.happened_on, batch.note, batch.partner_id)
    people = set(batch.lines.values_list("member_id", flat=True))
    if then != (given.stage, given.kind, given.happened_on, given.note, given.partner) or people != set(ids):
        raise Conflict(_("Kiriman ini sudah diterima dengan isi lain. Kembali ke daftar, lalu mulai lagi."))


def _locked(actor: Actor, batch_id: int) -> EvidenceBatch:
    seen = batch_for(actor, batch_id)
    return EvidenceBatch.objects.select_for_update(of=("self",), no_key=True).get(pk=seen.pk)
