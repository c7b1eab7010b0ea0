"""A start believes that all is prepared only where the programme, its call and the database are the same as then."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from okoce.config.readiness import COLLECTED, is_ready, note_ready
from okoce.foundation.postgres.connection import Connection


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    made = tmp_path / "programme"
    (made / "okoce" / "web" / "tests").mkdir(parents=True)
    (made / "requirements.txt").write_text("django==5.2\n")
    (made / "okoce" / "web" / "views.py").write_text("pass\n")
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with collected static files."""
    made = tmp_path / "data"
    (made / "static").mkdir(parents=True)
    (made / "static" / COLLECTED).write_text("")
    return made


@pytest.fixture
def environ(transactional_db: None) -> dict[str, str]:
    place = connection.settings_dict
    names = ("HOST", "PORT", "USER", "PASSWORD", "NAME")
    return {"DATABASE_URL": Connection(*(str(place[name]) for name in names)).url(), "DEMO": "2018"}


@pytest.fixture
def ready(environ: dict[str, str], folder: Path, programme: Path) -> None:
    note_ready(environ, folder, programme)
    assert is_ready(environ, folder, programme)


@pytest.fixture
def another_migration(ready: None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('uji', '0001', now())")
        yield
        cursor.execute("DELETE FROM django_migrations WHERE app = 'uji'")


def test_nothing_is_ready_before_it_was_prepared(
    environ: dict[str, str], folder: Path, programme: Path
) -> None:
    assert not is_ready(environ, folder, programme)


@pytest.mark.usefixtures("ready")
def test_how_it_is_called_makes_a_difference(environ: dict[str, str], folder: Path, programme: Path) -> None:
    assert is_ready(environ | {"PORT": "8001"}, folder, programme)
    assert not is_ready(environ | {"DEMO": "none"}, folder, programme)


@pytest.mark.usefixtures("ready")
def test_static_files_that_were_taken_away_are_collected_again(
    environ: dict[str, str], folder: Path, programme: Path
) -> None:
    (folder / "static" / COLLECTED).unlink()
    assert not is_ready(environ, folder, programme)


@pytest.mark.usefixtures("ready")
@pytest.mark.parametrize("changed", ["okoce/web/views.py", "requirements.txt", "okoce/web/new.html"])
def test_another_programme_prepares_again(
    environ: dict[str, str], folder: Path, programme: Path, changed: str
) -> None:
    (programme / changed).write_text("changed\n")
    assert not is_ready(environ, folder, programme)


@pytest.mark.usefixtures("ready")
def test_what_is_no_part_of_the_programme_makes_no_difference(
    environ: dict[str, str], folder: Path, programme: Path
) -> None:
    (programme / "okoce" / "web" / "tests" / "test_views.py").write_text("pass\n")
    (programme / "okoce" / "__pycache__").mkdir()
    (programme / "okoce" / "__pycache__" / "views.pyc").write_text("")
    os.utime(programme / "okoce")
    assert is_ready(environ, folder, programme)


@pytest.mark.usefixtures("another_migration")
def test_another_database_is_prepared_again(environ: dict[str, str], folder: Path, programme: Path) -> None:
    assert not is_ready(environ, folder, programme)
