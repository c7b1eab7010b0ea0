"""Typed reader of the process environment, whose errors say what to set."""

import os
from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit


class SettingMissing(Exception):
    """A required setting is absent or unreadable; the text says which and how to set it."""


class Environment:
    """Reads settings from a mapping (the process environment by default)."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = os.environ if values is None else values

    def text(self, name: str, default: str | None = None) -> str:
        value = self.values.get(name, default)
        if value is None or (value == "" and default is None):
            raise SettingMissing(f"{name} belum diatur. Isi variabel lingkungan {name}, lalu jalankan lagi.")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.values.get(name, "1" if default else "0").strip().lower()
        if value not in {"0", "1", "true", "false", "yes", "no", "on", "off", ""}:
            raise SettingMissing(f"{name}={value} tidak dikenal. Pakai 1 atau 0.")
        return value in {"1", "true", "yes", "on"}

    def number(self, name: str, default: int) -> int:
        value = self.values.get(name, "").strip()
        if not value:
            return default
        if not value.isdigit():
            raise SettingMissing(f"{name}={value} bukan bilangan bulat. Pakai angka, misalnya {default}.")
        return int(value)

    def names(self, name: str, default: str) -> list[str]:
        return [part.strip() for part in self.values.get(name, default).split(",") if part.strip()]

    def https(self, name: str) -> str:
        """An address that may be told secrets: https, or http on this machine; "" for none."""
        address = self.values.get(name, "").strip()
        parts = urlsplit(address)
        is_safe = parts.scheme == "https" or (
            parts.scheme == "http" and parts.hostname in {"127.0.0.1", "::1", "localhost"}
        )
        if address and not is_safe:
            raise SettingMissing(f"{name} harus diawali https://, karena kode dan kunci lewat di situ.")
        return address

    def site(self, name: str, hosts: Sequence[str], *, https: bool) -> str:
        """The site's own address without a slash at its end; without one the first named host, or this machine while trying out."""
        address = self.values.get(name, "").strip().rstrip("/")
        if address:
            parts = urlsplit(address)
            if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
                raise SettingMissing(
                    f"{name}={address} bukan alamat situs. Pakai misalnya https://okoce.example."
                )
            return address
        if https and hosts and not hosts[0].startswith((".", "*")):
            return f"https://{hosts[0]}"
        return f"http://127.0.0.1:{self.number('PORT', 8000)}"

    def folder(self, name: str) -> Path | None:
        value = self.values.get(name, "").strip()
        return Path(value) if value else None

    def networks(self, name: str) -> tuple[IPv4Network | IPv6Network, ...]:
        """Addresses or networks; none by default."""
        return tuple(_network(name, part) for part in self.names(name, ""))


def _network(name: str, text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text)
    except ValueError:
        raise SettingMissing(
            f"{name}: {text} bukan alamat IP atau jaringan. Pakai misalnya 10.0.0.2 atau 10.0.0.0/24, dipisah koma."
        ) from None
