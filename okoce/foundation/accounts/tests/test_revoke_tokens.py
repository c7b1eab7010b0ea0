"""`okoce token revoke`: a key that leaked opens nothing from that moment on."""

import pytest
from django.core.management import call_command

from okoce.foundation.accounts.actions import create_token
from okoce.foundation.accounts.models import ApiToken
from okoce.foundation.accounts.queries import actor_for_token
from okoce.foundation.accounts.tests.people import PHONE, SYSTEM, account
from okoce.foundation.shared.errors import NotFound

pytestmark = pytest.mark.django_db


def test_all_keys_of_an_account_are_revoked(capsys: pytest.CaptureFixture[str]) -> None:
    user = account()
    keys = [create_token(SYSTEM, user, name) for name in ("impor", "laporan")]
    assert all(actor_for_token(key) for key in keys)
    call_command("token_revoke", "--user", PHONE)
    assert "2 kunci dicabut." in capsys.readouterr().out
    assert not any(actor_for_token(key) for key in keys)


def test_one_key_is_revoked_by_its_name() -> None:
    user = account()
    lost, kept = (create_token(SYSTEM, user, name) for name in ("impor", "laporan"))
    call_command("token_revoke", "--user", PHONE, "--name", "impor")
    assert actor_for_token(lost) is None
    assert actor_for_token(kept) is not None


def test_a_name_that_no_key_has_is_said() -> None:
    key = create_token(SYSTEM, account(), "impor")
    with pytest.raises(NotFound, match="Tidak ada kunci"):
        call_command("token_revoke", "--user", PHONE, "--name", "inpor")
    assert actor_for_token(key) is not None
    assert ApiToken.objects.filter(revoked_at=None).count() == 1
