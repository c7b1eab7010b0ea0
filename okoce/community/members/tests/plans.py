"""How the database would answer a question about members, where few people alone would be read whole."""

from django.db import connection


def without(*indexes: str) -> None:
    """Until the test is over."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX " + ", ".join(f"members_member_{name}" for name in indexes))


def plan_of(statement: str, *forbidden: str) -> str:
    with connection.cursor() as cursor:
        for way in forbidden:
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {statement}")
        return "\n".join(line for (line,) in cursor.fetchall())
