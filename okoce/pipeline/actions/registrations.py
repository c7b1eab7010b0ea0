"""Correcting the day on which somebody came in, and with it the completion of P1."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.births import birth_problem
from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_in_words, day_problem
from okoce.foundation.shared.errors import Refused
from okoce.pipeline.events import RegistrationDayCorrected
from okoce.pipeline.settling import Standing
from okoce.pipeline.states import EvidenceState, Stage

# What was refused or withdrawn says nothing about her days.
_STANDS = frozenset({EvidenceState.CLAIMED, EvidenceState.VERIFIED})


@action(Permission.MEMBERS_CORRECT)
def correct_registration_day(actor: Actor, member: Member, day: date) -> Member:
    """Correct the day on which somebody came in, as her paper says it; P1 is completed on that day, and past days are counted
    anew. The same day changes nothing.

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
    _complete_on(standing, before, day)
    locked.registered_on = day
    locked.save(update_fields=["registered_on", "updated_at"])
    told = RegistrationDayCorrected(member_id=locked.pk, from_on=before.isoformat(), to_on=day.isoformat())
    record(told, subject=locked, changes={"registered_on": [before, day]})
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


def _complete_on(standing: Standing, before: date, day: date) -> None:
    """P1 follows where it was completed by coming in; one that was completed on a day of its own stays."""
    done = standing.records.get(Stage.P1_REGISTRATION)
    if done is None or done.completed_on != before:
        return
    done.completed_on, done.rule_code = day, standing.rule_on(day).code
    if done.started_on is not None:
        done.started_on = day
    done.save(update_fields=["completed_on", "started_on", "rule_code", "updated_at"])
