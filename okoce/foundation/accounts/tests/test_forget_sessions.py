"""A session that has ended goes with what was told on a form and never sent; one that lasts stays."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from okoce.foundation.accounts.jobs import forget_sign_in_attempts
from okoce.foundation.accounts.sessions import SessionStore
from okoce.foundation.personal.retention import all_rules

pytestmark = pytest.mark.django_db


def begun(name: str) -> str:
    """Somebody who began a form and left."""
    session = SessionStore()
    session["group_application"] = {"phone": "+6281234567890", "told": {"founder_name": name}}
    session.save()
    return str(session.session_key)


def test_the_job_deletes_what_the_dry_run_counts_and_nothing_else() -> None:
    ended, lasting = begun("Siti Aminah"), begun("Rina Hartati")
    Session.objects.filter(pk=ended).update(expire_date=timezone.now() - timedelta(seconds=1))
    [rule] = [rule for rule in all_rules() if rule.code == "accounts.sessions"]
    assert (rule.over().count(), rule.kept_for()) == (1, timedelta(days=14))
    forget_sign_in_attempts()
    assert list(Session.objects.values_list("pk", flat=True)) == [lasting]
    assert rule.over().count() == 0
