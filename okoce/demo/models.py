from django.db import models


class SyntheticData(models.Model):
    """Synthetic people were put into this installation: a replayed history ("2018", "2020") or a generated movement. Pages
    say so."""

    kind = models.TextField(unique=True)
    finished_on = models.DateField()


class DemoMessage(models.Model):
    """A message that a demo shows instead of sending it."""

    phone = models.TextField()
    text = models.TextField()
    at = models.DateTimeField(db_index=True)

    objects: "models.Manager[DemoMessage]" = models.Manager()
