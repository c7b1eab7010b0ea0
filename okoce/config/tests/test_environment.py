"""Settings are read from the environment; what cannot be read is told with its name and an example."""

import os
import subprocess
import sys
from ipaddress import ip_network

import pytest

from okoce.config.environment import Environment, SettingMissing


def test_trusted_proxies_are_addresses_or_networks_and_nobody_by_default() -> None:
    assert Environment({}).networks("OKOCE_PROXIES") == ()
    assert Environment({"OKOCE_PROXIES": " "}).networks("OKOCE_PROXIES") == ()
    told = Environment({"OKOCE_PROXIES": "10.0.0.2, 10.1.0.0/16,2001:db8::/32,"})
    assert told.networks("OKOCE_PROXIES") == (
        ip_network("10.0.0.2/32"),
        ip_network("10.1.0.0/16"),
        ip_network("2001:db8::/32"),
    )


@pytest.mark.parametrize("text", ["*", "proxy", "10.0.0.2/8", "10.0.0"])
def test_what_is_no_network_is_refused_by_name(text: str) -> None:
    with pytest.raises(SettingMissing, match=r"OKOCE_PROXIES.*bukan alamat IP"):
        Environment({"OKOCE_PROXIES": f"10.0.0.2,{text}"}).networks("OKOCE_PROXIES")


@pytest.mark.parametrize(("demo", "is_required"), [("none", True), ("", True), ("2018", False)])
def test_a_second_factor_is_required_outside_of_a_demo(demo: str, is_required: bool) -> None:
    """Asked of the settings themselves, in a process of their own: those of the tests differ."""
    told = {"DEMO": demo} if demo else {}
    asked = "from okoce.config import settings; print(settings.OKOCE_SECOND_FACTOR)"
    said = subprocess.run(
        [sys.executable, "-c", asked], env=without_demo() | told, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == str(is_required)


def without_demo() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "DEMO"}


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ({"OKOCE_SITE": "https://okoce.example/"}, "https://okoce.example"),
        ({"OKOCE_SITE": "http://10.0.0.7:8080"}, "http://10.0.0.7:8080"),
        ({}, "http://127.0.0.1:8000"),
        ({"PORT": "8123"}, "http://127.0.0.1:8123"),
    ],
)
def test_the_site_knows_where_people_find_it(told: dict[str, str], address: str) -> None:
    assert Environment(told).site("OKOCE_SITE", ["127.0.0.1"], https=False) == address


def test_behind_tls_the_first_host_is_where_people_find_it() -> None:
    assert Environment({}).site("OKOCE_SITE", ["okoce.example", "www.okoce.example"], https=True) == (
        "https://okoce.example"
    )


@pytest.mark.parametrize(
    "text", ["okoce.example", "ftp://okoce.example", "https://", "https://okoce.example/saya"]
)
def test_an_address_that_is_no_site_is_refused_by_name(text: str) -> None:
    with pytest.raises(SettingMissing, match=r"OKOCE_SITE.*bukan alamat situs"):
        Environment({"OKOCE_SITE": text}).site("OKOCE_SITE", [], https=True)
