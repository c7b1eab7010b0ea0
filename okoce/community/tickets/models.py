"""A ticket, its lines, whom it accuses, and the terms of its clocks. Words, telephone and whom it is about are sealed."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

from okoce.community.groups.models import Group
from okoce.community.members.models import Member
from okoce.community.partners.models import Partner
from okoce.community.tickets.states import (
    RUNNING,
    EntryKind,
    TermCode,
    TicketEnd,
    TicketKind,
    TicketState,
    Voice,
)
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel


class TicketTerm(models.Model):
    """A time to answer, a term or a limit, from a day on: the secretariat may decide otherwise later."""

    code = models.TextField(choices=TermCode.choices)
    value = models.IntegerField()
    from_on = models.DateField()
    source = models.TextField()

    objects = ScopedQuerySet["TicketTerm"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="tickets_term_once"),
            models.CheckConstraint(condition=Q(value__gt=0), name="tickets_term_positive"),
            models.CheckConstraint(condition=Q(code__in=TermCode.values), name="tickets_term_code"),
        ]


class TicketQuerySet(ScopedQuerySet["Ticket"]):
    def running(self) -> Self:
        """The movement owes an answer."""
        return self.filter(state__in=RUNNING)

    def locked(self, ticket_id: int) -> "Ticket":
        """The ticket as it stands now, held until the end of the deed."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=ticket_id)


class Ticket(TimedModel):
    """What somebody told. Its sender reads it under a code of which only the keyed hash is kept.

    `region` is the kecamatan that it is about; `office` the place whose officers answer: the kecamatan or one above it, "" the
    secretariat. `due` is what the sender was promised, `step_until` when it goes one level up; both move by the time that is
    spent waiting for the sender (`waited`).
    """

    code_hash = models.BinaryField(unique=True)
    kind = models.TextField(choices=TicketKind.choices)
    state = models.TextField(choices=TicketState.choices, default=TicketState.NEW)
    region = models.CharField(max_length=8, db_collation="C")
    office = models.CharField(max_length=8, blank=True, db_collation="C")
    about_encrypted = models.BinaryField(null=True)
    phone_encrypted = models.BinaryField(null=True)
    phone_hash = models.BinaryField(null=True)
    sent_from = models.BinaryField(null=True)  # keyed hash of the network, for a day
    member = models.ForeignKey(Member, models.DO_NOTHING, null=True, related_name="tickets")
    sender_user_id = models.BigIntegerField(null=True)
    sent_since = models.DateTimeField()
    due = models.DateTimeField()
    step_until = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.BigIntegerField(null=True)
    asked_since = models.DateTimeField(null=True)
    waited = models.DurationField(default=timedelta())
    answered_since = models.DateTimeField(null=True)  # the first answer
    reopen_until = models.DateTimeField(null=True)
    closed_since = models.DateTimeField(null=True)
    ended = models.TextField(blank=True, default="", choices=TicketEnd.choices)

    objects = TicketQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TicketKind.values), name="tickets_ticket_kind"),
            models.CheckConstraint(condition=Q(state__in=TicketState.values), name="tickets_ticket_state"),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="tickets_ticket_taken_paired",
            ),
            models.CheckConstraint(
                condition=Q(state=TicketState.ASKED, asked_since__isnull=False)
                | ~Q(state=TicketState.ASKED) & Q(asked_since__isnull=True),
                name="tickets_ticket_asked",
            ),
            models.CheckConstraint(
                condition=Q(state=TicketState.CLOSED, closed_since__isnull=False, ended__in=TicketEnd.values)
                | ~Q(state=TicketState.CLOSED) & Q(closed_since__isnull=True, ended=""),
                name="tickets_ticket_closed",
            ),
            models.CheckConstraint(
                condition=Q(office="") | Q(region__startswith=F("office")), name="tickets_ticket_office"
            ),
        ]
        indexes = [
            models.Index(fields=["due", "id"], name="tickets_ticket_due", condition=Q(state__in=RUNNING)),
            models.Index(
                fields=["step_until"], name="tickets_ticket_step", condition=Q(step_until__isnull=False)
            ),
            models.Index(fields=["region", "state"], name="tickets_ticket_place"),
            models.Index(
                fields=["sent_from", "sent_since"],
                name="tickets_ticket_network",
                condition=Q(sent_from__isnull=False),
            ),
            models.Index(
                fields=["phone_hash", "sent_since"],
                name="tickets_ticket_phone",
                condition=Q(phone_hash__isnull=False),
            ),
            models.Index(fields=["closed_since"], name="tickets_ticket_age"),
            models.Index(fields=["answered_since"], name="tickets_ticket_answered"),
        ]

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING


class Entry(models.Model):
    """One line of a ticket, which its sender and the officers read alike; `office` is where the ticket stands after it."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    what = models.TextField(choices=EntryKind.choices)
    voice = models.TextField(choices=Voice.choices)
    user_id = models.BigIntegerField(null=True)  # the officer
    office = models.CharField(max_length=8, blank=True, db_collation="C")
    words_encrypted = models.BinaryField(null=True)

    objects = ScopedQuerySet["Entry"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(what__in=EntryKind.values), name="tickets_entry_what"),
            models.CheckConstraint(
                condition=Q(voice=Voice.OFFICE, user_id__isnull=False)
                | ~Q(voice=Voice.OFFICE) & Q(user_id__isnull=True),
                name="tickets_entry_voice",
            ),
        ]
        indexes = [models.Index(fields=["ticket", "id"], name="tickets_entry_of")]


class Photo(models.Model):
    """A photo or screenshot that the sender sent with a line: on the shelf of pictures under `name`, with nothing left of the file
    as it was sent."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="photos")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="photos")
    name = models.TextField(unique=True, db_collation="C")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    objects = ScopedQuerySet["Photo"].as_manager()


class Accused(models.Model):
    """Whom a ticket names, as far as it could be found when it came in: none of these handles it."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="accused")
    user_id = models.BigIntegerField(null=True)
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(Member, models.DO_NOTHING, null=True, related_name="+")

    objects = ScopedQuerySet["Accused"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "user_id", "group", "partner", "member"],
                name="tickets_accused_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(fields=["user_id"], name="tickets_accused_user")]
