from django.db import models


class SyntheticData(models.Model):
    """Synthetic people were put into this installation: a replayed history ("2018", "2020") or a generated movement. Pages
    say so."""

    kind = models.TextField(unique=True)
    finished_on = models.DateField()
