"""From where somebody guesses or asks: addresses that are one person's count together."""

from ipaddress import IPv6Address, ip_address, ip_network

HOME_NETWORK = 64  # bits: whoever has an IPv6 address has all of its network


def network_of(address: str) -> str:
    """An address, or the whole home network of an IPv6 one; what is no address stays as it is."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    is_wide = isinstance(parsed, IPv6Address)
    return str(ip_network((parsed, HOME_NETWORK), strict=False)) if is_wide else str(parsed)
