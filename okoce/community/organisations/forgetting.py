"""Forgetting that a number applied, once no limit looks back to it."""

from django.db import transaction

from okoce.community.organisations.limits import filed_over
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by

RETENTION = Actor.system("retention")


def forget_filed() -> int:
    """Delete what counts no more; answers how many."""
    with transaction.atomic(), opened_by(RETENTION):
        return filed_over().delete()[0]
