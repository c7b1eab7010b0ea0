"""How many people work in a member's business, stated for a day."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_problem
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.pipeline.events import JobsStated
from okoce.pipeline.models import JobStatement
from okoce.pipeline.states import JobLevel

MOST_WORKERS = 100_000


@action(Permission.PIPELINE_GIVE_EVIDENCE)
def state_jobs(
    actor: Actor, member: Member, workers: int, stated_on: date, level: str = JobLevel.CLAIMED.value
) -> JobStatement:
    """State how many people work in the business, the owner included; a second statement of the same day and level replaces
    the first. Refuses a future day and an impossible number."""
    _require_possible(workers, stated_on, level)
    locked = Member.objects.locked_standing(member.pk)
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


def _require_possible(workers: int, stated_on: date, level: str) -> None:
    errors = []
    if not 0 <= workers <= MOST_WORKERS:
        errors.append(FieldError("workers", _("Jumlah pekerja harus 0 sampai 100.000, termasuk pemilik.")))
    problem = day_problem(stated_on)
    if problem:
        errors.append(FieldError("stated_on", problem))
    if level not in JobLevel.values:
        errors.append(
            FieldError(
                "level",
                _("Tingkat bukti ini tidak dikenal. Pakai salah satu: %s.") % ", ".join(JobLevel.values),
            )
        )
    if errors:
        raise Invalid(errors)
