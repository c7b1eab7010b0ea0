"""The client's address: the peer's, unless a proxy of ours says on whose behalf it asks. Nobody else is believed."""

import re
from ipaddress import ip_network
from pathlib import Path

import pytest
from django.test import RequestFactory
from pytest_django import Settings

import okoce
from okoce.foundation.shared.client_address import client_address

PROXY, INNER, CLIENT, LIE = "10.0.0.2", "10.0.0.3", "203.0.113.7", "198.51.100.1"


def told(peer: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer))


@pytest.fixture
def proxies(settings: Settings) -> None:
    settings.OKOCE_PROXIES = (ip_network("10.0.0.0/24"), ip_network("2001:db8:1::/64"))


def test_no_proxy_is_trusted_unless_it_is_named(settings: Settings) -> None:
    assert settings.OKOCE_PROXIES == ()
    assert told(PROXY, CLIENT) == PROXY
    assert told("127.0.0.1", CLIENT) == "127.0.0.1"


@pytest.mark.usefixtures("proxies")
@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        (PROXY, CLIENT, CLIENT),
        (PROXY, f"{LIE}, {CLIENT}", CLIENT),
        (PROXY, f"{LIE},{PROXY},{CLIENT}", CLIENT),
        (PROXY, f"{LIE}, {CLIENT}, {INNER}", CLIENT),
        (PROXY, f"{CLIENT},{INNER} ,{PROXY}", CLIENT),
        (PROXY, INNER, INNER),
        (PROXY, None, PROXY),
        (PROXY, "", PROXY),
        (PROXY, f"{CLIENT}:4711", CLIENT),
        (PROXY, "[2001:db8::7]:4711", "2001:db8::7"),
        (PROXY, "2001:DB8:0::7", "2001:db8::7"),
        (f"::ffff:{PROXY}", f"::ffff:{CLIENT}", CLIENT),
        ("2001:db8:1::5", CLIENT, CLIENT),
    ],
)
def test_a_trusted_proxy_is_believed_as_far_as_our_own_hops_go(
    peer: str, forwarded: str | None, client: str
) -> None:
    assert told(peer, forwarded) == client


@pytest.mark.usefixtures("proxies")
@pytest.mark.parametrize("forwarded", [LIE, PROXY, f"{LIE}, {PROXY}", "", "x" * 5000, ","])
def test_a_stranger_can_claim_what_it_likes(forwarded: str) -> None:
    assert told(CLIENT, forwarded) == CLIENT


@pytest.mark.usefixtures("proxies")
@pytest.mark.parametrize(
    "unnamed", ["unknown", "_hidden", "", "203.0.113", "203.0.113.7.8", "<script>", "[::1"]
)
def test_a_caller_whom_the_proxy_could_not_name_counts_as_the_proxy(unnamed: str) -> None:
    assert told(PROXY, f"{LIE}, {unnamed}") == PROXY


@pytest.mark.parametrize("peer", ["", "unix:"])
def test_a_server_that_was_told_no_address_passes_on_what_it_has(peer: str) -> None:
    assert told(peer, CLIENT) == peer


def test_nothing_else_reads_a_clients_address() -> None:
    source = Path(okoce.__path__[0])
    readers = [
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if "tests" not in path.parts
        and re.search(r"REMOTE_ADDR|X.FORWARDED.FOR", path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert readers == ["foundation/shared/client_address.py"]
