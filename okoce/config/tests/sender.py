"""A worker in a process of its own that only sends messages, for tests that kill it: its members are the tests' crowd."""

import asyncio
import os
import sys


def main() -> None:
    """`python -c "…main()" <address of the provider>`"""
    os.environ["DJANGO_SETTINGS_MODULE"] = "okoce.config.settings_test"
    import django

    django.setup()
    from procrastinate.contrib.django import app

    from okoce.config.worker import work
    from okoce.foundation.notifications.adapters import use_adapters
    from okoce.foundation.notifications.recipients import use_members
    from okoce.foundation.notifications.tests import fakes
    from okoce.foundation.notifications.tests.people import Channels, Crowd, by_whatsapp

    use_members(Crowd())
    use_adapters(Channels(by_whatsapp(sys.argv[1], fakes.TOKEN, fakes.PHONE_ID)))
    raise SystemExit(0 if asyncio.run(work(app)) else 1)
