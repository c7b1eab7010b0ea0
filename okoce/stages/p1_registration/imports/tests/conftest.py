from pathlib import Path

import pytest
from pytest_django import Settings

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.accounts.models import User
from tests.cast import SENEN


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """Files that are uploaded here lie where nobody else looks."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def user(db: None) -> User:
    """An officer of Senen who imports."""
    system = Actor.system("test")
    made = create_user(system, NewUser(name="Ani", email="ani@okoce.test", password="kata-sandi-panjang"))
    grant_role(system, made, "petugas_kecamatan", Anchors(region=SENEN))
    return made
