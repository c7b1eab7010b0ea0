"""The whole database as text, to look for what must not stand there any more."""

from collections.abc import Iterator

from django.db import connection

_TABLES = """
SELECT quote_ident(table_name) FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name
"""


def rows_of_all_tables() -> Iterator[tuple[str, bytes]]:
    """Table and row, every column as COPY writes it; bytes come as hexadecimal digits."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                for row in copy:
                    yield table, bytes(row)


def tables_that_hold(*sought: str) -> set[str]:
    """The tables in which one of these texts stands, in whatever case, in the clear or as bytes."""
    plain = [text.casefold().encode() for text in sought]
    needles = [*plain, *(text.encode().hex().encode() for text in sought)]
    return {
        table
        for table, row in rows_of_all_tables()
        if any(needle in row.decode(errors="replace").casefold().encode() for needle in needles)
    }
