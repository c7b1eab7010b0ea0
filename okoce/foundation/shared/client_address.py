"""Who calls: the one place that reads a client's network address, also behind proxies of our own."""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Some proxies write the port too: 203.0.113.7:4711, [2001:db8::7]:4711.
_WITH_PORT = re.compile(r"(?:\[([^\]]+)\]|([0-9.]+))(?::[0-9]+)?\Z")


def client_address(request: HttpRequest) -> str:
    """The address of whoever asks; "" where the server was told none.

    `X-Forwarded-For` is a list to which each proxy adds who called it, so only what a trusted proxy has added is true. Read
    from the right: the first hop that is no proxy of ours is the client, whatever stands before it was claimed by it.
    The server hands over `X_Forwarded_For` under the same name, so README asks the proxy to drop names with underscores.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    hop = _read(peer)
    if hop is None:
        return peer
    trusted: Sequence[Network] = settings.OKOCE_PROXIES
    told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",") if trusted else []
    while told and _is_among(hop, trusted):
        before = _read(told.pop().strip())
        if before is None:  # the proxy could not name its caller
            break
        hop = before
    return str(hop)


def _read(text: str) -> Address | None:
    found = _WITH_PORT.match(text)
    try:
        address = ip_address((found[1] or found[2]) if found else text)
    except ValueError:
        return None
    # One caller, one spelling: a server that listens on both families shows IPv4 as ::ffff:203.0.113.7.
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _is_among(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)
