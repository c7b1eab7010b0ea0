"""Providers of messages, for the drills of the worker."""

from okoce.foundation.notifications.tests.conftest import crowd, lasting_term, whatsapp

__all__ = ["crowd", "lasting_term", "whatsapp"]
