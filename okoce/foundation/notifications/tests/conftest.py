"""Providers and people for the tests of messages."""

from collections.abc import Callable, Iterator

import pytest

from okoce.foundation.notifications.models import MessageTerm
from okoce.foundation.notifications.tests import fakes
from okoce.foundation.notifications.tests.fakes import CloudApiFake
from okoce.foundation.notifications.tests.people import Crowd, by_whatsapp, reached, term
from tests.kept import unkept


@pytest.fixture
def crowd() -> Crowd:
    return Crowd()


@pytest.fixture
def whatsapp(crowd: Crowd) -> Iterator[CloudApiFake]:
    """WhatsApp is configured, and answers on this machine."""
    with fakes.cloud_api() as fake, reached(crowd, by_whatsapp(fake.url, fakes.TOKEN, fakes.PHONE_ID)):
        yield fake


@pytest.fixture
def lasting_term(transactional_db: None) -> Iterator[Callable[[str, int], None]]:
    """Terms that other connections see; reference rows are not emptied behind a test, so they are taken away here."""
    yield term
    with unkept("notifications_messageterm"):
        MessageTerm.objects.filter(source="uji").delete()
