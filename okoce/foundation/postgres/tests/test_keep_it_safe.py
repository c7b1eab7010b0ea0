"""Passwords, files, durability: what a running server must be like."""

import os
import stat
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from okoce.foundation.postgres.binaries import Binaries
from okoce.foundation.postgres.configuration import GB, MB, PREWARM, settings_for
from okoce.foundation.postgres.server import Server
from okoce.foundation.postgres.tests.conftest import MakeServer, binaries
from okoce.foundation.postgres.tests.drills import keep_rows, pid_of, sentence_of, setting, wait_until


@pytest.mark.parametrize("password", ["", "wrong", "postgres"])
@pytest.mark.parametrize("user", ["okoce", "postgres"])
def test_nobody_enters_without_the_password(shared: Server, user: str, password: str) -> None:
    wrong = replace(shared.connection(), user=user, password=password)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(wrong.dsn())


def test_every_way_in_asks_for_scram(shared: Server) -> None:
    with psycopg.connect(shared.superuser_connection().dsn()) as link:
        ways = link.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
        kept = link.execute(
            "SELECT rolpassword FROM pg_authid WHERE rolname IN ('okoce', 'postgres')"
        ).fetchall()
    assert ways == [("scram-sha-256",)]
    assert len(kept) == 2
    assert all(row[0].startswith("SCRAM-SHA-256$") for row in kept)


