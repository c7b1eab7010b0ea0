"""The one card of the next step: what stands around a journey, gathered; and the step as the kit draws it."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date
from django.db.models import Q, Subquery
from django.utils.translation import gettext as _

from okoce.community.groups.queries import Served, group_with_officer
from okoce.community.members.models import Helper, Member
from okoce.community.partners.queries.partners import name_of_partner
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import name_in_office
from okoce.foundation.shared.days import day_in
from okoce.foundation.territory.queries import name_of, zone_of
from okoce.foundation.web import steps as kit
from okoce.foundation.web.numbers import count_text, is_english
from okoce.foundation.web.passport import StampState
from okoce.pipeline.next_steps import Basis, HelpingHand, Look, NextStep, Surroundings, next_step_of
from okoce.pipeline.queries.journeys import StageStep
from okoce.pipeline.rules import rule_on
from okoce.pipeline.states import Stage, StageState
from okoce.pipeline.terms import all_terms

A_YEAR = 365
LOOKS = {Look.LATE: kit.StepLook.LATE, Look.WAITING: kit.StepLook.WAITING}
STATES = {
    StageState.COMPLETED.value: StampState.VERIFIED,
    StageState.CLAIMED.value: StampState.CLAIMED,
}


def next_card(actor: Actor, member: Member, journey: Sequence[StageStep]) -> kit.NextStep:
    """The one card of a member whose journey the actor has just read."""
    step = next_step_for(actor, member, journey)
    return kit.NextStep(
        title=step.order,
        sentence=step.why,
        trail=_trail(journey, step),
        where=_where(step.stage),
        look=LOOKS.get(step.look, kit.StepLook.NORMAL),
        eyebrow=_("Menunggu orang lain") if step.look is Look.WAITING else "",
        deadline=kit.Deadline(step.due_on, _weekday(step.due_on), _due_note(step), _due_label(step)),
        helper=kit.StepHelper(
            step.helper.name,
            f"{step.helper.part}. {step.helper.where}",
            _("Yang sedang bekerja") if step.look is Look.WAITING else "",
        ),
        stuck=step.stuck_label,
        aside=step.aside,
        date_reason=step.date_reason,
        question=step.question,
        answer=step.answer,
    )


def next_step_for(actor: Actor, member: Member, journey: Sequence[StageStep]) -> NextStep:
    """The step of the card alone, for whoever tells of it elsewhere."""
    return next_step_of(journey, _surroundings(actor, member))


def _trail(journey: Sequence[StageStep], step: NextStep) -> list[kit.TrailStop]:
    """Where she stands is lit; what waits for others stays dashed."""
    return [
        kit.TrailStop(
            one.stage.value,
            str(one.stage.label),
            StampState.CURRENT
            if one.stage == step.stage and step.look is not Look.WAITING
            else STATES.get(one.state, StampState.TODO),
        )
        for one in journey
    ]


def _where(stage: Stage | None) -> str:
    if stage is None:
        return _("Semua tahap di wilayah Anda sudah dicap")
    return _("Anda di tahap %(number)s dari 7: %(name)s") % {"number": stage.value, "name": stage.label}


def _weekday(day: date) -> str:
    """Sabtu, 28 November 2026."""
    return format_date(day, "EEEE, d MMMM y", locale="en" if is_english() else "id_ID")


def _due_label(step: NextStep) -> str:
    if step.basis is Basis.CHECK:
        return _("Seharusnya sudah diperiksa") if step.is_late else _("Biasanya sudah diperiksa")
    if step.is_late:
        return _("Tanggal yang terlewat")
    return _("Beri kabar paling lambat") if step.basis is Basis.CHECK_IN else ""


def _due_note(step: NextStep) -> str:
    if step.days_left == 0:
        return _("Hari ini")
    if step.days_left < -A_YEAR:  # thousands of days would only shame
        return _("Lewat lebih dari setahun")
    if step.days_left < 0:
        return _("Lewat %s hari") % count_text(-step.days_left)
    return _("%s hari lagi") % count_text(step.days_left)


def _surroundings(actor: Actor, member: Member) -> Surroundings:
    zone = zone_of(member.region)
    today = day_in(zone)
    served = group_with_officer(member.group_id, today) if member.group_id else Served()
    return Surroundings(
        rule=rule_on(member.region, today),
        terms=all_terms(),
        today=today,
        registered_on=member.registered_on,
        zone=zone,
        place=name_of(member.region),
        group=served.name,
        group_officer=served.officer,
        helpers=_helpers(actor, member, today),
    )


def _helpers(actor: Actor, member: Member, today: date) -> list[HelpingHand]:
    """Who helps today, whoever was asked first first; persons by name, partners by theirs, in one query. An officer whose office
    has ended is nobody to wait for, though nobody has ended the help yet."""
    rows = (
        Helper.objects.visible_to(actor, Permission.MEMBERS_READ)
        .filter(Q(until_on__isnull=True) | Q(until_on__gt=today), member=member, from_on__lte=today)
        .annotate(officer=Subquery(name_in_office(today)), partner=Subquery(name_of_partner()))
        .order_by("from_on", "id")
    )
    named = rows.values_list("user_id", "officer", "partner", "purpose")
    hands = [
        HelpingHand((officer if user_id else partner) or "", purpose)
        for user_id, officer, partner, purpose in named
    ]
    return [hand for hand in hands if hand.name]
