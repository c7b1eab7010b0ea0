"""The outbox, the words by version, what people chose, terms, and what was spent on a day."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from okoce.foundation.notifications.states import CHOSEN, Channel, Language, MessageState, TermCode, Urgency
from okoce.foundation.shared.models import ScopedQuerySet


class WordingQuerySet(ScopedQuerySet["Wording"]):
    def valid_on(self, code: str, language: str, day: date) -> "Wording | None":
        """The words of a kind on a day: the latest version that has begun."""
        begun = self.filter(code=code, language=language, from_on__lte=day)
        return begun.order_by("-from_on", "-version").first()


class Wording(models.Model):
    """The words of one kind of message in one language, from a day on. A version is never changed: another one follows it.

    `whatsapp_name` is the template under which WhatsApp has approved just these words; "" where it has not.
    """

    code = models.TextField()
    language = models.TextField(choices=Language.choices)
    version = models.PositiveIntegerField()
    from_on = models.DateField()
    subject = models.TextField()
    body = models.TextField()
    whatsapp_name = models.TextField(blank=True, default="")
    source = models.TextField()

    objects = WordingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "language", "version"], name="notifications_wording_once"
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="notifications_wording_language"
            ),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(body=""), name="notifications_wording_said"),
        ]


class MessageTerm(models.Model):
    """A price, an hour, a cap or a time to keep, from a day on."""

    code = models.TextField(choices=TermCode.choices)
    value = models.BigIntegerField()
    from_on = models.DateField()
    source = models.TextField()

    objects = ScopedQuerySet["MessageTerm"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="notifications_term_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="notifications_term_positive"),
            models.CheckConstraint(condition=Q(code__in=TermCode.values), name="notifications_term_code"),
        ]


class Preference(models.Model):
    """How a member or an officer wants to be written to. `channel` "" leaves it to the house; who has stopped reads here."""

    member_id = models.BigIntegerField(null=True, unique=True)
    user_id = models.BigIntegerField(null=True, unique=True)
    channel = models.TextField(blank=True, default="")
    language = models.TextField(choices=Language.choices, default=Language.INDONESIAN)
    is_stopped = models.BooleanField(default=False)

    objects = ScopedQuerySet["Preference"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(member_id__isnull=False, user_id__isnull=True)
                | Q(member_id__isnull=True, user_id__isnull=False),
                name="notifications_preference_of_one",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["", *CHOSEN]), name="notifications_preference_channel"
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="notifications_preference_language"
            ),
        ]


class MessageQuerySet(ScopedQuerySet["Message"]):
    def due(self, now: datetime) -> Self:
        return self.filter(state=MessageState.WAITING, due__lte=now)

    def locked(self, message_id: int) -> "Message":
        """The message as it stands now, held until the end of the deed."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=message_id)


