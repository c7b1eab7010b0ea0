"""Answers kept for a day, so that a lost answer can be asked for again without a second record."""

from django.db import models


class IdempotentAnswer(models.Model):
    """The answer to one caller's write under one key. The answer is encrypted: it may name a person."""

    caller = models.TextField()
    operation = models.TextField()
    key = models.TextField()
    request_hash = models.BinaryField()
    status = models.SmallIntegerField(null=True)
    answer = models.BinaryField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["caller", "operation", "key"], name="api_idempotentanswer_once"),
        ]
        indexes = [models.Index(fields=["created_at"], name="api_idempotentanswer_age")]
