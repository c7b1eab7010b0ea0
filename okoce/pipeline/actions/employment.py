"""How many people work in a member's business, stated for a day."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import day_problem
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.pipeline.models import JobStatement
from okoce.pipeline.queries.waiting import may_verify
from okoce.pipeline.states import JobLevel, Stage
from okoce.pipeline.stating import note_jobs, worker_errors


@action(Permission.PIPELINE_GIVE_EVIDENCE)
def state_jobs(
    actor: Actor, member: Member, workers: int, stated_on: date, level: str = JobLevel.CLAIMED.value
) -> JobStatement:
    """State how many people work in the business, the owner included; a second statement of the same day and level replaces
    the first. Refuses a future day, an impossible number, and a level above what the member says from whoever may not judge
    her permits."""
    _require_possible(workers, stated_on, level)
    if level != JobLevel.CLAIMED and not may_verify(actor, member, Stage.P4_PERMITS):
        sentence = _(
            "Peran Anda mencatat jumlah menurut anggota. Dilihat atau ada dokumen dicatat oleh yang memeriksa P4."
        )
        raise Invalid([FieldError("level", sentence)])
    return note_jobs(actor, Member.objects.locked_standing(member.pk), workers, stated_on, level)


def _require_possible(workers: int, stated_on: date, level: str) -> None:
    errors = worker_errors(workers)
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
