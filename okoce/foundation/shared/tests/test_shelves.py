import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from okoce.foundation.shared.shelves import Shelf


@pytest.fixture
def shelf(settings: Settings, tmp_path: Path) -> Shelf:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return Shelf("papers")


def test_a_file_is_kept_under_a_new_name_for_the_sites_account_alone(shelf: Shelf) -> None:
    name = shelf.new_name(".pdf")
    assert shelf.keep(name, [b"one", b"two"]) == hashlib.sha256(b"onetwo").hexdigest()
    path = shelf.path_of(name)
    assert (path.read_bytes(), path.suffix) == (b"onetwo", ".pdf")
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert shelf.new_name(".pdf") != name


def test_a_name_never_leads_out_of_the_folder(shelf: Shelf) -> None:
    assert shelf.path_of("../../etc/passwd").parent == shelf.folder()


def test_of_what_breaks_off_nothing_is_kept(shelf: Shelf) -> None:
    def broken() -> Iterator[bytes]:
        yield b"one"
        raise EOFError

    with pytest.raises(EOFError):
        shelf.keep("half.pdf", broken())
    assert list(shelf.folder().iterdir()) == []


def test_a_name_is_never_written_over(shelf: Shelf) -> None:
    shelf.keep("a.pdf", [b"first"])
    with pytest.raises(FileExistsError):
        shelf.keep("a.pdf", [b"second"])
    assert shelf.path_of("a.pdf").read_bytes() == b"first"


def test_forgetting_twice_is_once(shelf: Shelf) -> None:
    shelf.keep("a.pdf", [b"first"])
    shelf.forget("a.pdf")
    shelf.forget("a.pdf")
    shelf.forget("")
    assert list(shelf.folder().iterdir()) == []
