"""The `okoce` command: the programme's own commands by two words, every Django command by its name.

Heavy modules are imported where they are used, so that a refusal comes at once.
"""

import gc
import os
import sys
from pathlib import Path
from typing import NoReturn

from okoce.config.environment import SettingMissing
from okoce.config.keyring import new_secrets
from okoce.config.stopping import Stopped, stopped_by_signals
from okoce.foundation.postgres.problem import PostgresProblem
from okoce.foundation.shared.errors import DomainError

SENTENCES = (SettingMissing, PostgresProblem, DomainError)
READ_ONLY_THE_CODE = {"describe", "help", "makemigrations", "messages", "version", "--version"}
HELP = {"help", "--help", "-h"}
SECRETS_USAGE = """okoce secrets

Mencetak rahasia baru, satu variabel lingkungan per baris, untuk pemasangan dengan DATABASE_URL. Tidak menyimpan apa pun.
"""
PROJECT = Path(__file__).resolve().parents[2]


def main() -> NoReturn:
    """Run one command; what an operator can put right is one sentence on standard error and exit code 2."""
    try:
        sys.exit(run(sys.argv[1:]))
    finally:
        gc.freeze()  # else everything is looked through for garbage once more: most of a second after an import


def run(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okoce.config.settings")
    try:
        return _run(arguments)
    except SENTENCES as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def _run(arguments: list[str]) -> int:
    first = arguments[0] if arguments else "help"
    if first == "secrets":
        if HELP & set(arguments):
            sys.stdout.write(SECRETS_USAGE)
            return 0
        sys.stdout.writelines(f"{name}={value}\n" for name, value in new_secrets().items())
        return 0
    if first == "key":
        return _rotate_key(arguments[1:])
    if first == "run":
        return _serve(arguments[1:])

    from okoce.config.preparation import prepared, without_database

    words = _words_of_command(arguments or ["help"])
    if first in READ_ONLY_THE_CODE or HELP & set(arguments):
        without_database(os.environ)
        return _django(words)
    with prepared(os.environ):
        return _django(words)


def _rotate_key(arguments: list[str]) -> int:
    """Without a database: it may be running meanwhile, and keeps its key until it is started anew."""
    from okoce.config.key_rotation import USAGE, rotate

    if HELP & set(arguments):
        sys.stdout.write(USAGE)
        return 0
    if arguments != ["rotate"]:
        raise SettingMissing("`okoce key` perlu kata kedua: rotate.")
    rotated = rotate(os.environ)
    sys.stdout.write(rotated.line)
    sys.stderr.write(f"{rotated.told}\n")
    return 0


def _words_of_command(arguments: list[str]) -> list[str]:
    """`user create …` is the command user_create. Judged by file names: a slip must not start a database."""
    ours, theirs = set(own_commands()), _commands_of_django()
    joined = "_".join(arguments[:2])
    if len(arguments) > 1 and joined in ours:
        return [joined, *arguments[2:]]
    if arguments[0] in ours | theirs | HELP or arguments[0].startswith("-"):
        return arguments
    seconds = sorted(name.split("_", 1)[1] for name in ours if name.startswith(f"{arguments[0]}_"))
    if seconds:
        raise SettingMissing(f"`okoce {arguments[0]}` perlu kata kedua: {', '.join(seconds)}.")
    raise SettingMissing(
        f"Perintah `okoce {arguments[0]}` tidak dikenal; daftar perintah ada di `okoce help`."
    )


def own_commands() -> list[str]:
    """Names of the commands of this project, in the order of the alphabet."""
    return _commands_in(PROJECT / "okoce", "**")


def _commands_of_django() -> set[str]:
    import django

    folder = Path(django.__path__[0])
    return {"procrastinate", "version", *_commands_in(folder, "core"), *_commands_in(folder, "contrib/*")}


def _commands_in(folder: Path, inner: str) -> list[str]:
    files = folder.glob(f"{inner}/management/commands/*.py")
    return sorted(path.stem for path in files if not path.stem.startswith("_"))


def _serve(arguments: list[str]) -> int:
    """Until a signal, from the very beginning: the heavy imports come after the handlers."""
    with stopped_by_signals():
        try:
            from okoce.config.serve import serve

            return serve(arguments)
        except Stopped:
            return 0


def _django(arguments: list[str]) -> int:
    gc.disable()  # what is loaded stays: looking through it for garbage is a tenth of the start
    import django
    from django.db import OperationalError, ProgrammingError

    django.setup()
    try:
        if arguments[0] in HELP and len(arguments) == 1:
            sys.stdout.write(_overview())
            return 0
        _run_command(arguments)
    except (OperationalError, ProgrammingError) as error:
        if arguments[0] == "migrate" or not _is_unprepared(error):
            raise
        sys.stderr.write("Basis data ini belum disiapkan; jalankan `okoce migrate` atau `make run` dahulu.\n")
        return 2
    finally:
        gc.enable()
    return 0


def _run_command(words: list[str]) -> None:
    from django.core.management import ManagementUtility, get_commands, load_command_class

    if words[0] in own_commands():
        command = load_command_class(str(get_commands()[words[0]]), words[0])
        # a command answers no request: the checks would load every page and the API (measured: 0.3 s)
        command.requires_system_checks = ()
        _collect_garbage_again()
        command.run_from_argv(["okoce", words[0].replace("_", " ", 1), *words[1:]])
    else:
        _collect_garbage_again()
        ManagementUtility(["okoce", *words]).execute()


def _collect_garbage_again() -> None:
    gc.freeze()
    gc.enable()


def _overview() -> str:
    from django.core.management import get_commands, load_command_class

    lines = ["okoce PERINTAH …", "", f"  {'run':<18} menjalankan semuanya: basis data, situs, pekerja",
             f"  {'secrets':<18} mencetak rahasia baru untuk pemasangan dengan DATABASE_URL",
             f"  {'key rotate':<18} membuat kunci tanda tangan baru untuk kode kotak"]  # fmt: skip
    for name in own_commands():
        summary = load_command_class(str(get_commands()[name]), name).help
        lines.append(f"  {name.replace('_', ' ', 1):<18} {summary}")
    return "\n".join([*lines, "", "Setiap perintah Django juga berlaku: okoce shell, okoce dbshell, …", ""])


def _is_unprepared(error: Exception) -> bool:
    from psycopg import errors

    return isinstance(
        error.__cause__, errors.UndefinedTable | errors.UndefinedColumn | errors.UndefinedFunction
    )


if __name__ == "__main__":
    main()
