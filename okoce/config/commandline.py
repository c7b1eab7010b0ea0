"""The `okoce` command: the programme's own commands by two words, every Django command by its name.

Heavy modules are imported where they are used, so that a refusal comes at once.
"""

import os
import sys
from typing import NoReturn

from okoce.config.environment import SettingMissing
from okoce.config.keyring import new_secrets
from okoce.config.stopping import Stopped, stopped_by_signals
from okoce.foundation.postgres.problem import PostgresProblem
from okoce.foundation.shared.errors import DomainError

SENTENCES = (SettingMissing, PostgresProblem, DomainError)
READ_ONLY_THE_CODE = {"describe", "help", "makemigrations", "messages", "version", "--version"}
HELP = {"help", "--help", "-h"}


def main() -> NoReturn:
    """Run one command; what an operator can put right is one sentence on standard error and exit code 2."""
    sys.exit(run(sys.argv[1:]))


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
        sys.stdout.writelines(f"{name}={value}\n" for name, value in new_secrets().items())
        return 0
    if first == "run":
        return _serve(arguments[1:])

    from okoce.config.preparation import prepared, without_database

    if first in READ_ONLY_THE_CODE or HELP & set(arguments):
        without_database(os.environ)
        return _django(arguments or ["help"])
    with prepared(os.environ):
        return _django(arguments)


def _serve(arguments: list[str]) -> int:
    """Until a signal, from the very beginning: the heavy imports come after the handlers."""
    with stopped_by_signals():
        try:
            from okoce.config.serve import serve

            return serve(arguments)
        except Stopped:
            return 0


def _django(arguments: list[str]) -> int:
    import django
    from django.core.management import ManagementUtility
    from django.db import OperationalError, ProgrammingError

    django.setup()
    try:
        if arguments[0] in HELP and len(arguments) == 1:
            sys.stdout.write(_overview())
            return 0
        if not _run_own(arguments):
            ManagementUtility(["okoce", *arguments]).execute()
    except (OperationalError, ProgrammingError) as error:
        if arguments[0] == "migrate" or not _is_unprepared(error):
            raise
        sys.stderr.write("Basis data ini belum disiapkan; jalankan `okoce migrate` atau `make run` dahulu.\n")
        return 2
    return 0


def _run_own(arguments: list[str]) -> bool:
    """`okoce user create …` is the command user_create; False where two words name no command."""
    from django.core.management import get_commands, load_command_class

    joined = "_".join(arguments[:2])
    app = get_commands().get(joined)
    if len(arguments) < 2 or app is None:
        return _refuse_half(arguments)
    command = load_command_class(str(app), joined)
    command.run_from_argv(["okoce", " ".join(arguments[:2]), *arguments[2:]])
    return True


def _refuse_half(arguments: list[str]) -> bool:
    """`okoce user` or `okoce import fish`: say what there is."""
    from django.core.management import get_commands

    known = get_commands()
    if arguments[0] in known:
        return False
    seconds = [name.split("_", 1)[1] for name in own_commands() if name.startswith(f"{arguments[0]}_")]
    if seconds:
        raise SettingMissing(f"`okoce {arguments[0]}` perlu kata kedua: {', '.join(seconds)}.")
    raise SettingMissing(
        f"Perintah `okoce {arguments[0]}` tidak dikenal; daftar perintah ada di `okoce help`."
    )


def own_commands() -> list[str]:
    """Names of the commands of this project, in the order of the alphabet."""
    from django.core.management import get_commands

    return sorted(name for name, app in get_commands().items() if str(app).startswith("okoce."))


def _overview() -> str:
    from django.core.management import get_commands, load_command_class

    lines = ["okoce PERINTAH …", "", f"  {'run':<18} menjalankan semuanya: basis data, situs, pekerja",
             f"  {'secrets':<18} mencetak rahasia baru untuk pemasangan dengan DATABASE_URL"]  # fmt: skip
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
