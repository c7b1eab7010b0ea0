"""A member who has signed in, and messages to her."""

from okoce.dashboards.own.tests.conftest import phone_of
from okoce.foundation.notifications.tests.conftest import whatsapp

__all__ = ["phone_of", "whatsapp"]
