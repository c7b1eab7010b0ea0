"""The installation's secrets: from the environment, or made once in the data folder of an embedded start."""

import base64
import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from okoce.config import signing_keys
from okoce.config.environment import SettingMissing

FILE = "secrets.json"
# Without these nothing that was written can be read. An installation from before there were signing keys has only them.
FIRST_NAMES = ("OKOCE_SECRET_KEY", "OKOCE_ENCRYPTION_KEYS", "OKOCE_HASH_KEY")
NAMES = (*FIRST_NAMES, signing_keys.NAME)
KEY_BYTES = 32


def new_secrets() -> dict[str, str]:
    return {
        "OKOCE_SECRET_KEY": secrets.token_urlsafe(50),
        "OKOCE_ENCRYPTION_KEYS": f"1:{_new_key()}",
        "OKOCE_HASH_KEY": _new_key(),
        signing_keys.NAME: signing_keys.new_keys(),
    }


def given_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    """Those that the environment names."""
    return {name: environ[name].strip() for name in NAMES if environ.get(name, "").strip()}


def required_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    """All of them from the environment, for an installation with a database of its own; else a refusal.

    One that was set up before there were signing keys starts as it did, with a key derived from its hash key (ADR 0025).
    """
    given = given_secrets(environ)
    missing = [name for name in FIRST_NAMES if name not in given]
    if missing and signing_keys.NAME not in given:
        missing.append(signing_keys.NAME)
    if missing:
        raise SettingMissing(
            f"{_enumerated(missing)} belum diatur, padahal DATABASE_URL menunjuk basis data sendiri; "
            "buat sekali dengan `okoce secrets`, simpan di tempat yang aman di luar basis data, "
            "setel sebagai variabel lingkungan, lalu jalankan lagi."
        )
    return _with_signing_key(_checked(given, "lingkungan"))


def _with_signing_key(found: dict[str, str]) -> dict[str, str]:
    return {signing_keys.NAME: signing_keys.derived_keys(found["OKOCE_HASH_KEY"]), **found}


def kept_secrets(
    environ: Mapping[str, str], folder: Path, is_inhabited: Callable[[], bool]
) -> dict[str, str]:
    """Those of the data folder, made on the first start; what the environment names goes first.

    New ones would make the data of an old database unreadable, so a lost file is a refusal.
    """
    given = given_secrets(environ)
    if all(name in given for name in FIRST_NAMES):
        return _with_signing_key(_checked(given, "lingkungan"))
    path = folder / FILE
    found = _read(path)
    if found is None:
        if is_inhabited() and not path.exists():  # another start may have made both in this moment
            raise SettingMissing(
                f"{path} hilang, padahal basis data di folder itu sudah berisi data yang disandi dengannya; "
                f"kembalikan {FILE} dari cadangan, atau setel {_enumerated(list(NAMES))}."
            )
        _write_once(path, new_secrets())
        found = _read(path) or {}
    if signing_keys.NAME not in found:
        found = _with_kept_signing_key(folder)
    return _checked({**found, **given}, str(path))


def rotate_signing_key(folder: Path) -> int:
    """Keep a new key that signs; returns its number. The old ones verify what was printed with them."""
    if not (folder / FILE).exists():
        raise SettingMissing(f"{folder / FILE} belum ada; jalankan `make run` sekali, atau setel OKOCE_DATA.")
    with _alone(folder):
        found = _checked(_read(folder / FILE) or {}, str(folder / FILE))
        keys = found.get(signing_keys.NAME)
        if keys is None:
            keys = signing_keys.new_keys()  # of an older version, not started since
        require_room(keys)
        changed = signing_keys.rotated(keys)
        _replace(folder / FILE, {**found, signing_keys.NAME: changed})
    return signing_keys.newest(changed)


def require_room(keys: str) -> None:
    """Refuses a rotation for which no number is left."""
    if signing_keys.newest(keys) >= signing_keys.MOST:
        raise SettingMissing(
            f"{signing_keys.NAME} sudah sampai nomor {signing_keys.MOST}. Hapus kunci lama yang kartunya tidak beredar lagi."
        )


def _with_kept_signing_key(folder: Path) -> dict[str, str]:
    """Add the key that the file of an older version lacks; of two starts at once the first one's stays."""
    with _alone(folder):
        found = _read(folder / FILE) or {}
        if signing_keys.NAME not in found:
            found = {**found, signing_keys.NAME: signing_keys.new_keys()}
            _replace(folder / FILE, found)
    return found


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time changes the file."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write_once(path: Path, made: dict[str, str]) -> None:
    """Whole or not at all; of two starts at once the first one's stay."""
    draft = _drafted(path, made)
    try:
        if not path.exists():
            os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _replace(path: Path, changed: dict[str, str]) -> None:
    """Whole or not at all."""
    _drafted(path, changed).replace(path)


def _drafted(path: Path, made: dict[str, str]) -> Path:
    draft = path.with_name(f".{FILE}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(made, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        draft.unlink()
        raise
    return draft


def _read(path: Path) -> dict[str, str] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {name: str(found[name]) for name in NAMES if name in FIRST_NAMES or name in found}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingMissing(
            f"{path} tidak terbaca ({type(error).__name__}); kembalikan berkas itu dari cadangan."
        ) from None


def _checked(found: dict[str, str], place: str) -> dict[str, str]:
    for name, value in found.items():
        if not _is_usable(name, value):
            raise SettingMissing(
                f"{name} dari {place} tidak dapat dipakai; "
                "bentuk yang benar terlihat pada keluaran `okoce secrets`."
            )
    return found


def _is_usable(name: str, value: str) -> bool:
    if name == "OKOCE_SECRET_KEY":
        return len(value) >= KEY_BYTES
    if name == signing_keys.NAME:
        return signing_keys.are_usable(value)
    keys = [value] if name == "OKOCE_HASH_KEY" else [part.partition(":")[2] for part in value.split(",")]
    numbers = [] if name == "OKOCE_HASH_KEY" else [part.partition(":")[0] for part in value.split(",")]
    try:
        are_keys = all(len(base64.b64decode(key, validate=True)) == KEY_BYTES for key in keys)
    except ValueError:
        return False
    return are_keys and all(number.isdigit() and 0 < int(number) < 256 for number in numbers)


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _enumerated(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} dan {names[-1]}"
