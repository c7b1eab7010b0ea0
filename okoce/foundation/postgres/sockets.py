"""The folder of the server's socket: short, outside the data, ours alone."""

import hashlib
import os
import socket
from pathlib import Path

from okoce.foundation.postgres.account import Account
from okoce.foundation.postgres.problem import socket_taken

PORT = "5432"
FILE = f".s.PGSQL.{PORT}"


def socket_folder_for(cluster: Path, uid: int) -> Path:
    """The same for every process, whatever its environment; a socket's path holds 103 bytes at most."""
    mark = hashlib.sha256(str(cluster.resolve()).encode()).hexdigest()[:12]
    if os.geteuid() == 0 and Path("/run").is_dir() and os.access("/run", os.W_OK):
        return Path("/run/okoce") / mark
    return Path(f"/tmp/okoce-{uid}-{mark}")  # noqa: S108 - made 0700, and its owner is checked


def prepare_socket_folder(cluster: Path, account: Account) -> Path:
    """Make it, and clear what a dead server left; somebody else's folder or socket is never touched."""
    folder = socket_folder_for(cluster, account.uid)
    try:
        if folder.parent.name == "okoce" and not folder.parent.exists():
            folder.parent.mkdir(exist_ok=True)
            folder.parent.chmod(0o755)  # whatever the umask
        folder.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0 and not folder.is_symlink() and folder.lstat().st_uid in {0, account.uid}:
            os.chown(folder, account.uid, account.gid)
    except OSError:
        raise socket_taken(folder) from None
    if folder.is_symlink() or not folder.is_dir() or folder.lstat().st_uid != account.uid:
        raise socket_taken(folder)
    _clear(folder)
    return folder


def is_there(folder: Path) -> bool:
    """Somebody listens on the socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(5)
        try:
            probe.connect(str(folder / FILE))
        except TimeoutError:
            return True
        except OSError:
            return False
    return True


def _clear(folder: Path) -> None:
    if is_there(folder):
        raise socket_taken(folder)
    for name in (FILE, f"{FILE}.lock"):
        (folder / name).unlink(missing_ok=True)
