"""Writing down how many people work in a business, for the deeds that do: a statement by itself, and a permit that tells it."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import FieldError
from okoce.pipeline.events import JobsStated
from okoce.pipeline.models import JobStatement
from okoce.pipeline.states import JobLevel

MOST_WORKERS = 100_000


def note_jobs(actor: Actor, locked: Member, workers: int, stated_on: date, level: str) -> JobStatement:
    """Write a statement down that was checked, about a member who is held."""
    before = JobStatement.objects.filter(member=locked, stated_on=stated_on, level=level).first()
    if before is not None and before.workers == workers:
        return before
    statement, _is_new = JobStatement.objects.update_or_create(
        member=locked,
        stated_on=stated_on,
        level=level,
        defaults={"workers": workers, "given_by": actor.label},
    )
    record(
        JobsStated(
            member_id=locked.pk,
            stated_on=stated_on.isoformat(),
            workers=workers,
            level=level,
            label=str(JobLevel(level).label),
        ),
        subject=locked,
    )
    return statement


def worker_errors(workers: int) -> list[FieldError]:
    """What is wrong with a number of workers."""
    if 0 <= workers <= MOST_WORKERS:
        return []
    return [FieldError("workers", _("Jumlah pekerja harus 0 sampai 100.000, termasuk pemilik."))]
