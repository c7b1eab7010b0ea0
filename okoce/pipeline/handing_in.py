"""Carrying out evidence for many: person by person, each in a transaction of her own, by its author with the rights of now."""

from datetime import timedelta

import structlog
from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import actor_for_user_id
from okoce.foundation.shared.alone import alone_with
from okoce.foundation.shared.jobs import will_run
from okoce.pipeline.actions.evidence_batches import (
    CARRY_OUT_JOB,
    LOCK,
    finish_evidence_batch,
    hand_in_line,
    leave_out_line,
)
from okoce.pipeline.batch_models import EvidenceBatch, EvidenceLine
from okoce.pipeline.states import BUSY, BatchState

log = structlog.get_logger(__name__)
KEPT_DAYS = 7
# A connection that was lost, a deadlock, a statement that took too long: nobody's fault, and gone when it is tried again.
PASSING = (OperationalError, InterfaceError)


def carry_out(batch_id: int) -> bool:
    """See to everybody who has not had her turn; begun again after a kill it goes on where it stood. Answers whether that is all:
    not where somebody else is at it, who may yet fail."""
    with alone_with(LOCK, batch_id) as is_alone:
        batch = EvidenceBatch.objects.filter(pk=batch_id, state__in=BUSY).first()
        if batch is None:
            return True  # over, or gone
        if is_alone:
            with override(batch.language):
                _carry_out(batch)
        return is_alone


def _carry_out(batch: EvidenceBatch) -> None:
    begun_at = batch.started_at or timezone.now()
    still = EvidenceBatch.objects.filter(pk=batch.pk, state__in=BUSY)
    if not still.update(state=BatchState.RUNNING, started_at=begun_at):
        return  # stopped since it was looked up
    waiting = EvidenceLine.objects.filter(batch=batch).waiting().order_by("place")
    for line_id, member_id in list(waiting.values_list("pk", "member_id")):
        if EvidenceBatch.objects.filter(pk=batch.pk, stop_asked_at__isnull=False).exists():
            _end(batch, BatchState.STOPPED)
            return
        actor = _author_of(batch)
        if actor is None:
            _fail(batch)
            return
        _see_to(actor, line_id, member_id)
    actor = _author_of(batch)
    if actor is None:
        _fail(batch)
        return
    finish_evidence_batch(actor, batch.pk)
    log.info("evidence handed in", batch_id=batch.pk)


def _see_to(actor: Actor, line_id: int, member_id: int) -> None:
    """What nobody foresaw about one person is told on her line, and keeps nobody else waiting."""
    try:
        hand_in_line(actor, line_id, member_id)
    except PASSING:
        raise
    except Exception:
        log.exception("evidence of one person could not be handed in", line_id=line_id)
        sentence = _(
            "Ada gangguan pada sistem, jadi buktinya belum diserahkan. Serahkan lagi dari halaman orangnya; kalau gagal lagi, beri"
            " tahu sekretariat."
        )
        leave_out_line(actor, line_id, sentence)


def _author_of(batch: EvidenceBatch) -> Actor | None:
    """With the grants of now: whoever has lost the right in the meantime hands nothing in."""
    actor = actor_for_user_id(batch.author_user_id)
    return actor if actor is not None and actor.may(Permission.PIPELINE_GIVE_EVIDENCE) else None


def _fail(batch: EvidenceBatch) -> None:
    _end(batch, BatchState.FAILED, _("Petugas yang menyerahkan tidak lagi berhak menyerahkan bukti."))


def _end(batch: EvidenceBatch, state: BatchState, error: str = "") -> int:
    return EvidenceBatch.objects.filter(pk=batch.pk, state__in=BUSY).update(
        state=state, error=error, finished_at=timezone.now()
    )  # fmt: skip


def end_stalled() -> int:
    """Let each batch fail that is not over, that nobody is at, and that no job will try again: whoever handed it in reads who was
    not reached, and carries on with them. Answers how many."""
    ended = 0
    for batch in EvidenceBatch.objects.filter(state__in=BUSY).order_by("pk"):
        with alone_with(LOCK, batch.pk) as is_alone:
            if not is_alone or will_run(CARRY_OUT_JOB, batch_id=batch.pk):
                continue
            with override(batch.language):
                stop = BatchState.STOPPED if batch.stop_asked_at else BatchState.FAILED
                ended += _end(batch, stop, "" if batch.stop_asked_at else _gave_up())
            log.warning("evidence for many gave up", batch_id=batch.pk)
    return ended


def _gave_up() -> str:
    return _(
        "Penyerahan ini sudah beberapa kali dicoba dan tetap terhenti karena gangguan pada sistem. Yang sudah diserahkan tetap"
        " tersimpan; lanjutkan dengan yang belum sempat."
    )


def batches_over() -> QuerySet[EvidenceBatch]:
    """The occasions older than a week; what was handed in stays where evidence stays."""
    return EvidenceBatch.objects.filter(created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))


def forget_old_batches() -> int:
    """Delete them with their lines. Answers how many."""
    batches = list(batches_over().values_list("pk", flat=True))
    EvidenceBatch.objects.filter(pk__in=batches).delete()
    return len(batches)
