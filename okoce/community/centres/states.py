from django.db import models
from django.utils.translation import gettext_lazy as _

from okoce.foundation.shared.state_machine import StateMachine


class CentreState(models.TextChoices):
    PLANNED = "planned", _("Direncanakan")
    OPEN = "open", _("Buka")
    PAUSED = "paused", _("Tutup sementara")
    CLOSED = "closed", _("Ditutup")


CENTRE = StateMachine(
    CentreState,
    {
        CentreState.PLANNED: {CentreState.OPEN, CentreState.CLOSED},
        CentreState.OPEN: {CentreState.PAUSED, CentreState.CLOSED},
        CentreState.PAUSED: {CentreState.OPEN, CentreState.CLOSED},
    },
)

# Whoever finds the door shut is told why.
REASONED = (CentreState.PAUSED, CentreState.CLOSED)