def test_the_site_is_no_superuser(shared: Server) -> None:
    with psycopg.connect(shared.connection().dsn()) as link:
        row = link.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert row.fetchone() == (False, True, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            link.execute("COPY (SELECT 1) TO PROGRAM 'true'")


@pytest.mark.parametrize("name", ["fsync", "full_page_writes", "data_checksums", "synchronous_commit"])
def test_durability_is_on(shared: Server, name: str) -> None:
    assert setting(shared, name) == "on"


def test_durability_cannot_be_turned_off(folder: Path) -> None:
    with pytest.raises(ValueError, match="durability"):
        Server(folder, binaries(), {"fsync": "off"})


def test_it_listens_on_its_socket_only(shared: Server) -> None:
    assert setting(shared, "listen_addresses") == ""
    folder = shared.status().socket_folder
    assert folder is not None
    assert not folder.resolve().is_relative_to(shared.folder.resolve())
    assert len(str(folder / ".s.PGSQL.5432")) < 100
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.long
def test_a_data_folder_with_a_very_long_name_works(made: Path, folder: Path, make_server: MakeServer) -> None:
    server = make_server(folder / ("panjang" * 20) / ("sekali" * 20))
    server.start()
    assert setting(server, "port") == "5432"


def test_secrets_are_readable_by_their_owner_alone(shared: Server) -> None:
    assert stat.S_IMODE(shared.passwords.stat().st_mode) == 0o600
    assert shared.passwords.stat().st_uid == os.geteuid()
    assert stat.S_IMODE(shared.cluster.stat().st_mode) == 0o700
    assert stat.S_IMODE(shared.log.stat().st_mode) == 0o600


def test_the_password_stands_nowhere_else(shared: Server) -> None:
    secret = shared.connection().password
    assert len(secret) >= 32
    assert secret not in repr(shared.connection())
    assert secret not in shared.log.read_text()
    process = Path(f"/proc/{pid_of(shared)}")
    assert secret.encode() not in (process / "cmdline").read_bytes()
    assert secret.encode() not in (process / "environ").read_bytes()
    for path in shared.cluster.glob("*.conf"):
        assert secret not in path.read_text()


@pytest.mark.long
def test_two_servers_have_different_passwords(shared: Server, folder: Path, make_server: MakeServer) -> None:
    other = make_server(folder.with_name("other"))
    other.start()
    assert other.connection().password != shared.connection().password


def test_the_log_does_not_repeat_what_people_typed(shared: Server) -> None:
    with psycopg.connect(shared.connection().dsn(), autocommit=True) as link:
        link.execute("CREATE TABLE person (nik text PRIMARY KEY)")
        for _ in range(2):
            try:
                link.execute("INSERT INTO person VALUES (%s)", ["3171010101900001"])
            except psycopg.errors.UniqueViolation:
                continue
        with pytest.raises(psycopg.errors.DivisionByZero):
            link.execute("SELECT '3171010101900001', 1 / 0")
    assert "3171010101900001" not in shared.log.read_text()


def test_root_runs_it_as_an_account_of_its_own(shared: Server, as_root: None) -> None:
    owner = Path(f"/proc/{pid_of(shared)}").stat().st_uid
    assert owner == shared.cluster.stat().st_uid != 0


def test_a_backup_unpacked_by_root_is_handed_to_the_account(server: Server, as_root: None) -> None:
    for path in [server.cluster, *server.cluster.rglob("*")]:
        os.chown(path, 0, 0, follow_symlinks=False)
    server.start()
    assert server.cluster.stat().st_uid != 0
    assert (server.cluster / "PG_VERSION").stat().st_uid == server.cluster.stat().st_uid


def test_a_lost_password_file_is_told_and_can_be_made_anew(server: Server) -> None:
    server.passwords.unlink()
    sentence = sentence_of(server.start)
    assert str(server.passwords) in sentence
    assert "new-password" in sentence
    server.new_passwords()
    server.start()
    assert setting(server, "fsync") == "on"
    assert stat.S_IMODE(server.passwords.stat().st_mode) == 0o600


def test_another_servers_password_file_is_told(server: Server) -> None:
    server.passwords.write_text("*:*:*:okoce:aaaa\n*:*:*:postgres:bbbb\n")
    assert "sandi" in sentence_of(server.start)
    assert not server.status().is_running


@pytest.mark.parametrize(
    ("memory", "buffers", "work"),
    [
        (GB // 2, "64MB", "4MB"),
        (2 * GB, "256MB", "4MB"),
        (8 * GB, "1024MB", "16MB"),
        (256 * GB, "4096MB", "32MB"),
    ],
)
def test_memory_is_sized_to_the_machine(memory: int, buffers: str, work: str) -> None:
    settings = settings_for(memory, 100 * GB, Path("/run/okoce/x"))
    assert settings["shared_buffers"] == buffers
    assert settings["work_mem"] == work
    assert int(settings["shared_buffers"].removesuffix("MB")) * MB <= memory // 4
    assert settings["max_wal_size"] == "8GB"
    assert settings_for(memory, 45 * GB, Path("/x"))["max_wal_size"] == "4GB"
    assert settings_for(memory, 5 * GB, Path("/x"))["max_wal_size"] == "1GB"


def test_a_server_without_the_library_starts_without_it(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Binaries, "has_library", lambda *_asked: False)
    server.start()
    assert setting(server, "shared_preload_libraries") == ""


def test_what_was_at_hand_is_read_in_again_after_a_restart(running: Server) -> None:
    if setting(running, "shared_preload_libraries") != PREWARM:
        pytest.skip("this PostgreSQL came without the library")
    keep_rows(running, 100_000)
    running.stop()
    before = times_read_in(running)
    running.start()
    wait_until(lambda: times_read_in(running) > before)  # a start before this one has told of itself too
    at_hand, read = pages_for_all(running)
    assert at_hand > read  # a busy server may have written a page back before it noted what it held


def times_read_in(server: Server) -> int:
    return server.log.read_text(encoding="utf-8").count("autoprewarm successfully prewarmed")


def pages_for_all(server: Server) -> tuple[int, int]:
    """How many pages of a table stand in memory, and how many had to be read."""
    with psycopg.connect(server.connection().dsn()) as link:
        row = link.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT sum(id) FROM kept")
        told = row.fetchone()
    assert told is not None
    plan = told[0][0]["Plan"]
    return int(plan["Shared Hit Blocks"]), int(plan["Shared Read Blocks"])
