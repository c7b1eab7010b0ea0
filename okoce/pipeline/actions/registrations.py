"""Correcting the day on which somebody came in, and with it the completion of P1 and what follows from it about her business."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.actions.businesses import correct_business
from okoce.community.members.births import birth_problem
from okoce.community.members.models import Business, Member
from okoce.community.members.states import EntryState, entry_state_at
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in_words, day_problem
from okoce.foundation.shared.errors import Refused
from okoce.pipeline.events import RegistrationDayAloneCorrected, RegistrationDayCorrected
from okoce.pipeline.settling import Standing
from okoce.pipeline.states import EvidenceState, Stage

# What was refused or withdrawn says nothing about her days.
_STANDS = frozenset({EvidenceState.CLAIMED, EvidenceState.VERIFIED})


@action(Permission.MEMBERS_CORRECT)
def correct_registration_day(actor: Actor, member: Member, day: date) -> Member:
    """Correct the day on which somebody came in, as her paper says it; a P1 that was completed by coming in follows, so does the
    state of her business at entry where it was what the days said, and past days are counted anew. The same day changes nothing.

    Refuses a day that has not come or on which nobody of her age comes in, one after she left, and one after the first proof of a
    later stage under a rule that goes step by step, also one that still waits to be checked.
    """
    locked = Member.objects.locked_standing(member.pk)
    if day == locked.registered_on:
        return locked
    standing = Standing.of(locked)
    problem = _problem_with(standing, day)
    if problem:
        raise Refused(problem, field="registered_on")
    before = locked.registered_on
    told = RegistrationDayCorrected if _complete_on(standing, before, day) else RegistrationDayAloneCorrected
    locked.registered_on = day
    locked.save(update_fields=["registered_on", "updated_at"])
    happened = told(member_id=locked.pk, from_on=before.isoformat(), to_on=day.isoformat())
    record(happened, subject=locked, changes={"registered_on": [before, day]})
    _reconsider_business(actor, standing, before, day)
    return locked


def _problem_with(standing: Standing, day: date) -> str | None:
    """Why she cannot have come in on that day, in one sentence, or None."""
    member, problem = standing.member, day_problem(day)
    if problem:
        return problem
    too_young = birth_problem(member.birth_on, day) if member.birth_on else None
    if too_young:
        return f"{too_young.reason} {too_young.suggestion}"
    if member.left_on is not None and day > member.left_on:
        return _("Anggota ini keluar %s. Tanggal daftarnya tidak mungkin sesudah itu.") % day_in_words(
            member.left_on
        )
    return _overtaken(standing, day)


def _overtaken(standing: Standing, day: date) -> str | None:
    """A later stage of which something is recorded before that day, where the rule of its own day goes step by step."""
    for later, first_on in sorted(_first_proofs(standing).items()):
        rule = standing.rule_on(first_on)
        if first_on >= day or not rule.is_sequential:
            continue
        sentence = _(
            "%(later)s (%(label)s) sudah tercatat tertanggal %(first)s. Menurut aturan “%(rule)s” tahap tidak boleh mendahului"
            " pendaftaran: pilih tanggal itu atau sebelumnya, atau cabut dulu bukti %(later)s."
        )
        named = Stage(later)
        return sentence % {
            "later": named.code,
            "label": named.label,
            "first": day_in_words(first_on),
            "rule": rule.name,
        }
    return None


def _first_proofs(standing: Standing) -> dict[int, date]:
    """Each stage behind P1 and the earliest day that stands for it: a proof, or a completion of the records before."""
    proofs = [(proof.stage, proof.happened_on) for proof in standing.evidence if proof.state in _STANDS]
    first: dict[int, date] = {}
    for stage, on in [*proofs, *standing.completed.items()]:
        if stage != Stage.P1_REGISTRATION:
            first[stage] = min(on, first.get(stage, on))
    return first


def _complete_on(standing: Standing, before: date, day: date) -> bool:
    """P1 follows where it was completed by coming in; one that was completed on a day of its own stays. Answers whether it did."""
    done = standing.records.get(Stage.P1_REGISTRATION)
    if done is None or done.completed_on != before:
        return False
    done.completed_on, done.rule_code = day, standing.rule_on(day).code
    if done.started_on is not None:
        done.started_on = day
    done.save(update_fields=["completed_on", "started_on", "rule_code", "updated_at"])
    return True


def _reconsider_business(actor: Actor, standing: Standing, before: date, day: date) -> None:
    """New or existing is judged by the day on which she came in. A state that differs from what that day says was stated by
    somebody, and stays; one that is the same follows the day, as a correction of its own that her history tells."""
    business = Business.objects.filter(member=standing.member).first()
    if business is None or business.entry_state != _entry_state(standing, business, before):
        return
    state = _entry_state(standing, business, day)
    if state != business.entry_state:
        correct_business(actor, standing.member, {"entry_state": state.value})


def _entry_state(standing: Standing, business: Business, day: date) -> EntryState:
    """As at intake: a licence (P4) or a business from before that day. A NIB that was not counted as held at entry is not now."""
    licensed_on = standing.completed.get(Stage.P4_PERMITS)
    if licensed_on is not None and licensed_on < day:
        return EntryState.LICENSED
    return entry_state_at(
        day,
        nib=business.nib if business.entry_state == EntryState.LICENSED else "",
        since_on=business.since_on,
        work_status=standing.member.work_status,
    )