class Message(models.Model):
    """One message to one member or officer for one occasion (`key`, unique: the same occasion is never told twice).

    Neither name nor address nor the filled words are kept: they are put together when it is sent or read. What fills the words
    is sealed. `reference` is how a provider knows it; `held_until`: until then the worker that took it is waited for.
    """

    key = models.TextField(unique=True)
    reference = models.TextField(unique=True)
    code = models.TextField()
    urgency = models.PositiveSmallIntegerField(choices=Urgency.choices, db_default=Urgency.AWAITED)
    member_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    language = models.TextField(choices=Language.choices)
    zone = models.TextField()
    variables_encrypted = models.BinaryField()
    wording = models.ForeignKey(Wording, models.PROTECT, null=True, related_name="+")
    channel = models.TextField(blank=True, default="", choices=Channel.choices)
    state = models.TextField(choices=MessageState.choices, default=MessageState.WAITING)
    provider_id = models.TextField(blank=True, default="")
    problem = models.TextField(blank=True, default="")  # why it did not go out, in the provider's code
    tries = models.PositiveSmallIntegerField(default=0)
    cost = models.BigIntegerField(default=0)  # rupiah
    spent_on = models.DateField(null=True)  # the day in whose sum the cost stands
    at = models.DateTimeField(db_default=Now())
    due = models.DateTimeField(db_default=Now())
    held_until = models.DateTimeField(null=True)
    sent_since = models.DateTimeField(null=True)
    delivered_since = models.DateTimeField(null=True)
    read_since = models.DateTimeField(null=True)
    ended_since = models.DateTimeField(null=True)  # failed or withdrawn
    opened_since = models.DateTimeField(null=True)  # on the recipient's own page
    hand_until = models.DateTimeField(null=True)  # until then a volunteer is asked to send it
    taken_by = models.BigIntegerField(null=True)  # the account that is about to send it by hand
    taken_since = models.DateTimeField(null=True)
    sent_by = models.BigIntegerField(null=True)  # the account that sent it by hand

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(member_id__isnull=False, user_id__isnull=True)
                | Q(member_id__isnull=True, user_id__isnull=False),
                name="notifications_message_to_one",
            ),
            models.CheckConstraint(
                condition=Q(state__in=MessageState.values), name="notifications_message_state"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=["", *Channel.values]), name="notifications_message_channel"
            ),
            models.CheckConstraint(
                condition=Q(state=MessageState.SENDING, held_until__isnull=False)
                | ~Q(state=MessageState.SENDING) & Q(held_until__isnull=True),
                name="notifications_message_held",
            ),
            models.CheckConstraint(condition=Q(cost__gte=0), name="notifications_message_cost"),
            models.CheckConstraint(
                condition=~Q(state=MessageState.BY_HAND) | Q(hand_until__isnull=False),
                name="notifications_message_hand_ends",
            ),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True, taken_since__isnull=True)
                | Q(taken_by__isnull=False, taken_since__isnull=False),
                name="notifications_message_taken",
            ),
        ]
        indexes = [
            models.Index(
                fields=["urgency", "due", "id"],
                name="notifications_message_turn",
                condition=Q(state="waiting"),
            ),
            models.Index(
                fields=["held_until"], name="notifications_message_held", condition=Q(state="sending")
            ),
            models.Index(fields=["id"], name="notifications_message_hand", condition=Q(state="by_hand")),
            models.Index(
                fields=["member_id", "-id"],
                name="notifications_message_member",
                condition=Q(member_id__isnull=False),
            ),
            models.Index(
                fields=["user_id", "-id"],
                name="notifications_message_user",
                condition=Q(user_id__isnull=False),
            ),
            models.Index(
                fields=["provider_id"], name="notifications_message_theirs", condition=~Q(provider_id="")
            ),
            models.Index(fields=["at"], name="notifications_message_age"),
            # of some states there are few among millions, and the deliveries of one are listed newest first
            models.Index(fields=["state", "-id"], name="notifications_message_became"),
        ]


class HandRuleQuerySet(ScopedQuerySet["HandRule"]):
    def standing(self) -> Self:
        """Without those that were taken back before they began."""
        return self.filter(taken_back_since__isnull=True)


class HandRule(models.Model):
    """For how many days a volunteer is asked to send one kind of message that no channel takes, from a day on; 0: never, it
    stands on its recipient's own page alone. One that has not begun can be taken back, and else nothing of it changes."""

    code = models.TextField()
    days = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    source = models.TextField()
    taken_back_since = models.DateTimeField(null=True)
    back_reason = models.TextField(blank=True, default="", db_default="")

    objects = HandRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "from_on"],
                condition=Q(taken_back_since__isnull=True),
                name="notifications_handrule_once",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_since__isnull=True, back_reason="")
                | Q(taken_back_since__isnull=False) & ~Q(back_reason=""),
                name="notifications_handrule_back_paired",
            ),
        ]


class DaySpend(models.Model):
    """What was spent on messages on a day (WIB), in rupiah; its row is held while messages are taken to be sent."""

    day = models.DateField(primary_key=True)
    amount = models.BigIntegerField(default=0)

    objects = ScopedQuerySet["DaySpend"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="notifications_spend_positive")
        ]
