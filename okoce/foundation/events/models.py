"""The trail. Events have no foreign keys, so that the trail never interferes with live rows, and are append-only by trigger."""

from django.db import models
from django.db.models.functions import Now

from okoce.foundation.shared.models import ScopedQuerySet


class EventQuerySet(ScopedQuerySet["Event"]):
    def about(self, subject_type: str, *subject_ids: int) -> "EventQuerySet":
        return self.filter(subject_type=subject_type, subject_id__in=subject_ids)


class Event(models.Model):
    """One fact: who did what to whom and when. `changes` is encrypted under the subject's own key."""

    kind = models.TextField()
    author = models.TextField()
    author_user_id = models.BigIntegerField(null=True)
    on_behalf_of = models.TextField(blank=True, default="")
    happened_at = models.DateTimeField(auto_now_add=True, db_default=Now())
    subject_type = models.TextField(blank=True, default="")
    subject_id = models.BigIntegerField(null=True)
    region = models.CharField(max_length=13, blank=True, default="", db_collation="C")
    payload = models.JSONField(default=dict)
    changes = models.BinaryField(null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="events_event_subject"),
        ]


class SubjectKey(models.Model):
    """The key of one person's history, wrapped under the installation's key. Deleting the row makes the history unreadable."""

    subject_type = models.TextField()
    subject_id = models.BigIntegerField()
    wrapped = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id"], name="events_subjectkey_subject"),
        ]


class GatheredFact(models.Model):
    """A fact that a reaction to many has yet to hear of. It comes with its event, and goes in the transaction that reacts."""

    reaction = models.TextField()
    event_id = models.BigIntegerField()
